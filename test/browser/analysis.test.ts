import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { addChecker, expectAccessible, violations } from './accessibility.ts';
import { openWorkbench, panel, patient, shoot, type Workbench } from './open-browser.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

/** A small meadow that is counted every hundred ticks, at a tick. */
async function openAt(tick: number, colorScheme: 'light' | 'dark') {
  const scene = JSON.parse(readFileSync(join(import.meta.dirname, '../../scenes/meadow.json'), 'utf8'));
  Object.assign(scene.habitat, { width: 192, height: 192 });
  scene.populations.foragers.founders = 220;
  scene.record = { census: { every: 100 } };
  const address = `#run=${packLink(encodeShare({ scene, seed: '7', changes: [], tick }))}`;
  const opened = await workbench.open(address, {
    wait: false,
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
  });
  await opened.page.waitForFunction((goal) => globalThis.upslope?.figures().tick === goal, tick);
  await addChecker(opened.page);
  return opened;
}

describe('Price’s equation on the page', () => {
  test('is drawn window by window, told in a sentence, and saved', async () => {
    const { page, errors } = await openAt(450, 'light');
    await page.keyboard.press('p');
    await panel(page).locator('svg').first().waitFor();
    const sentence = await panel(page).locator('.figure').getAttribute('aria-label');
    expect(sentence).toMatch(/^From tick 0 to 400 mean body size (rose|fell) \S+: selection [+−]\S+ ± \S+(,|;|\.)/);
    await page.getByLabel('Trait', { exact: true }).selectOption('body.speed');
    await expect.poll(() => panel(page).locator('.figure').getAttribute('aria-label'), patient).toContain('mean top speed');
    await expectAccessible(page, 'price');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'All traits as CSV' }).click(),
    ]);
    const text = readFileSync((await saved.path()) as string, 'utf8')
      .trimEnd()
      .split('\n');
    const place = text[0].split(',').indexOf('value');
    // Without sex and transfer both accounts say the same.
    for (const account of ['loci', 'organisms']) {
      const cells = (term: string) =>
        text.filter((line) => line.includes(`,body.speed,${account},${term},`)).map((line) => line.split(','));
      const values = (term: string) => cells(term).map((row) => Number(row[place]));
      const parts = ['selection_between', 'selection_within', 'transmission_mutation'].map(values);
      for (const [w, change] of values('change').entries()) {
        expect(parts.reduce((sum, part) => sum + part[w], 0)).toBeCloseTo(change, 9);
      }
      expect(values('change')).toHaveLength(4);
      // With its standard error, where there is one.
      expect(cells('selection_between').every((row) => Number(row[place + 1]) > 0)).toBe(true);
      expect(cells('change').every((row) => row[place + 1] === '')).toBe(true);
    }
    await page.getByLabel('Counted', { exact: true }).selectOption('organisms');
    await expect.poll(() => panel(page).textContent(), patient).toContain('sex and transfer are part of transmission');
    expect(errors).toEqual([]);
  });
});

/** Opens a part of the climb that is folded, by keys. */
async function openPart(page: Page, title: string): Promise<void> {
  await panel(page).getByText(title, { exact: true }).focus();
  await page.keyboard.press('Enter');
}

