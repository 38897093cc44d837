import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addChecker, violations } from './accessibility.ts';
import { canvas, openWorkbench, patient, shoot, tickOf, type Workbench } from './open-browser.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

/** Width and height of a PNG, pixels. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

/** What a press gives the person to save. */
async function saved(page: Page, press: () => Promise<unknown>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download', patient), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe('portraits', () => {
  test('are shown with the picked organism, and saved as a card', async () => {
    const { page, errors } = await workbench.open('#scene=arms-race');
    await page.keyboard.press(' ');
    await page.keyboard.press('Enter');
    const portrait = page.getByRole('img', { name: /^Portrait of organism \d+/ });
    await portrait.waitFor();
    expect(await portrait.locator('path').count()).toBeGreaterThan(3);
    const id = await page.evaluate(() => globalThis.upslope.nearest());
    const png = await saved(page, () => page.getByRole('button', { name: 'Portrait as PNG' }).click());
    expect(png.name).toBe(`arms-race-7-${id}.png`);
    expect(sizeOf(png.bytes)).toEqual([960, 1200]);
    const svg = await saved(page, () => page.getByRole('button', { name: 'Portrait as SVG' }).click());
    expect(svg.bytes.toString()).toContain(`Arms race, seed 7, tick`);
    expect([errors, workbench.violations]).toEqual([[], []]);
  });
});

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
