import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { keep, openWorkbench, type Workbench } from '../browser/open-browser.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

/** Meadow with longer sides, and as many more founders: with sides twice as long some 10,000 live while it is measured. */
function largeMeadow(factor = 2): string {
  const scene = JSON.parse(readFileSync(join(import.meta.dirname, '../../scenes/meadow.json'), 'utf8'));
  scene.habitat.width *= factor;
  scene.habitat.height *= factor;
  scene.populations.foragers.founders = Math.min(200_000, 3250 * factor * factor);
  scene.populations.foragers.capacity = 250_000;
  return `#run=${packLink(encodeShare({ scene, seed: '7', changes: [], tick: 0 }))}`;
}

/** Works of the page's own thread over six seconds, and what the whole machine made of it. */
const measure = (page: Page) =>
  page.evaluate(async () => {
    const tasks: number[] = [];
    const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))));
    watch.observe({ type: 'longtask' });
    const before = globalThis.upslope.frameWork().frames;
    const from = globalThis.upslope.figures().tick;
    let turns = 0;
    let counting = true;
    const turn = () => {
      turns += 1;
      if (counting) requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 6000));
    counting = false;
    const seconds = (performance.now() - start) / 1000;
    watch.disconnect();
    const work = globalThis.upslope.frameWork();
    const { tick, alive } = globalThis.upslope.figures();
    return {
      organisms: alive[0],
      ticksPerSecond: Math.round((tick - from) / seconds),
      framesPerSecond: Math.round((work.frames - before) / seconds),
      animationFramesPerSecond: Math.round(turns / seconds),
      frameWorkMilliseconds: work,
      longTasksMilliseconds: tasks,
    };
  });

const looks = [
  ['plain', 'frame-budget'],
  ['with the species tree open, a clade lit and an organism picked', 'frame-budget-species'],
] as const;

test.each(looks)(
  'the page’s own thread works under 8 ms a frame and not 100 ms at once at 10,000 organisms while the worker runs flat out, %s',
  async (_, name) => {
    const { page, errors } = await workbench.open(largeMeadow(), { allFrames: true });
    if (name === 'frame-budget-species') {
      await page.selectOption('#palette', 'species');
      await page.getByRole('img', { name: /^The world/ }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('t');
      await page.getByRole('treeitem').first().click();
      await page.getByRole('img', { name: /^The world/ }).focus();
    }
    await page.keyboard.press('0');
    await page.waitForTimeout(1500);
    const measured = await measure(page);
    keep(`${name}.json`, { renderer: 'software (SwiftShader)', ...measured });
    console.warn(`frame budget: ${JSON.stringify(measured)}`);
    expect(measured.organisms).toBeGreaterThan(8000);
    // Both are work of the page's own thread, far below their bounds (about 1 ms, and no task over 85 ms, on two cores with
    // ten busy threads). Ticks and frames a second are kept, not held to a bound: they are wall time of the whole machine.
    expect(measured.frameWorkMilliseconds.median).toBeLessThan(8);
    // One is let pass: a busy machine may take the thread away for as long. What is the page's own fault comes again.
    expect(measured.longTasksMilliseconds.filter((milliseconds) => milliseconds > 100).length).toBeLessThanOrEqual(1);
    expect(errors).toEqual([]);
  },
);

const crowds = [
  { least: 90_000, factor: 6, drawn: 'single organisms' },
  { least: 180_000, factor: 8, drawn: 'density' },
] as const;

test.each(crowds)(
  'the page’s own thread works under 12 ms a frame where more than $least live, as $drawn',
  async ({ least, factor, drawn }) => {
    const { page, errors } = await workbench.open(largeMeadow(factor), { allFrames: true });
    const density = page.getByRole('button', { name: 'Density', exact: true });
    await expect.poll(() => density.getAttribute('aria-pressed')).toBe('true');
    if (drawn === 'single organisms') {
      // From near enough they no longer crowd.
      await page.getByRole('img', { name: /^The world/ }).focus();
      for (let i = 0; i < 14; i++) await page.keyboard.press('+');
      await expect.poll(() => density.getAttribute('aria-pressed')).toBe('false');
    }
    await page.keyboard.press('0');
    await page.waitForTimeout(1500);
    const measured = await measure(page);
    const name = `crowd-${least}-${drawn.replace(' ', '-')}`;
    keep(`${name}.json`, { renderer: 'software (SwiftShader)', ...measured });
    console.warn(`${name}: ${JSON.stringify(measured)}`);
    expect(measured.organisms).toBeGreaterThan(least);
    expect(measured.frameWorkMilliseconds.median).toBeLessThan(12);
    expect(errors).toEqual([]);
  },
);