describe('the stage of the climb', () => {
  test('an assay, an interval, and genome space with its lineages, linked with the world', async () => {
    const { page, errors } = await openAt(450, 'dark');
    await page.keyboard.press('c');
    await expect.poll(() => panel(page).getByRole('status').first().textContent(), patient).toMatch(/Finding the gradient/);
    await openPart(page, 'Settings and files');
    await page.getByLabel('Forks an assay').fill('4');
    await page.getByLabel('Least ticks').fill('50');
    await page.getByRole('button', { name: 'Begin again' }).click();
    await expect.poll(() => panel(page).getByRole('status').first().textContent(), patient).toMatch(/^The gradient is/);
    await panel(page).getByRole('heading', { name: 'Selection now asks for' }).waitFor(patient);
    await page.keyboard.press('4');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect
      .poll(() => panel(page).getByRole('status').first().textContent(), patient)
      .toMatch(/(Climbing|Drifting|Falling): [+−]\d\.\d+ ± \d\.\d+ log fitness a generation since tick 450\./);
    await panel(page).getByRole('img', { name: 'Gains by cause, interval by interval' }).waitFor(patient);
    await page.keyboard.press('.');
    // By keys: a lineage, which the world highlights.
    const space = panel(page).getByRole('slider', { name: /^Genome space/ });
    await space.focus();
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => space.getAttribute('aria-valuetext'), patient)
      .toMatch(/^lineage of organism [\d,]+: \d+ %, .+ in ticks 450 to [\d,]+, (climbing|drifting|falling)$/);
    await expectAccessible(page, 'climb-stage');
    // A switch is thrown: a twin continues without it.
    await page.keyboard.press('m');
    await page.getByRole('switch', { name: 'Mutation' }).click();
    await page.keyboard.press('c');
    await panel(page).getByRole('button', { name: 'Run a twin without mutation off' }).click(patient);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => panel(page).textContent(), patient).toMatch(/Twin without mutation off: tick [\d,]+ End the twin/);
    await panel(page).getByRole('button', { name: 'End the twin' }).click();
    expect(errors).toEqual([]);
  });
});

describe('the stage on a phone', () => {
  test('is a sheet under the whole world, and nothing is wider than the window', async () => {
    const { page, errors } = await openAt(450, 'dark');
    await page.setViewportSize({ width: 390, height: 844 });
    const world = page.getByRole('img', { name: /^The world/ });
    const boxOf = async (of: ReturnType<Page['locator']>) => {
      const { x, y, width, height } = (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      return { left: x, top: y, right: x + width, bottom: y + height, height };
    };
    await page.keyboard.press('c');
    const space = panel(page).getByRole('slider', { name: /^Genome space/ });
    await space.waitFor(patient);
    const sheet = await boxOf(panel(page));
    await expect.poll(() => boxOf(world).then(({ bottom }) => bottom)).toBeLessThanOrEqual(sheet.top);
    expect((await boxOf(world)).height).toBeGreaterThan(200);
    for (const of of [panel(page).getByRole('status').first(), space]) {
      const { left, top, right, bottom } = await boxOf(of);
      expect(top).toBeGreaterThanOrEqual(sheet.top);
      expect(bottom).toBeLessThanOrEqual(sheet.bottom);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(390);
    }
    const wide = () => page.evaluate(() => [document.documentElement, document.body].map(({ scrollWidth }) => scrollWidth));
    expect(await wide()).toEqual([390, 390]);
    await expectAccessible(page, 'phone-climb');
    // Closed, the world has the place again.
    await page.keyboard.press('c');
    await expect.poll(() => boxOf(world).then(({ height }) => height)).toBeGreaterThan(500);
    expect(await wide()).toEqual([390, 390]);
    expect(errors).toEqual([]);
  });
});

describe('the climb on the page', () => {
  test('an assay by keys alone: progress, cosines beside their nulls, sentences, CSV, stop', async () => {
    const { page, errors } = await openAt(450, 'dark');
    await page.keyboard.press('c');
    await openPart(page, 'One assay in detail');
    await page.getByLabel('Forks', { exact: true }).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('6');
    await page.getByLabel('Ticks of each').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('20');
    await page.keyboard.press('Enter');
    await panel(page)
      .getByRole('img', { name: /^Cosine of selection within clades to the gradient: everything/ })
      .waitFor(patient);
    await page.getByRole('button', { name: 'Assay now' }).waitFor(patient);
    await expect
      .poll(() => panel(page).textContent())
      .toMatch(/6 perturbed forks, 2 with bodies shuffled, 2 unchanged, of \d+ organisms; \d+ clades since tick 300/);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'dark-climb');
    // Again the same: what is random follows from the world and the fork.
    const told = () =>
      panel(page)
        .getByRole('img', { name: /^Cosine of selection/ })
        .getAttribute('aria-label');
    const first = await told();
    await page.getByRole('button', { name: 'Assay now' }).click();
    await page.getByRole('button', { name: 'Assay now' }).waitFor(patient);
    expect(await told()).toBe(first);
    // One that would take minutes, stopped: what was made until then is told.
    await page.getByLabel('Forks', { exact: true }).fill('1000');
    await page.getByLabel('Ticks of each').fill('400');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => panel(page).getByRole('status').last().textContent(), patient)
      .toMatch(/^\d+ of 1.500 forks, reliability/);
    await page.getByRole('button', { name: 'Stop', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Assay now' }).waitFor(patient);
    await expect.poll(() => panel(page).getByRole('progressbar').count()).toBe(0);
    await expect.poll(() => panel(page).textContent(), patient).toMatch(/[^\d]\d{1,2} perturbed forks, /);
    expect(errors).toEqual([]);
  });
});

describe('the climb over time on the page', () => {
  test('paths, cosines and Fisher’s account, in figures and as CSV', async () => {
    const { page, errors } = await openAt(450, 'light');
    await page.keyboard.press('c');
    await openPart(page, 'Traits over time, on observed gradients');
    for (const name of ['Paths on the plane of the gradient', 'Cosines over time', 'Fisher’s account over time']) {
      await panel(page).getByRole('img', { name }).waitFor(patient);
    }
    await expect
      .poll(() => panel(page).textContent())
      .toMatch(/selection on one half of the clades had a mean cosine of -?\d\.\d\d/);
    await panel(page).getByRole('img', { name: 'Cosines over time' }).scrollIntoViewIfNeeded();
    await expectAccessible(page, 'climb-over-time');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Climb over time as CSV' }).click(),
    ]);
    const [head, ...rows] = readFileSync((await saved.path()) as string, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows.filter((row) => row[head.indexOf('lineage')] === 'selection')).toHaveLength(4);
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    expect(errors).toEqual([]);
  });
});

