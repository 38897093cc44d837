// The whole tree of species at 10,000 tips: drawn, zoomed, folded, picked, by pointer and by keys.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addChecker, expectAccessible } from './accessibility.ts';
import { keep, openWorkbench, panel, shoot, type Workbench } from './open-browser.ts';
import { linkTo, meadowOf } from './small-meadow.ts';
import { traceFrames } from './trace-frames.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ optimized: true });
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const tips = 10_000;

/** Gives the page a tree of many species in place of that of its world: lines split at random, most die out soon. */
function manySpecies(count: number): void {
  const make = (tick: number) => {
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
    const living: number[] = [0];
    const one = (id: number, parent: number, originTick: number) => ({
      id,
      parent,
      population: 0,
      originTick,
      endTick: null as number | null,
      fate: 'living',
      mergedInto: -1,
      representative: id,
      count: 1 + Math.floor(40 * random()),
      peak: 2 + Math.floor(300 * random() ** 6),
    });
    const species = [one(0, -1, 0)];
    while (species.length < count) {
      const now = (tick * species.length) / count;
      if (living.length > 200) {
        const [gone] = living.splice(Math.floor(random() * living.length), 1);
        species[gone].endTick = Math.ceil(now);
        species[gone].fate = 'extinct';
        species[gone].count = 0;
      }
      const parent = living[Math.floor(random() * living.length)];
      living.push(species.length);
      species.push(one(species.length, parent, Math.ceil(now)));
    }
    return species;
  };
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...made: ConstructorParameters<typeof Worker>) {
      super(...made);
      // The first to hear of it.
      this.addEventListener('message', ({ data }) => {
        const { value } = data ?? {};
        if (!value?.looks || !value.species) return;
        Object.assign(value, { tick: 5000, species: make(5000), events: [], looks: [], bodies: new Map() });
      });
    }
  };
}

/** A small world, paused, whose tree of species is replaced. */
async function openMany(): Promise<{ page: Page; errors: string[] }> {
  const context = await workbench.browser.newContext({
    viewport: { width: 1280, height: 900 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  await context.addInitScript(() => localStorage.setItem('upslope.guided', 'true'));
  await context.addInitScript(manySpecies, tips);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(workbench.url + linkTo(meadowOf(96, 12), 1));
  await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0 && globalThis.upslope.figures().tick === 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Whole tree' }).click();
  await tree(page).waitFor();
  return { page, errors };
}

const tree = (page: Page) => page.getByRole('tree', { name: /^Tree of all 10,000 species/ });
const item = (page: Page) => tree(page).getByRole('treeitem');
const readout = (page: Page) => panel(page).locator('.readout').first();
/** Pixels of the canvas that are not empty. */
const inked = (page: Page) =>
  tree(page)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count++;
      return count;
    });

/** Points at places of the canvas between two heights until a species is there. */
const lineAt = (page: Page, from: number, to: number) =>
  tree(page)
    .locator('canvas')
    .evaluate(
      async (canvas: HTMLCanvasElement, [top, bottom]) => {
        const { left, top: above } = canvas.getBoundingClientRect();
        const readout = document.querySelector('.readout');
        for (let y = top + 2; y < bottom; y += 3) {
          for (let x = 42; x < canvas.clientWidth; x += 4) {
            canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: left + x, clientY: above + y, bubbles: true }));
            await new Promise((done) => setTimeout(done, 0));
            if (/split from/.test(readout?.textContent ?? '')) return { x: left + x, y: above + y };
          }
        }
        throw new Error('no species is there');
      },
      [from, to],
    );

