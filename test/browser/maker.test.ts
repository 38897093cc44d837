import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseScene } from '../../src/scene/parse.ts';
import { isPlaneScene, type PlaneScene } from '../../src/scene/schema.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { addChecker, expectAccessible, violations } from './accessibility.ts';
import { canvas, openWorkbench, patient, shoot, tickOf, type Workbench } from './open-browser.ts';
import { linkTo, smallMeadow } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

// Small: without a graphics card most of the time would go into pictures.
const calm = { viewport: { width: 720, height: 340 }, reducedMotion: 'reduce', colorScheme: 'light' } as const;
const brush = (page: Page) => page.getByRole('application');
const step = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const said = async (page: Page) => (await page.locator('.said').textContent()) ?? '';
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).click();
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });

/** Saves the scene and reads the file as any other. */
async function saved(
  page: Page,
): Promise<{ readonly json: { habitat: { grass: { painting: string } } }; readonly scene: PlaneScene }> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save scene' }).click();
  const json = JSON.parse(readFileSync(await (await waiting).path(), 'utf8'));
  const scene = parseScene(json, 'saved');
  if (!isPlaneScene(scene)) throw new Error('not in the plane');
  return { json, scene };
}

/** Saves until the scene is as expected: what was pressed last may still be on its way. */
const expectSaved = (page: Page, read: (scene: PlaneScene) => unknown) =>
  expect.poll(async () => read((await saved(page)).scene), patient);

async function stroke(page: Page, ...[first, ...rest]: readonly (readonly [number, number])[]) {
  const box = await brush(page).boundingBox();
  if (!box) throw new Error('no brush');
  await page.mouse.move(box.x + first[0], box.y + first[1]);
  await page.mouse.down();
  for (const [x, y] of rest) await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
  await page.mouse.up();
}

const make = (page: Page) => page.getByRole('button', { name: 'Make', exact: true });
const openMaker = async (page: Page) => {
  await make(page).click();
  await brush(page).waitFor(patient);
};