describe('switches to try, and twins', () => {
  test('a switch is thrown by its button; twins are prepared from the tick that is shown', async () => {
    const { page, errors } = await openAt(120, 'light');
    const mutation = page.getByRole('switch', { name: 'Mutation' });
    // The instrument may be open already: its key would fold it.
    if (!(await mutation.isVisible())) await page.keyboard.press('m');
    await mutation.waitFor();
    await expect.poll(() => mutation.isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Compare with and without' }).click();
    await page.locator('#runs-from').waitFor();
    await expect.poll(() => page.locator('#runs-from').inputValue()).toBe('120');
    await page.getByLabel('Seeds', { exact: true }).fill('2');
    await page.getByLabel('Ticks', { exact: true }).fill('200');
    await page.getByLabel('Sampled every', { exact: true }).fill('40');
    await page.getByRole('button', { name: 'Start 4 runs' }).click();
    await expect.poll(() => panel(page).textContent(), patient).toContain('4 runs of Meadow done');
    await expect.poll(() => panel(page).textContent(), patient).toContain('within pairs of one seed');
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'light-twins');
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Stop mutation' }).click();
    await expect.poll(() => mutation.isChecked()).toBe(false);
    expect(errors).toEqual([]);
  });
});

describe('the tangent of a picked organism', () => {
  test('stands in its panel: actions against actions, by learning and by genes', async () => {
    const { page, errors } = await openAt(120, 'light');
    await page.getByRole('img', { name: /^The world/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Tangent: what changes together').click();
    const cells = panel(page).locator('details td');
    await expect.poll(() => cells.count(), patient).toBeGreaterThanOrEqual(12);
    const before = await cells.allTextContents();
    await page.evaluate(() => globalThis.upslope.runTo(140));
    const watched = panel(page).locator('table.watch td.figures');
    await expect.poll(async () => (await watched.allTextContents()).some((text) => /\d\.\d/.test(text)), patient).toBe(true);
    await panel(page).getByText('Since tick 120, for its observation then').scrollIntoViewIfNeeded();
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'light-tangent');
    await panel(page).getByRole('button', { name: 'Watch from now on' }).click();
    await panel(page).getByText('Since tick 140, for its observation then').waitFor();
    await page.getByLabel(/by the population/).check();
    await expect.poll(() => cells.allTextContents(), patient).not.toEqual(before);
    expect(errors).toEqual([]);
  });
});