describe('the whole tree', () => {
  test('of 10,000 species is drawn, pointed at and zoomed within frames, and walked and folded by keys', async () => {
    const { page, errors } = await openMany();
    await addChecker(page);
    await expect.poll(() => inked(page)).toBeGreaterThan(5_000);
    await shoot(page, 'whole-tree');
    await expectAccessible(page, 'whole-tree');
    const box = await tree(page).locator('canvas').boundingBox();
    if (!box) throw new Error('the tree is not in view');
    const { traced } = await traceFrames(page, async () => {
      for (let i = 0; i < 30; i++) await page.mouse.move(box.x + 60 + 4 * i, box.y + 20 + 14 * i);
      await page.keyboard.down('Control');
      for (let i = 0; i < 20; i++) await page.mouse.wheel(0, -60);
      await page.keyboard.up('Control');
      await page.waitForTimeout(200);
    });
    keep('whole-tree.json', traced);
    // Processor time of the page's own thread; the world waits.
    expect(traced.frames).toBeGreaterThan(20);
    expect(traced.script.median).toBeLessThan(8);
    const range = panel(page).getByText(/^rows [\d,]+ to [\d,]+ of 10,000$/);
    await range.waitFor();
    await shoot(page, 'whole-tree-zoomed');
    // A line at the upper edge, which is pressed twice: the view stays, so that both are on it.
    const before = await range.textContent();
    const at = await lineAt(page, 0, 40);
    expect(await readout(page).textContent()).toMatch(/^(\w+ \()?S\d+\)?: split from/);
    await page.mouse.click(at.x, at.y);
    await expect.poll(() => item(page).getAttribute('aria-selected')).toBe('true');
    expect(await range.textContent()).toBe(before);
    expect(await item(page).textContent()).toBe(await readout(page).textContent());
    // Another button is not for the tree.
    await page.mouse.click(at.x, at.y, { button: 'middle' });
    expect(await item(page).getAttribute('aria-selected')).toBe('true');
    await page.mouse.click(at.x, at.y);
    await expect.poll(() => item(page).getAttribute('aria-selected')).toBe('false');
    // Fingers move the rows, not the panel.
    const touch = () =>
      tree(page)
        .locator('canvas')
        .evaluate((canvas) => getComputedStyle(canvas).touchAction);
    expect(await touch()).toBe('none');
    await page.keyboard.press('Escape');
    await panel(page).getByRole('button', { name: 'All rows' }).click();
    await panel(page).getByText('10,000 rows', { exact: true }).waitFor();
    expect(await touch()).toBe('pan-y');

    // By keys, which say where one is.
    await tree(page).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => item(page).textContent()).toMatch(/S0\)?: since tick 0/);
    expect(await item(page).getAttribute('aria-level')).toBe('1');
    expect(await item(page).getAttribute('aria-setsize')).toBe('1');
    const active = async () => [await tree(page).getAttribute('aria-activedescendant'), await item(page).getAttribute('id')];
    const [first] = await active();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => item(page).getAttribute('aria-level')).toBe('2');
    expect(await item(page).getAttribute('aria-posinset')).toBe('1');
    const [named, own] = await active();
    expect([named, own === first]).toEqual([own, false]);
    const second = await item(page).textContent();
    expect(await readout(page).textContent()).toBe(second);
    await page.keyboard.press('Enter');
    await expect.poll(() => item(page).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    // All descend from the first species, so that its folded clade is all there is.
    await page.keyboard.press('o');
    await expect.poll(() => item(page).textContent()).toMatch(/folded with 9,999 descendants$/);
    await panel(page).getByText('1 row', { exact: true }).waitFor();
    expect(await item(page).getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('o');
    await panel(page).getByText('10,000 rows', { exact: true }).waitFor();
    for (let i = 0; i < 8; i++) await page.keyboard.press('+');
    await panel(page)
      .getByText(/^rows 1 to \d+ of 10,000$/)
      .waitFor();
    await page.keyboard.press('End');
    await panel(page)
      .getByText(/^rows [\d,]+ to 10,000 of 10,000$/)
      .waitFor();
    await shoot(page, 'whole-tree-dark');
    await page.keyboard.press('Escape');
    await panel(page).getByRole('button', { name: 'Largest species' }).click();
    await page.getByRole('tree', { name: /^Species tree/ }).waitFor();
    expect(errors).toEqual([]);
  });
});
