import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expandPlan } from '../../src/experiment/expand-plan.ts';
import { meanInterval } from '../../src/experiment/mean-interval.ts';
import { performRun, runTask } from '../../src/experiment/perform-run.ts';
import { readPlanText } from '../../src/experiment/plan.ts';
import { addChecker, expectAccessible, violations } from './accessibility.ts';
import { notice, openWorkbench, panel, patient, shoot, tickOf, type Workbench, workersOf } from './open-browser.ts';
import { meadowOf, openAt } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

/** A quarter of the meadow: its runs take long enough to be watched. */
const quarter = meadowOf(384, 750);
const transfer = 'populations.foragers.mechanisms.transfer.on';
const rate = 'populations.foragers.mechanisms.mutation.rate';

const start = (page: Page) => page.getByRole('button', { name: /^Start/ });
const stop = (page: Page) => page.getByRole('button', { name: 'Stop', exact: true });
const told = async (page: Page) => (await panel(page).locator('[role="status"]').textContent()) ?? '';
/** Curves that are drawn, as the letters of their paths. */
const curves = (page: Page) =>
  page.locator('#instrument svg path.mean').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')?.length ?? 0));

/** Puts a text into a field by keys alone. */
async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function save(page: Page, button: string): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));

describe('many runs', () => {
  test('are begun by keys, drawn while they are made, and the runs of the command line to the bit, accessible in light and dark', async () => {
    const { page, errors } = await openAt(workbench, quarter, 10, {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await page.keyboard.press(' ');
    await addChecker(page);
    await page.keyboard.press('r');
    await page.getByLabel('Runs differ in').focus();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type('Horizontal');
    await expect.poll(() => page.getByLabel('Runs differ in').inputValue(), patient).toBe(transfer);
    await type(page, 'Seeds', '5');
    await type(page, 'Ticks', '200');
    await expect.poll(() => page.getByLabel('Sampled every').inputValue()).toBe('5');
    await expect.poll(() => start(page).textContent(), patient).toBe('Start 10 runs');
    await page.getByLabel('Ticks', { exact: true }).focus();
    await page.keyboard.press('Enter');
    await stop(page).waitFor();
    await expect.poll(() => workersOf(page).length, patient).toBeGreaterThan(1);
    // Bands while runs are in flight: of both kinds, and of their difference.
    await expect.poll(() => curves(page).then((drawn) => drawn.every((length) => length > 0) && drawn.length), patient).toBe(3);
    const before = await tickOf(page);
    await expectAccessible(page, 'runs-live');
    await start(page).waitFor();
    expect(await told(page)).toMatch(/^10 of 10 runs done, in /);
    // The world that is watched went on beside it, and no thread is left but its own.
    expect(await tickOf(page)).toBeGreaterThan(before);
    await expect.poll(() => workersOf(page).length, patient).toBe(1);
    expect(await curves(page)).toHaveLength(3);
    expect(
      await panel(page)
        .getByRole('img', { name: /^Legend/ })
        .getAttribute('aria-label'),
    ).toMatch(/transfer on and off\. At tick 200: on, 0.\S+ \(.*\), 5 runs; off, 0.\S+ \(.*\), 5 runs$/i);
    await panel(page).getByRole('slider').first().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => panel(page).getByRole('slider').first().getAttribute('aria-valuenow')).toBe('5');
    await page.keyboard.press('End');
    await page.getByText('Each run').click();
    await expectAccessible(page, 'runs');

    const plan = await save(page, 'Plan');
    expect(plan.name).toBe('meadow-plan.json');
    const sweep = expandPlan(
      readPlanText(plan.text, plan.name),
      () => {
        throw new Error('the plan has its scene with it');
      },
      plan.name,
    );
    expect(sweep.paths).toEqual([transfer]);
    expect(sweep.runs).toHaveLength(10);
    const results = sweep.runs.map((run) => performRun(runTask(sweep, run)));
    const { measures, ticks } = results[0].probes;
    const m = measures.findIndex(({ name }) => name === 'foragers.intake');
    const sampled = (run: number, k: number) => results[run].probes.values[k * measures.length + m];

    const [head, ...values] = rowsOf((await save(page, 'Runs as CSV')).text);
    expect(head).toEqual(['run', 'seed', transfer, 'tick', 'probe', 'measure', 'unit', 'value', 'hash']);
    expect(values).toEqual(
      sweep.runs.flatMap(({ id, seed, cell }, run) =>
        Array.from(ticks, (tick, k) => {
          const value = sampled(run, k);
          return [
            id,
            seed,
            String(cell.values[0]),
            String(tick),
            'census',
            'foragers.intake',
            'energy/organism-tick',
            Number.isNaN(value) ? '' : String(value),
            results[run].summary.hash,
          ];
        }),
      ),
    );
    const [, ...means] = rowsOf((await save(page, 'Plot as CSV')).text);
    expect(means.map((row) => row.slice(5).map(Number))).toEqual(
      sweep.cells.flatMap(({ index }) =>
        Array.from(ticks, (_, k) => {
          const { count, mean, low, high, deviation } = meanInterval([0, 1, 2, 3, 4].map((seed) => sampled(5 * index + seed, k)));
          return [count, mean, low, high, deviation].map((value) => value || 0);
        }),
      ),
    );
    const picture = (await save(page, 'Plot as SVG')).text;
    expect(picture).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(picture).not.toContain('var(--');
    expect(picture).toContain('energy/organism-tick');
    expect(picture).toContain('>off<');
    expect(errors).toEqual([]);
  });

  test('take the world as it is set now; what is wrong is told at its field, and nothing begins', async () => {
    const { page, errors } = await openAt(workbench, quarter, 10, { viewport: { width: 1280, height: 800 } });
    await addChecker(page);
    await page.getByRole('switch', { name: 'Mutation' }).click();
    await expect.poll(() => page.evaluate(() => globalThis.upslope.log().changes.length), patient).toBe(1);
    await page.getByRole('img', { name: /^The world/ }).focus();
    await page.keyboard.press('r');
    const refused = async (label: RegExp, text: RegExp) => {
      await start(page).click();
      const alert = panel(page).getByRole('alert');
      await expect.poll(() => alert.allTextContents().then((all) => all.join()), patient).toMatch(text);
      await expect.poll(() => alert.count()).toBe(1);
      const field = panel(page).getByRole('textbox', { name: label });
      await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => field.evaluate((one) => one === document.activeElement), patient).toBe(true);
      await expect.poll(() => workersOf(page).length, patient).toBe(1);
      await expect.poll(() => panel(page).locator('svg path.mean').count()).toBe(0);
    };
    await page.selectOption('#runs-path', rate);
    await page.fill('#runs-values', '0.1, much');
    await refused(/^Values/, /^values: 'much' is not allowed; give numbers/);
    await page.fill('#runs-values', '0.1, 7');
    await refused(/^Values/, /^vary: .*mutation\.rate: 7 is too large/);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'runs-refused');
    await page.fill('#runs-values', '0.1, 0.2');
    await page.fill('#runs-seeds', 'many');
    await refused(/^Seeds$/, /^seeds: 'many' is not allowed/);
    await page.fill('#runs-seeds', '3');
    await page.fill('#runs-ticks', '0');
    await refused(/^Ticks$/, /^ticks: 0 is too small/);
    await page.fill('#runs-ticks', '100');
    const plan = JSON.parse((await save(page, 'Save plan')).text);
    expect(plan).toMatchObject({ version: 1, name: 'meadow', vary: { [rate]: [0.1, 0.2] }, seeds: ['1', '2', '3'], ticks: 100 });
    expect(plan.scene.populations.foragers.mechanisms.mutation.on).toBe(false);
    await expect.poll(() => panel(page).getByRole('alert').count()).toBe(0);
    await expect.poll(() => workersOf(page).length, patient).toBe(1);
    expect(errors).toEqual([]);
  });

  test('go on while their instrument is closed, say when they are done, and stop at once when asked to', async () => {
    const { page, errors } = await openAt(workbench, quarter, 10, { viewport: { width: 1280, height: 800 } });
    await page.keyboard.press('r');
    await page.fill('#runs-seeds', '3');
    // Long enough that they are still on their way when the instrument is closed.
    await page.fill('#runs-ticks', '1000');
    await start(page).click();
    await stop(page).waitFor();
    await page.getByRole('img', { name: /^The world/ }).focus();
    await page.keyboard.press('r');
    await expect.poll(() => panel(page).count()).toBe(0);
    await expect.poll(() => notice(page), patient).toContain('The comparison is complete: 3 of 3 runs done.');
    await expect.poll(() => workersOf(page).length, patient).toBe(1);
    await page.getByRole('button', { name: 'Show it' }).click();
    await expect.poll(() => curves(page), patient).toHaveLength(1);
    await page.selectOption('#runs-measure', 'census foragers.population');
    await expect
      .poll(() => panel(page).getByRole('slider').first().getAttribute('aria-label'), patient)
      .toMatch(/^Living, mean over runs/);
    // A long one, stopped on its way: what has come stays.
    await page.fill('#runs-ticks', '100000');
    await page.fill('#runs-every', '500');
    await start(page).click();
    await expect.poll(() => workersOf(page).length, patient).toBeGreaterThan(1);
    // The curve of the comparison before is gone when this button is there.
    await stop(page).waitFor();
    await expect.poll(() => curves(page).then(([first]) => first > 0), patient).toBe(true);
    await stop(page).click();
    await start(page).waitFor();
    expect(await told(page)).toBe('Stopped: 0 of 3 runs done.');
    // A browser gives a worker in the midst of its work some two seconds before it ends it.
    await expect.poll(() => workersOf(page).length, patient).toBe(1);
    expect((await curves(page))[0]).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });
});
