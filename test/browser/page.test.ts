import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { addChecker, expectAccessible, violations } from './accessibility.ts';
import { canvas, hashOf, keep, notice, openWorkbench, panel, patient, shoot, tickOf, type Workbench } from './open-browser.ts';
import { meadowOf, openAt, openSmall } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const figures = (page: Page) => page.evaluate(() => globalThis.upslope.figures());

describe('loading', () => {
  test('opens on meadow, moving, and asks for nothing from elsewhere, whatever the address asks for', async () => {
    const { page, errors, requests } = await workbench.open('?enable-remote-devtools', { wait: false });
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
    // What package.json sets a budget for is all that the first frame waits for.
    // Names end in a hash of eight characters, of which any may be a hyphen.
    // What draws events is asked for by a frame that has some, which may be the first, threads by worlds with work for them, names by species,
    // and what is stored once the world plays; no frame waits for these.
    const scripts = requests
      .filter((address) => address.endsWith('.js'))
      .map((address) => address.replace(/.*\/|-.{8}\.js$/g, ''))
      .filter((name) => !['life-layer', 'kernel-thread', 'name-species', 'notebook'].includes(name));
    expect(scripts.sort()).toEqual(['index', 'simulation-worker', 'svelte', 'world-view']);
    await page.waitForFunction(() => globalThis.upslope.figures().tick > 0);
    // Kept, not held to a bound: it is wall time of the whole machine, browser and graphics in software included.
    const first = await page.evaluate(() => globalThis.upslope.firstFrame());
    keep('first-frame.json', { firstFrameMilliseconds: Math.round(first) });
    const before = await tickOf(page);
    await page.waitForFunction((tick) => globalThis.upslope.figures().tick > tick, before);
    await expect.poll(() => page.locator('#scene').inputValue()).toBe('meadow');
    await expect.poll(() => page.locator('header q').textContent()).toContain('Do foragers improve');
    expect(requests.filter((address) => !address.startsWith(workbench.url))).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('opens every scene of the rail, and nothing is cut off around the world', async () => {
    const { page, errors } = await workbench.open('', { viewport: { width: 1280, height: 720 } });
    const names = await page.locator('#scene option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(names.slice(0, 3)).toEqual(['meadow', 'arms-race', 'bloom']);
    for (const [i, name] of names.entries()) {
      await page.locator('nav .scene').nth(i).click();
      await page.waitForFunction((scene) => document.querySelector<HTMLSelectElement>('#scene')?.value === scene, name);
      await page.waitForFunction(() => {
        const { tick, alive } = globalThis.upslope.figures();
        return tick > 0 && alive.every((count) => count > 0);
      });
      // Three models side by side have no legend; a bar that is missing elsewhere has not been looked at.
      const bars = ['header', 'footer .transport', ...(name === 'three-models' ? [] : ['.legend'])];
      const cut = await page.evaluate(
        (all) =>
          all.filter((selector) => {
            const bar = document.querySelector(selector);
            return !bar || bar.scrollWidth > bar.clientWidth;
          }),
        bars,
      );
      expect({ name, cut }).toEqual({ name, cut: [] });
    }
    expect(errors).toEqual([]);
    // Twenty-one worlds one after the other.
  }, 300_000);
});

describe('transport', () => {
  test('plays, steps, changes speed and restarts by keyboard alone', async () => {
    const { page } = await openSmall(workbench, 10);
    await page.keyboard.press(' ');
    await page.waitForFunction(() => globalThis.upslope.figures().tick > 10);
    await page.keyboard.press(' ');
    const paused = await tickOf(page);
    await page.waitForTimeout(300);
    expect(await tickOf(page)).toBe(paused);
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    expect(await tickOf(page)).toBe(paused + 2);
    await page.keyboard.press('4');
    await expect.poll(() => page.locator('[role="radio"][aria-checked="true"]').textContent()).toBe('×8');
    await page.keyboard.press('0');
    await expect.poll(() => page.locator('[role="radio"][aria-checked="true"]').textContent()).toBe('max');
    await page.keyboard.press(' ');
    await page.waitForFunction((tick) => globalThis.upslope.figures().tick > tick + 20, paused);
    await page.keyboard.press(' ');
    const restart = page.getByRole('button', { name: 'Restart from tick 0' });
    await restart.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => notice(page)).toContain('The same world from tick 0');
  });

  test('makes the same world from the same seed and another from another', async () => {
    const { page } = await openSmall(workbench, 10);
    const hashAt = async (seed: string) => {
      await page.fill('.seed input', seed);
      await page.press('.seed input', 'Enter');
      await expect.poll(() => page.evaluate(() => globalThis.upslope.address().then((address) => address.seed))).toBe(seed);
      expect(await page.evaluate(() => globalThis.upslope.runTo(300))).toBe(true);
      return hashOf(page);
    };
    const a = await hashAt('heath');
    const b = await hashAt('8');
    expect(await hashAt('heath')).toBe(a);
    expect(b).not.toBe(a);
  });
});

describe('the picked organism', () => {
  test('is the one that was clicked, with genome, policy and kin; kin can be clicked through', async () => {
    const { page, errors } = await openAt(workbench, meadowOf(384, 750), 400);
    const id = (await page.evaluate(() => globalThis.upslope.nearest())) as number;
    const place = await page.evaluate((organism) => globalThis.upslope.whereIs(organism), id);
    await canvas(page).click({ position: place });
    await expect.poll(() => page.locator('#instrument .id').textContent()).toBe(String(id));
    await expect.poll(() => page.getByRole('img', { name: /^Policy network/ }).count()).toBe(1);
    await expect.poll(() => page.getByRole('slider', { name: /^Loci of/ }).count()).toBeGreaterThan(1);
    await shoot(page, 'organism');
    // The panel of the one picked before may still be there: what is counted has to stay.
    const kinOf = async () => {
      let before = '';
      let now = 'none yet';
      while (now !== before) {
        before = now;
        await page.waitForTimeout(300);
        now = (await page.locator('#instrument .id, .kin button').allTextContents()).join();
      }
      return page.locator('.kin button').count();
    };
    // Until one with living kin is found: about a third of them have some.
    for (let tries = 0; tries < 40 && (await kinOf()) === 0; tries++) {
      await page.evaluate(() => globalThis.upslope.runTo(globalThis.upslope.figures().tick + 1));
      await canvas(page).focus();
      for (let i = 0; i <= tries; i++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
    }
    const kin = page.locator('.kin button').first();
    const kinId = await kin.textContent();
    await kin.click();
    await expect.poll(() => page.locator('#instrument .id').textContent()).toBe(kinId);
    await page.keyboard.press('f');
    await expect.poll(() => page.locator('.identity button').getAttribute('aria-pressed')).toBe('true');
    expect(errors).toEqual([]);
  });
});

describe('parameters', () => {
  test('changed by their controls stand in the log and in the address of the run', async () => {
    const tick = 20;
    const { page, errors } = await openSmall(workbench, tick);
    const mutation = page.getByRole('switch', { name: 'Mutation' });
    await expect.poll(() => mutation.isChecked()).toBe(true);
    const rate = page.locator('[id="control-populations.foragers.mechanisms.mutation.rate"]');
    await rate.fill('0.25');
    await rate.press('Enter');
    await expect.poll(() => page.evaluate(() => globalThis.upslope.log().changes.length)).toBe(1);
    await mutation.click();
    await expect.poll(() => mutation.isChecked()).toBe(false);
    await expect.poll(() => page.evaluate(() => globalThis.upslope.log().changes.length)).toBe(2);
    // The parameters of what is off are folded away, and can be opened.
    await expect.poll(() => rate.isVisible()).toBe(false);
    await page.locator('.mechanism', { has: mutation }).getByText('Parameters').click();
    const { changes } = await page.evaluate(() => globalThis.upslope.address());
    expect(changes).toEqual([
      { at: tick, path: 'populations.foragers.mechanisms.mutation.rate', value: 0.25 },
      { at: tick, path: 'populations.foragers.mechanisms.mutation.on', value: false },
    ]);
    await rate.fill('7');
    await rate.press('Enter');
    await expect.poll(() => notice(page)).toContain('from 0 to 1');
    await expect.poll(() => rate.inputValue()).toBe('0.25');
    expect(errors).toEqual([]);
  });
});

/** A well-formed link to meadow with one change. */
const linkWith = (at: number, path: string, value: unknown) =>
  `#run=${packLink(encodeShare({ scene: 'meadow', seed: '7', changes: [{ at, path, value }], tick: 10 }))}`;

describe('share links', () => {
  test('bring back the same state, changes and all', async () => {
    const { page } = await openSmall(workbench, 20);
    await page.keyboard.press(' ');
    await page.getByRole('switch', { name: 'Mutation' }).click();
    await page.waitForTimeout(300);
    await canvas(page).focus();
    await page.keyboard.press('3');
    await page.waitForTimeout(600);
    await page.keyboard.press(' ');
    const tick = await tickOf(page);
    const hash = await hashOf(page);
    const opened = await page.evaluate(() => location.hash);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    // The page was opened by a link: another takes its place.
    await page.waitForFunction((former) => location.hash.startsWith('#run=') && location.hash !== former, opened);
    const fragment = await page.evaluate(() => location.hash);
    keep('share-link.json', { characters: fragment.length });
    await workbench.tidy();

    const other = await workbench.open(fragment, { wait: false });
    await other.page.waitForFunction((goal) => globalThis.upslope?.figures().tick === goal, tick);
    expect(await tickOf(other.page)).toBe(tick);
    expect(await hashOf(other.page)).toBe(hash);
    await expect.poll(() => notice(other.page)).toContain('Replayed to tick');
    expect(await other.page.evaluate(() => globalThis.upslope.log().changes.length)).toBe(1);
  });

  test.each([
    ['empty', '#run='],
    ['bad in a change of a fixed parameter', linkWith(0, 'habitat.width', 1024)],
  ])('that is %s gives one line and meadow', async (_, fragment) => {
    const { page, errors } = await workbench.open(fragment);
    await expect.poll(() => page.locator('#scene').inputValue()).toBe('meadow');
    const text = await notice(page);
    expect(text).toMatch(/^link: .*Meadow is open instead\.$/);
    expect(text).not.toContain('\n');
    expect(errors).toEqual([]);
  });

  test('of a long run waits at tick 0 until the replay is asked for', async () => {
    const address = `#run=${packLink(encodeShare({ scene: 'annealing', seed: '7', changes: [], tick: 5_000_000 }))}`;
    const { page, errors } = await workbench.open(address, { wait: false });
    await expect
      .poll(() => notice(page))
      .toBe('The link replays 5,000,000 ticks, which may take long. The world waits at tick 0.');
    expect(await tickOf(page)).toBe(0);
    await page.getByRole('button', { name: 'Replay to tick 5,000,000' }).click();
    await expect.poll(() => tickOf(page)).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect.poll(() => notice(page)).toBe('Stopped before tick 5,000,000.');
    expect(errors).toEqual([]);
  });

  test('that is bad leaves the world that is open, which goes on', async () => {
    const { page, errors } = await openSmall(workbench, 20);
    const hash = await hashOf(page);
    const broken = 'link: is cut off or changed; copy the whole address again';
    // No two lines one after the other are the same.
    for (const [fragment, line] of [
      ['#run=q1bKL', broken],
      [linkWith(3, 'nope.x', 1), 'link: changes[0] at tick 3: nope'],
      ['#run=%00<script>', broken],
      [linkWith(0, 'habitat.width', 1024), 'link: changes[0] at tick 0: habitat.width'],
      [`#run=${Buffer.from('no deflated text at all').toString('base64url')}`, broken],
    ]) {
      await page.evaluate((to) => {
        location.hash = to;
      }, fragment);
      await expect.poll(() => notice(page)).toContain(line);
      expect(await notice(page)).not.toContain('\n');
    }
    expect(await hashOf(page)).toBe(hash);
    expect(await page.evaluate(() => globalThis.upslope.runTo(40))).toBe(true);
    // What was wrong is not about the next scene.
    await page.selectOption('#scene', 'mutations-in-flight');
    await expect.poll(() => notice(page), patient).toBe('');
    expect(errors).toEqual([]);
  });

  test('a world saved as a file opens as it was, and a damaged file changes nothing', async () => {
    const { page } = await openSmall(workbench, 20);
    const hash = await hashOf(page);
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const file = await (await waiting).path();
    await page.keyboard.press('.');
    await canvas(page).focus();
    await page.keyboard.press('.');
    await expect.poll(() => hashOf(page)).not.toBe(hash);
    const bytes = readFileSync(file);
    const chooser = page.locator('input[type="file"]');
    await chooser.setInputFiles({ name: 'world.upslope', mimeType: 'application/octet-stream', buffer: bytes });
    await expect.poll(() => hashOf(page)).toBe(hash);
    const damaged = Buffer.from(bytes);
    damaged[damaged.length - 100] ^= 1;
    await chooser.setInputFiles({ name: 'damaged.upslope', mimeType: 'application/octet-stream', buffer: damaged });
    await expect.poll(() => notice(page)).toContain('damaged');
    expect(await hashOf(page)).toBe(hash);
  });
});

describe('troubles', () => {
  test('a simulation that stops is told, and starts again where it was', async () => {
    const tick = 20;
    const { page } = await openSmall(workbench, tick);
    const hash = await hashOf(page);
    // A lost world is replayed to where the page last saw it, and on a busy machine frames come late.
    await expect.poll(() => figures(page).then((seen) => seen.tick)).toBe(tick);
    const [worker] = page.workers();
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error('out of order');
      });
    });
    await expect.poll(() => notice(page)).toContain('The simulation has stopped');
    await page.getByRole('button', { name: /^Restart and replay/ }).click();
    await expect.poll(() => notice(page)).toContain('Replayed to tick');
    expect(await tickOf(page)).toBe(tick);
    expect(await hashOf(page)).toBe(hash);
  });

  test('draws the world again after the graphics card has taken the drawing away', async () => {
    const { page, errors } = await openSmall(workbench, 20);
    // An empty picture packs to a few hundred bytes.
    const bytes = async () => (await canvas(page).screenshot()).length;
    await expect.poll(bytes).toBeGreaterThan(50_000);
    await page.evaluate(async () => {
      const context = document.querySelector<HTMLCanvasElement>('.pane canvas')?.getContext('webgl2');
      const loss = context?.getExtension('WEBGL_lose_context');
      loss?.loseContext();
      await new Promise((resolve) => setTimeout(resolve, 100));
      loss?.restoreContext();
    });
    await expect.poll(bytes).toBeGreaterThan(50_000);
    expect(errors).toEqual([]);
  });

  test('a browser without WebGL is told so, and the simulation works', async () => {
    const { page, errors } = await workbench.open('', { wait: false });
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.reload();
    await expect.poll(() => page.locator('.refused').textContent()).toContain('no WebGL 2');
    // After a reload the notebook is looked into before there is a world.
    const seed = () =>
      page.evaluate(() =>
        globalThis.upslope
          .address()
          .then(({ seed: known }) => known)
          .catch(() => ''),
      );
    await expect.poll(seed).toBe('7');
    expect(await page.evaluate(() => globalThis.upslope.runTo(200))).toBe(true);
    expect(await tickOf(page)).toBe(200);
    expect(errors).toEqual([]);
  });
});

