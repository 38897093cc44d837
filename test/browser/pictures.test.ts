import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addChecker, violations } from './accessibility.ts';
import { canvas, openWorkbench, shoot, tickOf, type Workbench } from './open-browser.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

describe('embed', () => {
  test('is the world and one line, plays, and pauses by the space bar', async () => {
    const { page, errors } = await workbench.open('?embed#scene=peacocks&seed=9', { viewport: { width: 390, height: 300 } });
    expect(await page.locator('body :is(header, nav, footer, aside, #instrument)').count()).toBe(0);
    await expect.poll(() => page.locator('main > div').textContent()).toMatch(/Peacocks\s+tick [\d,]+, [\d,]+ alive/);
    expect(await page.locator('main a').evaluate((link: HTMLAnchorElement) => link.href)).toBe(
      `${workbench.url}#scene=peacocks&seed=9`,
    );
    await page.keyboard.press(' ');
    await expect.poll(() => page.locator('main button').textContent()).toBe('Play');
    const paused = await tickOf(page);
    await page.waitForTimeout(300);
    expect(await tickOf(page)).toBe(paused);
    const cut = await page.locator('main > div').evaluate((line) => line.scrollWidth > line.clientWidth);
    expect(cut).toBe(false);
    await addChecker(page);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'embed');
    // A page inside another one leaves nothing in the notebook of who reads it.
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    expect(errors).toEqual([]);
  });

  test('waits at tick 0 where the system asks for less motion', async () => {
    const { page } = await workbench.open('?embed', { wait: false, reducedMotion: 'reduce' });
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
    await expect.poll(() => page.locator('main button').textContent()).toBe('Play');
    await canvas(page).waitFor();
    const tick = await tickOf(page);
    await page.waitForTimeout(300);
    expect(await tickOf(page)).toBe(tick);
    await page.locator('main button').click();
    await page.waitForFunction((from) => globalThis.upslope.figures().tick > from, tick);
  });
});