describe('the maker', () => {
  test('paints ground and walls, by pointer and by keys, and undoes them; the world of the page waits as it was', async () => {
    const { page, errors } = await workbench.open(linkTo(smallMeadow(), 30), { ...calm, wait: false });
    await expect.poll(() => tickOf(page), patient).toBe(30);
    const hash = await page.evaluate(() => globalThis.upslope.hash());
    await openMaker(page);
    await addChecker(page);
    expect((await saved(page)).scene.title).toBe('My Meadow');
    // The wheel zooms under the brush too; the painted place stays the same part of the world.
    await choose(page, 'None');
    await page.getByRole('button', { name: 'Wipe everywhere' }).click();
    await expectSaved(page, ({ habitat }) => habitat.grass.painting).toBe('48x48:2304a');
    await choose(page, 'Rich');
    await stroke(page, [60, 60], [200, 120]);
    await expectSaved(page, ({ habitat }) => habitat.grass.pattern).toBe('painted');
    const painted = (await saved(page)).scene.habitat.grass.painting;
    expect(painted).toMatch(/^48x48:.*\d*k/);
    // By keys: the brush goes to the middle, then to the right.
    await brush(page).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    await expectSaved(page, ({ habitat }) => habitat.grass.painting).not.toBe(painted);
    await undo(page).click();
    await expectSaved(page, ({ habitat }) => habitat.grass.painting).toBe(painted);
    await choose(page, 'Wall');
    await stroke(page, [100, 200], [100, 400]);
    await expectSaved(page, ({ habitat }) => habitat.barriers.length).toBeGreaterThan(0);
    await expectAccessible(page, 'maker-ground');
    await page.getByRole('button', { name: 'Remove all walls' }).click();
    await expectSaved(page, ({ habitat }) => habitat.barriers).toEqual([]);
    await page.keyboard.press('Control+z');
    await expectSaved(page, ({ habitat }) => habitat.barriers.length).toBeGreaterThan(0);
    // What a scene cannot have is refused in the parser's words, and nothing changes.
    const width = page.getByRole('spinbutton', { name: /^Width/ });
    await width.fill('190');
    await width.press('Enter');
    await expect.poll(() => said(page), patient).toContain('habitat.width: 190 is not a whole number of cells of 4');
    await page.getByRole('button', { name: 'Leave' }).click();
    await make(page).waitFor(patient);
    expect(await page.evaluate(() => globalThis.upslope.hash())).toBe(hash);
    // What was made is kept in this browser.
    await openMaker(page);
    await page.getByLabel('Start from').selectOption('last');
    await expectSaved(page, ({ habitat }) => habitat.barriers.length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  test('chooses senses, body and mechanisms; a founder is driven, and the run comes to the same in Node', async () => {
    const { page, errors } = await workbench.open(linkTo(smallMeadow(), 0), { ...calm, wait: false });
    await canvas(page).waitFor(patient);
    await openMaker(page);
    await addChecker(page);
    await step(page, 'Life');
    const card = (name: RegExp) => page.getByRole('button', { name }).first();
    await card(/^Hurt/).click();
    await card(/^Memory/).click();
    await expectSaved(page, ({ populations: { foragers } }) => [
      foragers.senses.includes('hurt'),
      foragers.policy.memory,
    ]).toEqual([true, 0]);
    await card(/^Memory/).click();
    await expectSaved(page, ({ populations: { foragers } }) => foragers.policy.memory).toBe(2);
    expect(await violations(page)).toEqual([]);
    await step(page, 'Body');
    const size = page.getByRole('slider', { name: 'Body size, slider' });
    await size.focus();
    for (let i = 0; i < 10; i++) await size.press('ArrowRight');
    await expectSaved(page, ({ populations: { foragers } }) => foragers.traits['body.size']?.founder).toBeCloseTo(1.1, 3);
    await page.getByRole('img', { name: 'The median founder' }).waitFor(patient);
    expect(await violations(page)).toEqual([]);
    await step(page, 'Mechanisms');
    await card(/^Horizontal transfer/).click();
    await expectSaved(page, ({ populations: { foragers } }) => foragers.mechanisms.transfer.on).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Title').fill('Slow garden');
    await page.getByLabel('Title').press('Enter');
    const made = await saved(page);
    await step(page, 'Try it');
    await page.getByRole('button', { name: 'Drive a founder' }).click();
    const pads = page.getByRole('group', { name: 'Drive' });
    await pads.waitFor(patient);
    await expect.poll(() => tickOf(page), patient).toBeGreaterThan(0);
    await page.keyboard.down('ArrowUp');
    await page.keyboard.down('ArrowLeft');
    await expect.poll(() => pads.getByRole('button', { name: 'Turn left' }).getAttribute('aria-pressed'), patient).toBe('true');
    await page.keyboard.up('ArrowLeft');
    await page.keyboard.down('e');
    await page.keyboard.up('e');
    await page.keyboard.up('ArrowUp');
    await pads.getByRole('button', { name: 'Forward' }).focus();
    await page.keyboard.down(' ');
    await page.keyboard.up(' ');
    expect(await violations(page)).toEqual([]);
    const driven = await tickOf(page);
    await page.getByRole('button', { name: 'Let it evolve' }).click();
    await make(page).waitFor(patient);
    await expect.poll(() => tickOf(page), patient).toBeGreaterThan(driven + 10);
    await canvas(page).focus();
    await page.keyboard.press(' ');
    await expect.poll(() => page.evaluate(() => globalThis.upslope.figures().playing), patient).toBe(false);
    const { scene, seed, changes, tick } = await page.evaluate(() => globalThis.upslope.address());
    expect(scene).toEqual(made.json);
    expect(changes.length).toBeGreaterThan(5);
    expect(changes.at(-1)?.value).toMatchObject({ ticks: 0 });
    const world = createSimulation(parseScene(scene, 'address'), seed);
    for (const { at, path, value } of changes) world.schedule(at, path, value);
    world.step(tick);
    expect(world.hash()).toBe(await page.evaluate(() => globalThis.upslope.hash()));
    world.dispose();
    expect(errors).toEqual([]);
  });
});

describe('the list of scenes with pictures', () => {
  const gallery = (page: Page) => page.getByRole('dialog', { name: 'Scenes' });
  const showGallery = async (page: Page) => {
    await page.getByRole('button', { name: 'All scenes, with pictures' }).click();
    await gallery(page).waitFor(patient);
  };
  /** What the first picture shows, as a short text. */
  const first = (page: Page) =>
    gallery(page)
      .locator('li canvas')
      .first()
      .evaluate((picture) => (picture as HTMLCanvasElement).toDataURL().slice(-2000));

  test('has moving pictures, still ones where that is wished, those of the visitor first; all of it on a phone too', async () => {
    const own = { ...smallMeadow(), title: 'Small field', question: 'How few are enough?' };
    const { page, errors } = await workbench.open(linkTo(own, 0), {
      ...calm,
      viewport: { width: 720, height: 320 },
      wait: false,
    });
    await expect.poll(() => page.evaluate(() => globalThis.upslope.figures().tick), patient).toBeGreaterThan(0);
    await showGallery(page);
    await gallery(page).getByText('How few are enough?').waitFor(patient);
    await gallery(page).locator('li canvas').first().waitFor(patient);
    const still = await first(page);
    await addChecker(page);
    await expectAccessible(page, 'gallery');
    expect(await first(page)).toBe(still);
    // Landscapes have no ground to paint.
    await expect.poll(() => gallery(page).getByRole('button', { name: 'Remix Peacocks' }).count(), patient).toBe(1);
    expect(await gallery(page).getByRole('button', { name: 'Remix Annealing' }).count()).toBe(0);
    await gallery(page).getByRole('button', { name: 'Remove Small field' }).click();
    expect(await gallery(page).getByText('Small field').count()).toBe(0);
    // A scene file of the visitor becomes one of theirs.
    const chosen = page.waitForEvent('filechooser');
    await gallery(page).getByRole('button', { name: 'Open a scene file' }).click();
    const buffer = Buffer.from(JSON.stringify({ ...smallMeadow(), title: 'From a file' }));
    await (await chosen).setFiles({ name: 'own.json', mimeType: 'application/json', buffer });
    await expect.poll(() => page.title(), patient).toContain('From a file');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.setViewportSize({ width: 390, height: 640 });
    await page.getByLabel('Scene', { exact: true }).selectOption({ label: 'All scenes …' });
    await gallery(page).locator('li canvas').first().waitFor(patient);
    const before = await first(page);
    await expect.poll(() => first(page), patient).not.toBe(before);
    await gallery(page).getByRole('button', { name: 'Remix From a file' }).click();
    await brush(page).waitFor(patient);
    expect(await page.getByLabel('Title').inputValue()).toBe('My From a file');
    for (const name of ['Life', 'Body', 'Mechanisms', 'Try it', 'Ground']) {
      await step(page, name);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
    await shoot(page, 'maker-phone');
    expect(errors).toEqual([]);
  });
});