describe('looks', () => {
  test('are accessible in light and dark, instrument by instrument', async () => {
    const { page, errors } = await openSmall(workbench, 600, {
      colorScheme: 'dark',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 720 },
    });
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await addChecker(page);
    await expectAccessible(page, 'mechanisms');
    for (const group of await page.locator('details.group summary').all()) await group.click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /^Policy network/ }).waitFor();
    await expectAccessible(page, 'organism');
    await page.keyboard.press('v');
    await page.locator('.uplot').first().waitFor();
    await page.waitForTimeout(800);
    await expectAccessible(page, 'traits');
    await page.selectOption('#palette', 'trait:body.speed');
    await page.getByRole('button', { name: 'Minimap' }).click();
    await page.getByRole('button', { name: 'Show scene titles' }).click();
    await expectAccessible(page, 'everything');
    await canvas(page).focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page, 'keys');
    expect(errors).toEqual([]);
  });

  test('keep the world in view on a narrow screen, where dock and list lie over it only while they are open', async () => {
    const { page, errors } = await openSmall(workbench, 100, { viewport: { width: 820, height: 700 } });
    await expect.poll(() => page.locator('#instrument').count()).toBe(0);
    await shoot(page, 'narrow');
    await page.keyboard.press('v');
    await page.locator('.uplot').first().waitFor();
    await shoot(page, 'narrow-dock');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(820);
    expect(errors).toEqual([]);
  });

  test('list how bodies show traits, where bodies are drawn in detail', async () => {
    const { page, errors } = await openSmall(workbench, 10);
    // The processor draws here.
    await expect.poll(() => page.locator('.legend canvas').count()).toBe(0);
    const { page: full } = await openSmall(workbench, 10, {}, '?detail=full');
    const forms = full.locator('.legend .forms');
    await forms.waitFor(patient);
    await expect
      .poll(() => forms.getAttribute('title'))
      .toMatch(/^Bodies show traits: more of a trait is more of its form\.\n[^\n]+: /);
    await expect.poll(() => forms.locator('canvas').count()).toBeGreaterThan(1);
    expect(errors).toEqual([]);
  });

  test('show what is pressed, and the colours of the legend, where the system sets all colours', async () => {
    const { page } = await openSmall(workbench, 10);
    await page.emulateMedia({ forcedColors: 'active' });
    const colours = await page.evaluate(() => {
      const of = (selector: string) => {
        const element = document.querySelector(selector);
        return element ? getComputedStyle(element).backgroundColor : undefined;
      };
      const chosen = [
        ...document.querySelectorAll('button:is([aria-pressed="true"], [aria-selected="true"], [aria-current="true"])'),
      ].map((one) => getComputedStyle(one).backgroundColor);
      const swatches = [...document.querySelectorAll('.legend b')].map((one) => getComputedStyle(one).backgroundColor);
      return { pressed: of('button[aria-pressed="true"]'), other: of('button[aria-pressed="false"]'), swatches, chosen };
    });
    expect(colours.pressed).toBeDefined();
    expect(colours.pressed).not.toBe(colours.other);
    // Tab of the dock and legend: of one colour, with icons in the one that goes with it.
    expect(colours.chosen.length).toBeGreaterThanOrEqual(2);
    expect(new Set(colours.chosen).size).toBe(1);
    expect(new Set(colours.swatches).size).toBeGreaterThan(1);
  });

  test('draw what happens as far as a person wants it, and change nothing by it', async () => {
    const { page, errors } = await openSmall(workbench, 300);
    await addChecker(page);
    await page.getByRole('button', { name: 'What is drawn' }).click();
    const choices = page.getByRole('group', { name: 'What is drawn' });
    await choices.getByRole('checkbox', { name: /^Trail/ }).check();
    await choices.getByRole('heading', { name: 'Ground' }).waitFor();
    await expect
      .poll(() => choices.locator('dt').allTextContents())
      .toEqual(expect.arrayContaining(['Top speed', 'Age', 'Grass']));
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => choices.isVisible()).toBe(false);
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press(' ');
    await page.waitForFunction(() => globalThis.upslope.figures().tick > 330);
    await page.keyboard.press(' ');
    await shoot(page, 'events');
    const to = (await tickOf(page)) + 100;
    await page.evaluate((tick) => globalThis.upslope.runTo(tick), to);
    const drawn = await hashOf(page);
    expect(errors).toEqual([]);
    const other = await openSmall(workbench, 300, { reducedMotion: 'reduce' });
    await other.page.getByRole('button', { name: 'What is drawn' }).click();
    await other.page.getByText('Your system asks for less motion: events are not drawn.').waitFor();
    expect(await other.page.evaluate((tick) => globalThis.upslope.runTo(tick), to)).toBe(true);
    expect(await hashOf(other.page)).toBe(drawn);
  });

  test('remember theme, rail and dock, and do without a memory', async () => {
    const { page } = await openSmall(workbench, 20, { colorScheme: 'light' });
    await page.getByRole('button', { name: 'Change to dark' }).click();
    await page.getByRole('button', { name: 'Show scene titles' }).click();
    await page.keyboard.press('v');
    await panel(page).getByRole('button', { name: 'Pin Living beside the world' }).first().click();
    await page.getByRole('button', { name: 'Close the dock' }).click();
    await page.reload();
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await expect.poll(() => page.getByRole('button', { name: 'Hide scene titles' }).count()).toBe(1);
    await expect.poll(() => page.locator('#instrument').count()).toBe(0);
    const pinned = page.getByRole('region', { name: 'Pinned plots' });
    await expect.poll(() => pinned.getByRole('img', { name: /^Living from tick 0/ }).count(), patient).toBe(1);
    await pinned.getByRole('button', { name: 'Pin Living beside the world' }).click();
    await expect.poll(() => pinned.count()).toBe(0);
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new Error('storage is closed');
        },
      });
    });
    await page.reload();
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  });

  test('let Tab reach every control in a sensible order', async () => {
    const { page } = await openSmall(workbench, 10);
    const seen: string[] = [];
    for (let i = 0; i < 48; i++) {
      await page.keyboard.press('Tab');
      seen.push(
        await page.evaluate(() => {
          const { activeElement: at } = document;
          return at?.getAttribute('aria-label') || at?.id || at?.textContent?.trim() || '';
        }),
      );
    }
    const order = ['scene', 'Share', 'All keys', 'Show scene titles', 'palette', 'Zoom in', 'The world, seen from above'];
    const places = order.map((name) => seen.findIndex((one) => one === name || one.startsWith(name)));
    expect(
      places.every((place) => place >= 0),
      JSON.stringify(seen),
    ).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
