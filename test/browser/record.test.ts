import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addChecker, expectAccessible, violations } from './accessibility.ts';
import { canvas, hashOf, notice, openWorkbench, panel, patient, shoot, tickOf, type Workbench } from './open-browser.ts';
import { meadowOf, openAt as openSceneAt, openSmall } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const tree = (page: Page) => page.getByRole('tree');
const mutation = (page: Page) => page.getByRole('switch', { name: 'Mutation' });
const species = (page: Page) => page.getByRole('treeitem');

/** A quarter of the meadow, whose species are looked at often and told apart early, so that there are some within a few hundred ticks. */
const eager = {
  ...meadowOf(384, 750),
  record: { species: { every: 50, smallest: 15, patience: 2 }, fossils: { every: 100 } },
};
const openAt = (tick: number, options = {}) => openSceneAt(workbench, eager, tick, options);

describe('species', () => {
  test('stand in the tree and in the Muller plot, accessible in light and dark', async () => {
    const { page, errors } = await openAt(800, {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await addChecker(page);
    await page.selectOption('#palette', 'species');
    await page.keyboard.press('t');
    await tree(page).waitFor();
    await expect.poll(() => species(page).count()).toBeGreaterThan(2);
    await expectAccessible(page, 'tree');
    await page.getByRole('button', { name: 'wide' }).click();
    await page.getByRole('button', { name: 'shares' }).click();
    await page.locator('.head').first().scrollIntoViewIfNeeded();
    await page.getByRole('slider', { name: /^Muller plot/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await expectAccessible(page, 'muller');
    expect(errors).toEqual([]);
  });

  test('point at one and its organisms stand out in the world; pin it, go through the tree by keys, let go', async () => {
    const { page, errors } = await openAt(800);
    await page.selectOption('#palette', 'species');
    await page.keyboard.press('t');
    await tree(page).waitFor();
    await panel(page).getByRole('button', { name: 'Show minor ones' }).click();
    const lit = () => page.evaluate(() => globalThis.upslope.lit());
    const all = await lit();
    expect(all.lit).toBe(all.all);
    await species(page).nth(1).hover();
    const name = (await species(page).nth(1).getAttribute('aria-label')) ?? '';
    const told = Number(/, ([\d,]+) live/.exec(name)?.[1].replaceAll(',', ''));
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(all.all / 2);
    // The pointer may have come by way of another species.
    await expect.poll(() => lit().then((now) => now.lit)).toBe(told);
    await shoot(page, 'clade');
    await canvas(page).hover();
    await expect.poll(() => lit().then((now) => now.lit)).toBe(all.all);
    // The same by keys alone: down the tree, enter pins, escape lets go.
    await species(page).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => species(page).nth(1).getAttribute('aria-selected')).toBe('true');
    await canvas(page).focus();
    await expect.poll(() => lit().then((now) => now.lit)).toBe(told);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => lit().then((now) => now.lit)).toBe(all.all);
    expect(await hashOf(page)).toMatch(/^[0-9a-f]{16}$/);
    expect(errors).toEqual([]);
  });

  test('that last have names; the others are thin lines until they are asked for', async () => {
    const { page, errors } = await openAt(800, { colorScheme: 'light', reducedMotion: 'reduce' });
    await addChecker(page);
    await page.keyboard.press('t');
    await tree(page).waitFor();
    const labels = tree(page).locator('[role="treeitem"] text');
    const all = await species(page).count();
    const name = /^[A-Z][aeiou][lmnrs][aeiou][lmnrtvd][aeiou]$/;
    await expect.poll(async () => (await labels.allTextContents()).every((label) => name.test(label))).toBe(true);
    const named = await labels.allTextContents();
    expect(new Set(named).size).toBe(named.length);
    expect(named.length).toBeLessThan(all);
    // Those that live have a portrait at the tip, in their colour; it says nothing that the name does not.
    const portraits = tree(page).locator('[role="treeitem"]:not(.thin) > .portrait[aria-hidden="true"]');
    await expect.poll(() => portraits.count()).toBeGreaterThan(0);
    expect(await portraits.count()).toBeLessThanOrEqual(named.length);
    await expect.poll(() => portraits.first().locator('path').count()).toBeGreaterThan(3);
    expect(await tree(page).locator('.thin > .portrait').count()).toBe(0);
    await species(page).first().focus();
    await panel(page).locator('.look svg[aria-hidden="true"]').waitFor();
    // Name and number, for the reader of an export.
    const first = new RegExp(`^${named[0]} \\(S\\d+\\): `);
    await expect.poll(() => species(page).first().getAttribute('aria-label')).toMatch(first);
    await panel(page)
      .getByText(/\d+ minor ones? not named\./)
      .waitFor();
    await expectAccessible(page, 'species-named');
    await panel(page).getByRole('button', { name: 'Show minor ones' }).click();
    await expect.poll(() => labels.count()).toBe(all);
    expect((await labels.allTextContents()).filter((label) => /^S\d+$/.test(label)).length).toBe(all - named.length);
    await panel(page).getByRole('button', { name: 'Fold minor ones' }).click();
    await expect.poll(() => labels.count()).toBe(named.length);
    // The same name in the legend and for an organism.
    await page.getByLabel('Colour', { exact: true }).selectOption('species');
    await page.locator('.legend .species').filter({ hasText: named[0] }).waitFor();
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => panel(page).locator('dl').textContent()).toMatch(/Species\s*([A-Z][a-z]{5}\s*S\d+|S\d+)\s*Parent/);
    expect(errors).toEqual([]);
  });

  test('and clades have a reason: one that rose beside one that fell, for the picked organism or by themselves', async () => {
    const { page, errors } = await openAt(800, { colorScheme: 'light', reducedMotion: 'reduce' });
    await addChecker(page);
    await page.keyboard.press('t');
    await tree(page).waitFor();
    const why = page.getByRole('region', { name: 'Why this lineage won' });
    const hash = await hashOf(page);
    await why.getByRole('button', { name: 'Compare the clade that rose most' }).click();
    await why.getByText(/^Ticks 400 to 800\. clade \d+: \d+ to \d+; clade \d+: \d+ to \d+\. Growth differs by /).waitFor();
    await expect.poll(() => why.getByRole('row').count()).toBeGreaterThan(5);
    await why.getByText('How this is measured').click();
    await shoot(page, 'why-won');
    await expectAccessible(page, 'why-won');
    await species(page).first().focus();
    await page.keyboard.press('Enter');
    await why.getByRole('button', { name: 'Compare the main clade of species' }).waitFor();
    expect(await hashOf(page)).toBe(hash);
    expect(errors).toEqual([]);
  });

  test('and the question why a lineage won is put from the picked organism and from the Muller plot, by keys too', async () => {
    const { page, errors } = await openSceneAt(workbench, { ...meadowOf(768, 3000), record: eager.record }, 100, {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await addChecker(page);
    const hash = () => hashOf(page);
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    const ask = page.getByRole('button', { name: 'Did its lineage win, and why?' });
    await page
      .getByText('Not now: no snapshot of 200 ticks ago or earlier is kept on this line; let the world continue.')
      .waitFor();
    await expect.poll(() => ask.isDisabled()).toBe(true);
    await expectAccessible(page, 'organism-refused');
    await page.evaluate(() => globalThis.upslope.runTo(800));
    // What was picked at tick 100 may be dead, and the view may show an earlier tick for a moment.
    await expect
      .poll(async () => {
        await canvas(page).focus();
        await page.keyboard.press('Escape');
        await page.keyboard.press('Enter');
        return ask.isEnabled({ timeout: 2000 }).catch(() => false);
      })
      .toBe(true);
    const before = await hash();
    await ask.focus();
    await page.keyboard.press('Enter');
    const why = page.getByRole('region', { name: 'Why this lineage won' });
    const whose = why.getByRole('combobox', { name: 'Lineage' });
    await whose.waitFor();
    await expect.poll(() => whose.inputValue()).toBe('organism');
    const button = why.getByRole('button', { name: /^Stop$|^Compare the clade of organism \d+$/ });
    await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true);
    await why.getByText(/^The clade of organism \d+ (won|lost|neither won nor lost)|had fewer than 8 organisms/).waitFor();
    await shoot(page, 'why-organism');
    // A band of the Muller plot, by the pointer and by keys.
    const muller = page.getByRole('slider', { name: /^Muller plot/ });
    const compare = why.getByRole('button', { name: /^Compare the main clade of species \d+$/ });
    await muller.locator('.band').first().click();
    await compare.waitFor();
    // Escape first closes a notice: that what was picked had died, and which offspring is shown.
    if ((await notice(page)) !== '') await page.keyboard.press('Escape');
    await expect.poll(() => notice(page)).toBe('');
    await page.keyboard.press('Escape');
    await why.getByRole('button', { name: /^Compare the clade of organism \d+$/ }).waitFor();
    await muller.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => whose.inputValue()).toBe('species');
    await compare.click();
    // Its largest clade now was small at tick 400: a reason is an answer too.
    await why.getByText(/^its clade had fewer than 8 organisms at tick 400; choose another/).waitFor();
    await shoot(page, 'why-species');
    await expectAccessible(page, 'why-asked');
    expect(await hash()).toBe(before);
    expect(errors).toEqual([]);
  });

  test('are saved as pictures and tables', async () => {
    const { page } = await openAt(800);
    await page.keyboard.press('t');
    await tree(page).waitFor();
    const save = async (button: string) => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      return readFileSync(await (await waiting).path(), 'utf8');
    };
    const picture = await save('Plots as SVG');
    expect(picture).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(picture).not.toContain('var(--');
    expect(picture.match(/>[A-Z][a-z]{5}</g)?.length).toBeGreaterThan(1);
    const table = (await save('Species as CSV')).trimEnd().split('\n');
    expect(table[0]).toBe('species,population,parent,origin_tick,end_tick,fate,merged_into,representative,count,peak');
    expect(table[1]).toMatch(/^0,foragers,,0,,living,,/);
    const counts = (await save('Numbers as CSV')).trimEnd().split('\n').slice(1);
    const alive = await page.evaluate(() => globalThis.upslope.figures().alive[0]);
    const now = counts.map((row) => row.split(',')).filter(([tick]) => tick === '800');
    expect(now.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(alive);
  });
});

describe('the picked organism', () => {
  test('has a line of descent back to its founder: in the panel, in the world and in the tree', async () => {
    const { page, errors } = await openAt(800, { viewport: { width: 1280, height: 720 } });
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    const rows = page.locator('#instrument tbody tr');
    await page.getByText('Line of descent').waitFor();
    await expect.poll(() => rows.count()).toBeGreaterThan(1);
    const lit = () => page.evaluate(() => globalThis.upslope.lit());
    await expect.poll(() => lit().then((now) => now.lit < now.all && now.lit > 0)).toBe(true);
    await shoot(page, 'line-of-descent');
    const picked = Number(await page.locator('#instrument .id').textContent());
    const line = await page.evaluate((id) => globalThis.upslope.lineOf(id), picked);
    expect(line?.[0].id).toBe(picked);
    expect(line?.at(-1)?.generation).toBe(0);
    line?.slice(1).forEach((ancestor, i) => {
      expect(ancestor.id).toBeLessThan(line[i].id);
      expect(ancestor.generation).toBe(line[i].generation - 1);
    });
    // The founder has the most living descendants of all ancestors.
    const before = (await lit()).lit;
    await page.getByRole('button', { name: `Highlight the living descendants of organism ${line?.at(-1)?.id}` }).click();
    await expect.poll(() => lit().then((now) => now.lit)).toBeGreaterThanOrEqual(before);
    await page.getByRole('button', { name: 'Highlight relatives' }).click();
    await canvas(page).focus();
    await expect.poll(() => lit().then((now) => now.lit === now.all)).toBe(true);
    await page.keyboard.press('g');
    await tree(page).waitFor();
    await expect.poll(() => page.locator('.path').count()).toBeGreaterThan(0);
    await expect.poll(() => page.locator('[role="treeitem"][aria-selected="true"]').count()).toBe(1);
    await shoot(page, 'found-in-tree');
    // An organism that dies is not said to live in its own line.
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    const own = rows.first();
    await expect.poll(() => own.textContent(), patient).toMatch(/lives/);
    await page.evaluate(() => globalThis.upslope.runTo(2600));
    await page
      .locator('#instrument')
      .getByText(/^It died /)
      .waitFor(patient);
    await expect.poll(() => own.textContent(), patient).not.toMatch(/lives/);
    expect(errors).toEqual([]);
  });
});

describe('fossils', () => {
  test('are kept, listed and compared with the living, accessible in light and dark', async () => {
    const { page, errors } = await openAt(400, {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await addChecker(page);
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Keep as fossil' }).click();
    await expect.poll(() => notice(page)).toMatch(/is kept as fossil \d+ of tick 400/);
    const picked = await page.locator('#instrument .id').textContent();
    await page.keyboard.press('Escape');
    await canvas(page).focus();
    await page.keyboard.press('[');
    await page.getByRole('listbox', { name: 'Fossils' }).waitFor();
    const options = page.locator('#instrument [role="option"]');
    const chosen = () => page.locator('[role="option"][aria-selected="true"]').textContent();
    // Two a hundred ticks from tick 0 on, and the one asked for, which is the last.
    await expect.poll(() => options.filter({ hasText: 'tick' }).count()).toBe(11);
    // No word of a line reaches into the next one.
    await expect
      .poll(() =>
        options.first().evaluate((line) => {
          const places = [...line.children].map((cell) => {
            const words = document.createRange();
            words.selectNodeContents(cell);
            return words.getBoundingClientRect();
          });
          return places.slice(1).every(({ left }, i) => places[i].width > 0 && left - places[i].right >= 3);
        }),
      )
      .toBe(true);
    expect(await chosen()).toContain(picked as string);
    expect(await chosen()).toContain('on request');
    await page.keyboard.press('[');
    await expect.poll(chosen).toContain('drawn');
    await page.getByText('as it was at tick 400').waitFor();
    await page.getByRole('button', { name: 'minus living mean' }).click();
    const fill = async (form: string, values: Readonly<Record<string, number>>) => {
      const fields = page.getByRole('form', { name: form });
      for (const [label, value] of Object.entries(values)) await fields.getByLabel(label, { exact: true }).fill(String(value));
      await fields.getByLabel('Replicates', { exact: true }).press('Enter');
    };
    await fill('Settings: tournament', { Fossils: 4, 'Ticks of each': 60, Replicates: 2 });
    const tournament = page.getByRole('region', { name: 'Tournament' });
    await expect.poll(() => tournament.count(), { timeout: 60_000 }).toBe(1);
    await expect.poll(() => tournament.textContent()).toMatch(/Cyclic share [\d.]+ %: .*pure noise has 50 %.*95 % interval/);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Tournament as CSV' }).click();
    const csv = readFileSync(await (await saved).path(), 'utf8')
      .trim()
      .split('\n');
    expect(csv[0]).toBe('fossil,tick,other,other_tick,margin,error,rating,rating_low,rating_high');
    // Each of four against three others; who beats is beaten by as much.
    expect(csv).toHaveLength(13);
    const margins = new Map(csv.slice(1).map((line) => [line.split(',')[0] + line.split(',')[2], Number(line.split(',')[4])]));
    const [of, other] = csv[1].split(',').filter((_, i) => i === 0 || i === 2);
    expect(margins.get(of + other)).toBe(-(margins.get(other + of) as number));
    await fill('Settings: transplant', { Pairs: 9, 'Ticks of each': 40, Replicates: 1 });
    await expect.poll(() => notice(page)).toMatch(/11 fossils, too few for 9 pairs near ticks 0 and 400: choose fewer pairs/);
    const parts = page.getByText('Parts of the genome: policy, traits');
    await parts.click();
    await page.getByRole('checkbox', { name: /^traits / }).uncheck();
    await page.getByRole('checkbox', { name: /^body\.size / }).check();
    await expect.poll(() => page.getByText('Parts of the genome: policy, body.size').count()).toBe(1);
    await fill('Settings: transplant', { Pairs: 5, 'Ticks of each': 40, Replicates: 1 });
    // The request is answered: what was refused before is not said any more.
    await expect.poll(() => notice(page)).not.toMatch(/too few for 9 pairs/);
    const transplant = page.getByRole('region', { name: 'Transplant' });
    await expect.poll(() => transplant.count(), patient).toBe(1);
    await expect
      .poll(() => transplant.textContent())
      .toMatch(/Later genomes leave [+-][\d.]+ \(.*policy [+-][\d.]+ \(.*body\.size .*Intervals are over pairs of fossils/);
    const effects = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Transplant as CSV' }).click();
    // Whole genomes and two segments in both genomes, of five pairs.
    expect(
      readFileSync(await (await effects).path(), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(1 + 5 * 5);
    await transplant.scrollIntoViewIfNeeded();
    await shoot(page, 'transplant');
    await tournament.scrollIntoViewIfNeeded();
    await expectAccessible(page, 'fossils');
    await options.first().focus();
    await page.keyboard.press('Home');
    await expect.poll(chosen).toContain('tick 0');
    expect(errors).toEqual([]);
  });
});

describe('the timeline', () => {
  test('goes back to a kept snapshot, and the same ticks come again to the bit', async () => {
    const { page, errors } = await openSmall(workbench, 600, { viewport: { width: 1280, height: 720 } });
    await page.keyboard.press('m');
    await page.keyboard.press('m');
    await mutation(page).click();
    expect(await page.evaluate(() => globalThis.upslope.runTo(900))).toBe(true);
    const straight = await hashOf(page);
    const slider = page.getByRole('slider', { name: /^Kept snapshots/ });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => tickOf(page)).toBe(750);
    expect(await page.evaluate(() => globalThis.upslope.log().changes.length)).toBe(1);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => tickOf(page)).toBe(500);
    await expect.poll(() => notice(page)).toContain('Back at tick 500');
    // The change of tick 600 lies ahead again, and its switch shows that.
    await expect.poll(() => mutation(page).isChecked()).toBe(true);
    await shoot(page, 'scrubbed');
    expect(await page.evaluate(() => globalThis.upslope.runTo(900))).toBe(true);
    expect(await hashOf(page)).toBe(straight);
    expect(await page.evaluate(() => globalThis.upslope.address().then(({ changes }) => changes.length))).toBe(1);
    // By pointer: a press near the left end goes to the beginning.
    const box = (await slider.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.click(box.x + 3, box.y + box.height / 2);
    await expect.poll(() => tickOf(page)).toBe(0);
    expect(errors).toEqual([]);
  });

  test('a change at an earlier tick begins a line of its own, which a link tells; the former can be had back', async () => {
    const { page, errors } = await openSmall(workbench, 700);
    const former = await hashOf(page);
    await page.getByRole('slider', { name: /^Kept snapshots/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => tickOf(page)).toBe(500);
    await mutation(page).click();
    await expect.poll(() => page.evaluate(() => globalThis.upslope.log().changes.length)).toBe(1);
    expect(await page.evaluate(() => globalThis.upslope.runTo(800))).toBe(true);
    const branched = await hashOf(page);
    const opened = await page.evaluate(() => location.hash);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    // The page was opened by a link: another takes its place.
    await page.waitForFunction((hash) => location.hash.startsWith('#run=') && location.hash !== hash, opened);
    const fragment = await page.evaluate(() => location.hash);
    await canvas(page).focus();
    await page.keyboard.press('b');
    await page.getByRole('dialog').waitFor();
    await shoot(page, 'lines');
    await page.getByRole('button', { name: 'Go to tick 700 of the line with seed 7' }).click();
    await expect.poll(() => tickOf(page)).toBe(700);
    expect(await hashOf(page)).toBe(former);
    expect(await page.evaluate(() => globalThis.upslope.address().then(({ changes }) => changes))).toEqual([]);
    expect(errors).toEqual([]);
    await workbench.tidy();
    const other = await workbench.open(fragment, { wait: false });
    await other.page.waitForFunction(() => globalThis.upslope?.figures().tick === 800);
    expect(await hashOf(other.page)).toBe(branched);
  });

  test('a branch with another seed is told apart from what a link can tell, accessible in light and dark', async () => {
    const { page, errors } = await openSmall(workbench, 300, {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 720 },
    });
    await addChecker(page);
    await canvas(page).focus();
    await page.keyboard.press('b');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Seed of the branch').fill('7');
    await page.getByRole('button', { name: 'Branch', exact: true }).click();
    await expect.poll(() => notice(page)).toContain('give a branch another');
    await canvas(page).focus();
    await page.keyboard.press('b');
    await page.getByLabel('Seed of the branch').fill('heath');
    await page.keyboard.press('Enter');
    await expect.poll(() => notice(page)).toContain('A branch with seed heath begins at tick 300');
    expect(await page.evaluate(() => globalThis.upslope.runTo(400))).toBe(true);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect.poll(() => notice(page)).toContain('a link cannot reproduce');
    expect(await page.evaluate(() => location.hash)).toBe('');
    await page.waitForTimeout(500);
    await expectAccessible(page, 'branch');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as file' }).click();
    const file = await (await waiting).path();
    const hash = await hashOf(page);
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'b.upslope', mimeType: 'application/octet-stream', buffer: readFileSync(file) });
    await expect.poll(() => notice(page)).toContain('is open at tick 400');
    expect(await hashOf(page)).toBe(hash);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect.poll(() => notice(page)).toContain('a link cannot reproduce');
    expect(errors).toEqual([]);
  });
});

describe('the export', () => {
  test('is one archive of the chosen formats with its provenance, accessible in light and dark', async () => {
    const { page, errors } = await openAt(300, {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await addChecker(page);
    await page.keyboard.press('e');
    // The instrument that the scene opens has boxes of its own until the export takes its place.
    const boxes = page.getByRole('group', { name: 'Formats' }).getByRole('checkbox');
    await boxes.first().waitFor();
    const button = page.getByRole('button', { name: 'Export as one archive' });
    for (const box of await boxes.all()) await box.uncheck();
    await expect.poll(() => button.isDisabled()).toBe(true);
    for (const box of await boxes.all()) await box.check();
    const waiting = page.waitForEvent('download');
    await button.click();
    const archive = await waiting;
    expect(archive.suggestedFilename()).toBe('meadow-7-300.zip');
    const files = unzipSync(readFileSync(await archive.path()));
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        'organisms.parquet',
        'organisms.csv',
        'species.csv',
        'pedigree.csv',
        'species.nwk',
        'provenance.json',
      ]),
    );
    expect(JSON.parse(strFromU8(files['provenance.json'])).hash).toBe(await hashOf(page));
    const told = page.locator('#instrument [role="status"]');
    await expect.poll(() => told.textContent()).toContain(`${Object.keys(files).length} files`);
    await expect.poll(() => told.textContent()).toContain('passed the check');
    await expectAccessible(page, 'export');
    expect(errors).toEqual([]);
  });
});
