import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { addChecker, expectAccessible } from './accessibility.ts';
import { hashOf, notice, openWorkbench, panel, patient, shoot, tickOf, type Workbench } from './open-browser.ts';
import { linkTo, smallMeadow } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const small = smallMeadow();
const link = linkTo(small, 60);
const mutation = 'populations.foragers.mechanisms.mutation.on';
const calm = { wait: false, reducedMotion: 'reduce' } as const;

const runTo = (page: Page, tick: number) => page.evaluate((goal) => globalThis.upslope.runTo(goal), tick);
const twin = (page: Page) => page.evaluate(() => globalThis.upslope.twin());
const twinBar = (page: Page) => page.locator('.there-bar');
const atTick = (page: Page, tick: number) => expect.poll(() => tickOf(page), patient).toBe(tick);

/** A world and its twin without mutation, both at tick 60. */
async function openTwin(page: Page): Promise<void> {
  await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
  await atTick(page, 60);
  const tab = page.getByRole('tab', { name: 'Mechanisms', exact: true });
  if ((await tab.getAttribute('aria-selected')) === 'false') await tab.click();
  const mechanism = panel(page)
    .locator('.mechanism')
    .filter({ has: page.getByText('Mutation', { exact: true }) });
  await mechanism.getByRole('button', { name: 'Watch a twin without it' }).click();
  await expect.poll(() => twinBar(page).textContent(), patient).toContain('mutation off');
}

