import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addChecker, expectAccessible } from './accessibility.ts';
import { canvas, keep, notice, openWorkbench, panel, patient, shoot, type Workbench } from './open-browser.ts';
import { linkTo, meadowOf, openSmall } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const density = (page: Page) => page.getByRole('button', { name: 'Density', exact: true });

const { populations, ...rest } = meadowOf(1024, 50_000);
const large = { ...rest, populations: { foragers: { ...populations.foragers, capacity: 100_000 } } };

describe('a world of 50,000', () => {
  test('is watchable: density where they crowd, single ones when one zooms in', async () => {
    const { page, errors } = await workbench.open(linkTo(large, 1), {
      allFrames: true,
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    expect((await page.evaluate(() => globalThis.upslope.figures().alive))[0]).toBeGreaterThan(40_000);
    await expect.poll(() => density(page).getAttribute('aria-pressed'), patient).toBe('true');
    await page.getByText(/full colour: \d+ in/).waitFor(patient);
    await addChecker(page);
    await expectAccessible(page, 'density');
    await canvas(page).focus();
    for (let k = 0; k < 9; k++) await page.keyboard.press('+');
    await expect.poll(() => density(page).getAttribute('aria-pressed'), patient).toBe('false');
    await shoot(page, 'light-density-zoomed');
    // By its key, whatever the page would do.
    await canvas(page).focus();
    await page.keyboard.press('d');
    await expect.poll(() => density(page).getAttribute('aria-pressed'), patient).toBe('true');
    await page.keyboard.press('Home');
    await page.keyboard.press('d');
    await expect.poll(() => density(page).getAttribute('aria-pressed'), patient).toBe('false');
    expect(errors).toEqual([]);
  });
});

describe('pictures of the world', () => {
  test('are saved as PNG and as video, by keys', async () => {
    const { page, errors } = await openSmall(workbench, 10, { allFrames: true, viewport: { width: 800, height: 600 } });
    await page.keyboard.press(' ');
    await page.keyboard.press('e');
    const saved = page.waitForEvent('download');
    await panel(page).getByRole('button', { name: 'Picture (PNG)' }).press('Enter');
    const picture = readFileSync(await (await saved).path());
    expect([...picture.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
    // More than one colour: the world is on it.
    expect(picture.length).toBeGreaterThan(5000);
    await expect.poll(() => notice(page), patient).toMatch(/^Saved as meadow-7-\d+\.png\.$/);
    await panel(page).getByRole('button', { name: 'Record a video' }).press('Enter');
    await page.waitForTimeout(2500);
    const filmed = page.waitForEvent('download');
    await panel(page)
      .getByRole('button', { name: /^Stop and save the video/ })
      .press('Enter');
    const video = readFileSync(await (await filmed).path());
    // The mark of Matroska, which WebM is.
    expect([...video.subarray(0, 4)]).toEqual([0x1a, 0x45, 0xdf, 0xa3]);
    expect(video.length).toBeGreaterThan(10_000);
    expect(errors).toEqual([]);
  });
});

describe('twenty-four other worlds', () => {
  test('leave no worker, no listener and no memory behind', async () => {
    const { page, errors } = await workbench.open('', { viewport: { width: 1024, height: 640 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const measure = async () => {
      // What was taken off the page goes only when the browser comes to it, one part after the other.
      for (let pass = 0; pass < 6; pass++) {
        await session.send('HeapProfiler.collectGarbage');
        await page.waitForTimeout(300);
      }
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      return {
        workers: page.workers().length,
        listeners: of('JSEventListeners'),
        nodes: of('Nodes'),
        heap: of('JSHeapUsedSize'),
      };
    };
    const change = async (times: number) => {
      for (let k = 0; k < times; k++) {
        const scene = ['annealing', 'hawk-dove', 'juice', 'one-mutant-at-a-time'][k % 4];
        await page.selectOption('#scene', scene);
        await page.waitForFunction(
          (wanted) =>
            document.querySelector<HTMLSelectElement>('#scene')?.value === wanted && globalThis.upslope.figures().tick > 0,
          scene,
        );
      }
    };
    // What is made once for every kind of world is there after the first of each.
    await change(8);
    const before = await measure();
    await change(24);
    const after = await measure();
    keep('other-worlds.json', { before, after });
    expect(after.workers).toBe(before.workers);
    // One listener or 60 kB that every world left behind would be more.
    expect(after.listeners).toBeLessThanOrEqual(before.listeners + 20);
    expect(after.nodes).toBeLessThanOrEqual(1.2 * before.nodes + 120);
    expect(after.heap).toBeLessThanOrEqual(before.heap + 1_400_000);
    expect(errors).toEqual([]);
  });
});
