import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { notice, openWorkbench, panel, patient, shoot, type Workbench } from './open-browser.ts';
import { linkTo, openSmall, smallMeadow } from './small-meadow.ts';

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const scene = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, `../../scenes/${name}.json`), 'utf8'));
const linkOf = (of: string | object) => `#run=${packLink(encodeShare({ scene: of, seed: '7', changes: [], tick: 0 }))}`;
const changed = { ...scene('annealing'), title: 'Another annealing' };

/** What names the scene: select, rail, title of the page, address, and the world itself. */
async function names(page: Page) {
  const seen = await page.evaluate(async () => {
    const { scene: own } = (await globalThis.upslope.address()) as { scene: { name: string; title: string } };
    // Read at one moment: between two the page may enter another world.
    const select = document.querySelector('#scene') as HTMLSelectElement;
    const pressed = [...document.querySelectorAll('nav [aria-current="true"]')];
    return {
      select: select.selectedOptions[0]?.textContent ?? '',
      chosen: select.value,
      rail: pressed.map((button) => button.getAttribute('aria-label')?.split(':')[0]),
      title: document.title,
      hash: location.hash,
      world: own,
    };
  });
  return seen;
}

/** Every place names the scene of the world, or where it is not one of the page's, says so. */
async function expectOneName(page: Page): Promise<string> {
  const { select, chosen, rail, title, hash, world } = await names(page);
  expect(title).toBe(`${world.title} – Upslope`);
  const own = chosen !== '';
  expect(select).toBe(own ? world.title : `${world.title} (shared)`);
  expect(own ? chosen : world.name).toBe(world.name);
  expect(rail).toEqual(own ? [world.title] : []);
  const kept = [linkOf(world.name), linkOf(world), `#scene=${world.name}`, `#scene=${world.name}&seed=3`];
  if (hash !== '') expect(kept).toContain(hash);
  return world.title;
}

/** Waits until nothing changes any more, for longer than a scene that comes late takes. */
async function settle(page: Page): Promise<void> {
  let before = '';
  await expect
    .poll(
      async () => {
        const now = JSON.stringify(await names(page));
        const same = now === before;
        before = now;
        return same;
      },
      { timeout: 60_000, interval: 900 },
    )
    .toBe(true);
}