describe('a twin', () => {
  test('differs in its change alone, as two worlds without a page do, and is drawn at the tick of its world', async () => {
    const { page, errors } = await workbench.open(link, { ...calm, viewport: { width: 1280, height: 720 } });
    await openTwin(page);
    expect(await runTo(page, 260)).toBe(true);
    await expect.poll(async () => (await twin(page))?.drawnAt, patient).toBe(260);
    const hashes = [true, false].map((on) => {
      const world = createSimulation(parseScene(small, 'small'), '7');
      if (!on) world.schedule(60, mutation, false);
      world.step(260);
      return world.hash();
    });
    expect([await hashOf(page), (await twin(page))?.hash]).toEqual(hashes);
    const plots = page.getByRole('region', { name: 'Differences' });
    await expect.poll(() => plots.locator('path').first().getAttribute('d'), patient).toMatch(/L/);
    expect(await plots.getByRole('img').count()).toBe(3);
    // Replicates fork beside them.
    await expect.poll(() => plots.textContent(), patient).toMatch(/with mutation minus without; [1-9]\d* replicates?/);

    // Its title has room for the longest name of a mechanism.
    const words = twinBar(page).locator('.words');
    const [name, width] = await words.evaluate((element) => {
      element.textContent = 'segregation-distortion off';
      return [element.scrollWidth, element.clientWidth];
    });
    expect(name).toBeLessThanOrEqual(width);

    // What is picked here is picked there, by its key; one camera for both.
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { name: 'Organism' }).first().waitFor();
    await page.keyboard.press('+');
    await addChecker(page);
    await expectAccessible(page, 'twins');
    expect(errors).toEqual([]);
    expect(workbench.violations).toEqual([]);
  });

  test('gets changes where they are said to go, is kept in place of its world, and that is found again', async () => {
    const { page, errors } = await workbench.open(link, calm);
    await openTwin(page);
    await panel(page).getByRole('radio', { name: 'Both' }).click();
    await panel(page)
      .locator('.group > summary', { hasText: /^Grass$/ })
      .click();
    const regrowth = panel(page).locator('[id="control-habitat.grass.regrowth"]');
    await regrowth.fill('0.02');
    await regrowth.press('Tab');
    await expect.poll(() => page.evaluate(() => globalThis.upslope.log().changes.length), patient).toBe(1);
    await panel(page).getByRole('radio', { name: 'Twin', exact: true }).click();
    expect(await runTo(page, 100)).toBe(true);
    await expect.poll(async () => (await twin(page))?.drawnAt, patient).toBe(100);
    const [own, other] = [await hashOf(page), (await twin(page))?.hash];
    expect(own).not.toBe(other);
    // A link opens both.
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect.poll(() => notice(page), patient).toContain('The link is');
    const again = await workbench.open(new URL(page.url()).hash, calm);
    await expect.poll(async () => (await twin(again.page))?.drawnAt, patient).toBe(100);
    expect([await hashOf(again.page), (await twin(again.page))?.hash]).toEqual([own, other]);
    await expect.poll(() => twinBar(again.page).textContent(), patient).toContain('mutation off');
    await again.page.close();
    expect(again.errors).toEqual([]);

    await twinBar(page).getByRole('button', { name: 'Keep this one' }).click();
    await expect.poll(() => notice(page), patient).toContain('This is the twin now.');
    expect(await hashOf(page)).toBe(other);
    expect(await page.evaluate(() => globalThis.upslope.log().changes)).toEqual([
      { at: 60, path: mutation, value: false },
      { at: 60, path: 'habitat.grass.regrowth', value: 0.02 },
    ]);
    expect(await twin(page)).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test('opens and closes by a key, and fits a phone', async () => {
    const { page, errors } = await workbench.open(link, { ...calm, viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
    await atTick(page, 60);
    await page.keyboard.press('w');
    await expect.poll(() => twinBar(page).textContent(), patient).toContain('no difference yet');
    const panes = page.locator('.panes > .pane');
    await expect.poll(() => panes.count()).toBe(2);
    const [first, second] = [await panes.first().boundingBox(), await panes.last().boundingBox()];
    expect(first?.height).toBeGreaterThan(120);
    expect(second?.height).toBeCloseTo(first?.height ?? 0, 0);
    expect(second?.y).toBeGreaterThan((first?.y ?? 0) + (first?.height ?? 0) - 1);
    await addChecker(page);
    await expectAccessible(page, 'twins-phone');
    expect(await runTo(page, 80)).toBe(true);
    await expect.poll(async () => (await twin(page))?.drawnAt, patient).toBe(80);
    expect((await twin(page))?.hash).toBe(await hashOf(page));
    await shoot(page, 'twins-phone');
    await page.keyboard.press('w');
    await expect.poll(() => panes.count()).toBe(1);
    expect(await runTo(page, 90)).toBe(true);

    // Without a keyboard it is opened under Mechanisms; both panes stay in view above the sheet, also where the phone is turned.
    await page.keyboard.press('m');
    await panel(page).getByRole('button', { name: 'Open a twin' }).click();
    await expect.poll(() => panes.count(), patient).toBe(2);
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 844, height: 390 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport);
      await expect.poll(async () => (await panes.first().boundingBox())?.width).toBeLessThan(viewport.width / 2 + 1);
      const boxes = [await panes.first().boundingBox(), await panes.last().boundingBox()];
      for (const box of boxes) expect(box?.height, `${viewport.width} x ${viewport.height}`).toBeGreaterThanOrEqual(96);
    }
    expect(await panel(page).isVisible()).toBe(true);
    await expectAccessible(page, 'twins-phone-sheet');
    await shoot(page, 'twins-phone-sheet');
    expect(errors).toEqual([]);
  });

  test('begins at a sample, which a paused world says, and a link opens it before they part', async () => {
    const { page, errors } = await workbench.open(link, calm);
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
    await atTick(page, 60);
    expect(await runTo(page, 64)).toBe(true);
    await page.getByRole('button', { name: 'Twin', exact: true }).click();
    await expect.poll(() => notice(page), patient).toContain('The paused world has made 6 ticks:');
    expect(await tickOf(page)).toBe(70);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect.poll(() => notice(page), patient).toContain('The link is');
    const again = await workbench.open(new URL(page.url()).hash, calm);
    await expect.poll(async () => (await twin(again.page))?.drawnAt, patient).toBe(70);
    const hash = await hashOf(page);
    expect([await hashOf(again.page), (await twin(again.page))?.hash]).toEqual([hash, hash]);
    await expect.poll(() => twinBar(again.page).textContent(), patient).toContain('no difference yet');
    expect([errors, again.errors]).toEqual([[], []]);
  });
});
