import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { addChecker, expectAccessible } from './accessibility.ts';
import { openWorkbench, panel, patient, type Workbench } from './open-browser.ts';
import { openSmall } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const linkOf = (scene: object | string) => `#run=${packLink(encodeShare({ scene, seed: '7', changes: [], tick: 0 }))}`;
const twice = <T>(one: T): T[] => [one, structuredClone(one)];
const text = '<b onclick="alert(1)">watch this</b>';
const set = twice({ path: 'habitat.grass.regrowth', value: 0.02 });
const mechanisms = { mutation: { on: true }, learning: { on: true } };
const population = { title: text, founders: 60, policy: { hidden: 4 }, mechanisms };
/** A scene in which every text that can be given twice is, and is markup besides. */
const doubled = {
  ...{ version: 1, name: 'doubled', title: text, question: text, source: text, ticks: 400 },
  found: twice({ text, command: text }),
  habitat: { kind: 'plane', width: 104, height: 64, barriers: twice({ x: 44, y: 0, width: 8, height: 20 }) },
  populations: { one: population, two: population },
  record: { species: { every: 20, sample: 60 }, census: { every: 20 } },
  lookFor: [...twice(text), ...twice({ text, seen: { changed: 'regrowth' } })],
  tryThis: twice({ text, set }),
  changes: twice({ at: 30, path: 'habitat.grass.regrowth', value: 0.03 }),
};

/** Opens every instrument of the world and gives each time to draw; returns their names. */
async function openAll(page: Page): Promise<string[]> {
  const titles: string[] = [];
  for (const tab of await page.getByRole('tab').all()) {
    if ((await tab.getAttribute('aria-selected')) === 'false') await tab.click();
    const title = (await tab.getAttribute('aria-label')) ?? '';
    await panel(page).getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
    await page.waitForTimeout(500);
    expect(
      await panel(page)
        .getByText(/cannot be shown|could not be loaded/)
        .count(),
      title,
    ).toBe(0);
    titles.push(title);
  }
  return titles;
}

describe('every instrument', () => {
  test('opens on a scene whose texts are doubled, and shows markup as text', async () => {
    const { page, errors } = await workbench.open(linkOf(doubled), { viewport: { width: 1280, height: 800 } });
    await page.evaluate(() => globalThis.upslope.runTo(120));
    await expect.poll(() => panel(page).locator('.look li').count()).toBe(4);
    await expect.poll(() => panel(page).getByRole('button', { name: text }).count()).toBe(2);
    await expect.poll(() => panel(page).locator('.found code').allTextContents()).toEqual([text, text]);
    expect(await openAll(page)).toHaveLength(12);
    await page.getByRole('tab', { name: 'Price', exact: true }).click();
    await panel(page).locator('.figure svg').waitFor(patient);
    await expect.poll(() => page.locator('b[onclick]').count()).toBe(0);
    expect(errors).toEqual([]);
    expect(workbench.violations).toEqual([]);
  });

  test('opens on a landscape', async () => {
    const { page, errors } = await workbench.open(linkOf('annealing'));
    await page.evaluate(() => globalThis.upslope.runTo(200));
    expect(await openAll(page)).toContain('Landscape');
    expect(errors).toEqual([]);
    expect(workbench.violations).toEqual([]);
  });

  test('runs no script that is not of the page, from wherever it comes', async () => {
    const { page } = await openSmall(workbench, 10);
    const before = workbench.violations.length;
    await page.evaluate(() => {
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.strange = 1';
      const remote = document.createElement('script');
      remote.src = 'https://example.org/strange.js';
      const image = document.createElement('div');
      image.innerHTML = '<img src="x" onerror="globalThis.strange = 2">';
      document.body.append(inline, remote, image);
    });
    await expect.poll(() => workbench.violations.length - before, patient).toBeGreaterThanOrEqual(3);
    expect(await page.evaluate(() => 'strange' in globalThis)).toBe(false);
  });

  test('that fails says so in a line, and the others open', async () => {
    const { page } = await openSmall(workbench, 10, { reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });
    // What only the notebook asks for.
    await page.evaluate(() => {
      Object.defineProperty(Intl, 'DateTimeFormat', { value: undefined, configurable: true });
    });
    await page.keyboard.press('n');
    await panel(page)
      .getByText(/^Notebook cannot be shown: .*\. The other instruments and the world continue\.$/)
      .waitFor(patient);
    await addChecker(page);
    await expectAccessible(page, 'failed-instrument');
    await page.keyboard.press('s');
    await panel(page).getByRole('heading', { name: 'Scene editor', exact: true }).waitFor();
    await page.keyboard.press('m');
    await panel(page).getByRole('heading', { name: 'What to look for' }).or(panel(page).locator('.look')).first().waitFor();
    const tick = await page.evaluate(() => globalThis.upslope.address().then((address) => address.tick));
    expect(await page.evaluate((goal) => globalThis.upslope.runTo(goal), tick + 5)).toBe(true);
  });
});