describe('header, rail, title, address and world', () => {
  test('name one scene, whatever is asked for in whatever order, some of it in vain', async () => {
    const { page } = await workbench.open();
    await page.keyboard.press('n');
    await page.keyboard.press('k');
    await panel(page)
      .getByRole('button', { name: /^Open Meadow/ })
      .first()
      .waitFor(patient);
    // Now and then a scene comes late, and one cannot be had at all.
    await page.route(/assets\/(bloom|islands|annealing)-/, async (route) => {
      await new Promise((done) => setTimeout(done, 400));
      await route.continue();
    });
    await page.route(/assets\/peacocks-/, (route) => route.abort());
    const rail = (title: string) =>
      page.evaluate((of) => {
        const found = [...document.querySelectorAll('nav button')].find((one) =>
          one.getAttribute('aria-label')?.startsWith(`${of}:`),
        );
        (found as HTMLElement).click();
      }, title);
    const select = (value: string) =>
      page.evaluate((name) => {
        const element = document.querySelector('#scene') as HTMLSelectElement;
        element.value = name;
        element.dispatchEvent(new Event('change', { bubbles: true }));
      }, value);
    const go = (hash: string) =>
      page.evaluate((to) => {
        location.hash = to;
      }, hash);
    const ways: readonly (() => Promise<unknown>)[] = [
      () => rail('Meadow'),
      () => rail('Bloom'),
      () => rail('Peacocks'),
      () => select('islands'),
      () => select('annealing'),
      () => select('peacocks'),
      () => go(linkOf('hawk-dove')),
      () => go(linkOf(changed)),
      () => go('#run=q1bKL'),
      () => go('#scene=juice&seed=3'),
      () => go('#scene=no-such-scene'),
      () => go('#scene=bloom&sed=3'),
      () => go(linkOf('no-such-scene')),
      () => go(linkOf({ ...changed, ticks: -1 })),
      () => page.evaluate(() => history.back()),
      () => page.evaluate(() => history.forward()),
      () =>
        page.evaluate(() => (document.querySelector('#instrument button[aria-label^="Open Meadow"]') as HTMLElement)?.click()),
    ];
    const random = seededRandom(7);
    const seen = new Set<string>();
    for (let round = 0; round < 10; round++) {
      for (let left = 1 + Math.floor(3 * random()); left > 0; left--) {
        await ways[Math.floor(random() * ways.length)]();
        await page.waitForTimeout(Math.floor(random() * 3) * 120);
      }
      await settle(page);
      seen.add(await expectOneName(page));
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  test('name the run that a tab goes on with after it is loaded again', async () => {
    const { page } = await workbench.open(linkOf('annealing'));
    await page.keyboard.press('k');
    await expect.poll(() => notice(page), patient).toContain('Kept in the notebook');
    await page.waitForTimeout(5000);
    await page.reload();
    await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0);
    await settle(page);
    expect(await expectOneName(page)).toBe('Annealing');
    expect((await names(page)).chosen).toBe('annealing');
  });

  test('and its address and view are those of its scene, so that Back returns to it', async () => {
    const { page } = await workbench.open('#scene=school');
    await page.keyboard.press(' ');
    await page.keyboard.press('k');
    await expect.poll(() => notice(page), patient).toContain('Kept in the notebook');
    await page.waitForTimeout(5000);
    await page.reload();
    await expect.poll(() => notice(page), patient).toMatch(/^School continues from tick/);
    const shown = async () => ({
      hash: (await names(page)).hash,
      colour: await page.getByLabel('Colour', { exact: true }).inputValue(),
      instrument: await page.getByRole('tab', { selected: true }).getAttribute('aria-label'),
    });
    await expect.poll(shown, patient).toEqual({ hash: '#scene=school', colour: 'energy', instrument: 'Traits' });
    await page.selectOption('#scene', 'juice');
    await expect.poll(async () => (await names(page)).title, patient).toBe('Juice – Upslope');
    await page.goBack();
    await expect.poll(async () => (await names(page)).title, patient).toBe('School – Upslope');
  });
});

test('the address of a scene opens it with seed, instrument and changes; Back and Forward go from world to world', async () => {
  const { page, errors } = await workbench.open('#scene=islands&seed=5&instrument=mechanisms&set=habitat.grass.regrowth=0.02', {
    wait: false,
  });
  await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0);
  const shown = () =>
    page.evaluate(async () => {
      const {
        scene: own,
        seed,
        changes,
      } = (await globalThis.upslope.address()) as unknown as {
        scene: { name: string };
        seed: string;
        changes: readonly { at: number; path: string; value: unknown }[];
      };
      return [own.name, seed, changes.map(({ at, path, value }) => `${at} ${path} ${value}`).join()];
    });
  expect(await shown()).toEqual(['islands', '5', '0 habitat.grass.regrowth 0.02']);
  await expect.poll(() => panel(page).locator('h2').first().textContent()).toContain('Mechanisms');
  const hash = () => page.evaluate(() => location.hash);
  for (const name of ['bloom', 'peacocks']) {
    await page.selectOption('#scene', name);
    await expect.poll(hash, patient).toBe(`#scene=${name}&seed=5`);
  }
  for (const [way, name] of [
    ['back', 'bloom'],
    ['back', 'islands'],
    ['forward', 'bloom'],
  ] as const) {
    await page.evaluate((to) => history[to](), way);
    await expect.poll(async () => (await shown())[0], patient).toBe(name);
    expect(await hash()).toContain(`#scene=${name}`);
  }
  await page.evaluate(() => {
    location.hash = '#scene=no-such-scene';
  });
  await expect
    .poll(() => notice(page), patient)
    .toMatch(/^address: scene 'no-such-scene' does not come with this page; it has meadow, /);
  expect((await shown())[0]).toBe('bloom');
  expect(errors).toEqual([]);
});

test('a worker that is starved for long is told of, and the page goes on by itself; one that stays silent is started again', async () => {
  const { page, errors } = await openSmall(workbench, 10);
  // A second of the page's patience passes in a twentieth of one.
  await page.addInitScript(() => {
    const real = globalThis.setInterval;
    globalThis.setInterval = ((work: () => void, time: number) => real(work, time === 4000 ? 200 : time)) as typeof setInterval;
  });
  await page.goto(`${workbench.url}?again${linkTo(smallMeadow(), 10)}`);
  await page.waitForFunction(() => globalThis.upslope?.figures().tick === 10);
  await page.keyboard.press(' ');
  const block = (seconds: number) =>
    page.workers()[0].evaluate((time) => {
      setTimeout(() => {
        const end = performance.now() + 1000 * time;
        while (performance.now() < end);
      });
    }, seconds);
  await block(3);
  await expect
    .poll(() => notice(page), patient)
    .toMatch(/^The simulation has not answered for 20 seconds\. The page continues as soon as/);
  await shoot(page, 'silent');
  const tick = await page.evaluate(() => globalThis.upslope.figures().tick);
  await expect.poll(() => notice(page), patient).toBe('');
  await expect.poll(() => page.evaluate(() => globalThis.upslope.figures().tick), patient).toBeGreaterThan(tick);
  await page.keyboard.press(' ');
  await page.waitForTimeout(500);
  const left = await page.evaluate(() => globalThis.upslope.figures().tick);
  await block(3600);
  await expect.poll(() => notice(page), patient).toContain('has not answered for 20 seconds');
  await page.getByRole('button', { name: /^Restart and replay/ }).click();
  await expect.poll(() => notice(page), patient).toContain('Replayed to tick');
  expect(await page.evaluate(() => globalThis.upslope.address().then((address) => address.tick))).toBe(left);
  expect(errors).toEqual([]);
});
