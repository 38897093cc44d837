import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readEntry } from '../../src/worker/notebook/entry.ts';
import { readNotebookFile } from '../../src/worker/notebook/notebook-file.ts';
import { addChecker, expectAccessible } from './accessibility.ts';
import { openWorkbench, panel, patient, type Workbench } from './open-browser.ts';
import { linkTo, meadowOf, openAt, openSmall, smallMeadow } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const tickOf = (page: Page) => page.evaluate(() => globalThis.upslope.figures().tick);
const wide = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const;

describe('the notebook', () => {
  test('keeps a moment by its key, opens it again to the bit, and as a file', async () => {
    const { page, errors } = await openSmall(workbench, 120, { ...wide, colorScheme: 'light' });
    const hash = await page.evaluate(() => globalThis.upslope.hash());
    await page.keyboard.press('n');
    await page.getByLabel('Keep this moment as').fill('before the change');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open before the change' }).waitFor(patient);
    // Other changes, other ticks: what was kept is not touched.
    await page.evaluate(() => globalThis.upslope.runTo(200));
    expect(await page.evaluate(() => globalThis.upslope.hash())).not.toBe(hash);
    // Compared with the run as it went on: one measure of both, and their difference.
    await page.getByRole('img', { name: /^The world/ }).focus();
    await page.keyboard.press('k');
    await page.getByRole('checkbox', { name: 'Compare before the change' }).check();
    await page.getByRole('checkbox', { name: 'Compare Meadow, tick 200' }).check();
    const two = page.getByRole('region', { name: 'Two runs compared' });
    await two.getByLabel('Measure').selectOption('census/foragers.intake');
    await two.getByRole('img', { name: /second minus first from tick 0 to 120; now 0 / }).waitFor(patient);
    await two.scrollIntoViewIfNeeded();
    await addChecker(page);
    await expectAccessible(page, 'notebook');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save before the change as a file' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('before-the-change.upslope-notebook');
    const file = (await saved.path()) as string;
    await page.getByRole('button', { name: 'Open before the change' }).click();
    await expect.poll(() => tickOf(page), patient).toBe(120);
    expect(await page.evaluate(() => globalThis.upslope.hash())).toBe(hash);
    // Plots and record are there from the beginning.
    expect(await page.evaluate(() => globalThis.upslope.runTo(125))).toBe(true);
    // Removed, and taken in again from the file; a damaged one is refused and nothing else is touched.
    await page.getByRole('button', { name: 'Delete before the change' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Open before the change' }).count(), patient).toBe(0);
    const chooser = page.locator('#instrument input[type=file]');
    await chooser.setInputFiles({
      name: 'mine.upslope-notebook',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(file),
    });
    await page.getByRole('button', { name: 'Open before the change' }).waitFor(patient);
    const damaged = readFileSync(file);
    damaged[damaged.length - 4000] ^= 1;
    await chooser.setInputFiles({ name: 'broken.upslope-notebook', mimeType: 'application/octet-stream', buffer: damaged });
    await expect
      .poll(() => page.getByRole('status').first().textContent(), patient)
      .toBe('broken.upslope-notebook: before the change: it is damaged: its checksum does not fit; use another copy.');
    await expect.poll(() => page.getByRole('button', { name: 'Open before the change' }).count()).toBe(1);
    expect(errors).toEqual([]);
  });

  test('says in time that room is running out', async () => {
    const { page, errors } = await workbench.open('', wide);
    const status = () => page.getByRole('status').first().textContent();
    const open = () => page.getByRole('button', { name: /^Open Meadow, tick/ });
    await page.keyboard.press(' ');
    await page.keyboard.press('n');
    await page.keyboard.press('k');
    await open().first().waitFor(patient);
    // Chromium tells pages of ten gigabytes whatever there is, so that the one is told and the other is so.
    await page.evaluate(() => {
      navigator.storage.estimate = () => Promise.resolve({ usage: 10_000_000, quota: 30_000_000 });
    });
    await page.keyboard.press('k');
    await expect.poll(status, patient).toMatch(/^The notebook has room for (\d more saves?|no more saves) of this world/);
    // What was kept first opens as it was.
    await open().last().click();
    await expect.poll(status, patient).toMatch(/is open at tick/);
    expect(errors).toEqual([]);
  });

  test('tells a full store before anything is lost, and goes on when there is room again', async () => {
    const { page, errors } = await workbench.open('', { ...wide, onDisk: true });
    const { origin } = new URL(workbench.url);
    const status = () => page.getByRole('status').first().textContent();
    const cdp = await page.context().newCDPSession(page);
    // Before the first save, for Chromium does not look at the quota with each.
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000_000 });
    await page.keyboard.press(' ');
    await page.keyboard.press('n');
    await page.keyboard.press('k');
    await page.getByRole('button', { name: /^Open Meadow, tick/ }).waitFor(patient);
    const hash = await page.evaluate(() => globalThis.upslope.hash());
    await page.evaluate(() => globalThis.upslope.runTo(200));
    for (let k = 0; k < 20 && !/^Not kept/.test((await status()) ?? ''); k++) {
      await page.keyboard.press('k');
      await page.waitForTimeout(1000);
    }
    expect(await status()).toMatch(/^Not kept: the browser has no room for it; earlier entries are unchanged\./);
    const kept = await page.getByRole('button', { name: /^Open Meadow, tick/ }).count();
    // The run goes on, and what was kept is as it was.
    expect(await page.evaluate(() => globalThis.upslope.runTo(210))).toBe(true);
    await page.keyboard.press('k');
    await expect.poll(status, patient).toMatch(/^Not kept/);
    await expect.poll(() => page.getByRole('button', { name: /^Open Meadow, tick/ }).count()).toBe(kept);
    // A save by itself is refused too, and the panel says so for as long as that holds.
    await page.getByRole('alert').filter({ hasText: 'Not kept: the browser has no room' }).waitFor(patient);
    await page
      .getByRole('button', { name: /^Open Meadow, tick/ })
      .last()
      .click();
    await expect.poll(() => page.evaluate(() => globalThis.upslope.hash()), patient).toBe(hash);
    await cdp.send('Storage.overrideQuotaForOrigin', { origin });
    await page.evaluate(() => globalThis.upslope.runTo(220));
    await page.keyboard.press('k');
    await page.getByRole('button', { name: 'Open Meadow, tick 220' }).waitFor(patient);
    await expect.poll(() => page.getByRole('alert').filter({ hasText: 'Not kept' }).count(), patient).toBe(0);
    expect(errors).toEqual([]);
  });

  test('a reload in the middle of a run loses less than ten seconds of it, and it goes on by itself', async () => {
    const { page, errors } = await openSmall(workbench, 10, wide);
    await page.keyboard.press(' ');
    await page.waitForFunction(() => globalThis.upslope.figures().tick > 40, undefined, patient);
    const seen: { at: number; tick: number }[] = [];
    for (let k = 0; k < 24; k++) {
      seen.push({ at: Date.now(), tick: await tickOf(page) });
      await page.waitForTimeout(500);
    }
    const left = Date.now();
    await page.reload();
    await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0, undefined, patient);
    await expect
      .poll(() => page.getByRole('status').first().textContent(), patient)
      .toMatch(/^Meadow continues from tick [\d,]+, where/);
    const told = Number(
      ((await page.getByRole('status').first().textContent()) ?? '').replace(/^.*tick ([\d,]+),.*$/, '$1').replaceAll(',', ''),
    );
    // The last tick that was seen more than ten seconds before.
    const kept = seen.filter(({ at }) => at < left - 10_000).at(-1)?.tick ?? 0;
    expect(kept).toBeGreaterThan(0);
    expect(told).toBeGreaterThanOrEqual(kept);
    await page.waitForFunction((tick) => globalThis.upslope.figures().tick > tick, told, patient);
    expect(errors).toEqual([]);
  });

  test('two tabs keep runs of their own, and a later tab offers what a closed one was left with', async () => {
    const { page } = await openSmall(workbench, 10, wide);
    const context = page.context();
    const other = await context.newPage();
    await other.goto(workbench.url + linkTo(smallMeadow(), 20));
    for (const [one, goal] of [
      [page, 310],
      [other, 340],
    ] as const) {
      await one.waitForFunction(() => globalThis.upslope?.figures().tick > 0, undefined, patient);
      await one.evaluate((tick) => globalThis.upslope.runTo(tick), goal);
    }
    await page.keyboard.press('n');
    await expect.poll(() => panel(page).getByText('autosaved').count(), patient).toBeGreaterThanOrEqual(2);
    for (const tick of ['310', '340']) await expect.poll(() => panel(page).textContent(), patient).toContain(`tick ${tick}, `);
    await other.close();
    const third = await context.newPage();
    await third.goto(workbench.url);
    await third.waitForFunction(() => globalThis.upslope?.figures().tick > 0, undefined, patient);
    await third.getByRole('button', { name: 'Continue' }).click(patient);
    await expect.poll(() => tickOf(third), patient).toBeGreaterThanOrEqual(340);
  });

  test('pauses at a moment that was asked for, and keeps it', async () => {
    const { page, errors } = await workbench.open('', wide);
    await page.keyboard.press('n');
    await page.getByLabel('Pause: First predator').check();
    await page.getByLabel('Scene', { exact: true }).selectOption('arms-race');
    await expect
      .poll(() => page.getByRole('status').first().textContent(), patient)
      .toMatch(/^Paused at tick [\d,]+: the first of .+ dies of a bite\./);
    const paused = await tickOf(page);
    await page.waitForTimeout(600);
    expect(await tickOf(page)).toBe(paused);
    // The scene has opened the instrument that it names.
    await page.keyboard.press('n');
    await expect.poll(() => panel(page).textContent(), patient).toContain('kept at an event');
    expect(errors).toEqual([]);
  });
});

test('a notebook that the first version kept in this browser opens, and organisms can be frozen beside it', async () => {
  const { page, errors } = await workbench.open('', { ...wide, wait: false });
  const [{ name, bytes }] = readNotebookFile(
    new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/notebook-1.upslope-notebook'))),
  ).entries;
  const { text } = readEntry(bytes);
  // A page of the same place that opens nothing by itself: its stores are made as the first version made them.
  await page.goto(`${workbench.url}service-worker.js`);
  await page.evaluate(
    ({ entry, data }) =>
      new Promise<void>((done, fail) => {
        const gone = indexedDB.deleteDatabase('upslope');
        gone.onerror = () => fail(gone.error);
        gone.onsuccess = () => {
          const asked = indexedDB.open('upslope', 1);
          asked.onupgradeneeded = () => {
            asked.result.createObjectStore('texts', { keyPath: 'id' });
            asked.result.createObjectStore('states');
          };
          asked.onsuccess = () => {
            const change = asked.result.transaction(['texts', 'states'], 'readwrite');
            change.objectStore('texts').put(entry);
            change.objectStore('states').put(new Uint8Array(data), entry.id);
            change.oncomplete = () => {
              asked.result.close();
              done();
            };
          };
        };
      }),
    { entry: { ...text, name }, data: [...bytes] },
  );
  await page.goto(workbench.url);
  await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0, undefined, patient);
  await page.keyboard.press('n');
  await page.getByRole('button', { name: `Open ${name}` }).click();
  await expect.poll(() => tickOf(page), patient).toBe(40);
  // The frame of the world that was opened comes after it.
  await page.waitForFunction(() => globalThis.upslope.nearest() !== undefined, undefined, patient);
  await page.getByRole('img', { name: /^The world/ }).focus();
  await page.keyboard.press('Enter');
  await panel(page).getByText('Line of descent').waitFor(patient);
  await page.getByRole('img', { name: /^The world/ }).focus();
  await page.keyboard.press('h');
  await panel(page).getByRole('button', { name: 'Freeze' }).click();
  await panel(page)
    .getByRole('button', { name: /^Place / })
    .waitFor(patient);
  // The bare script has no icon.
  expect(errors.filter((text) => !text.includes('404'))).toEqual([]);
});

test('a notebook of a later version is refused and left as it is', async () => {
  const { page } = await openSmall(workbench, 10, wide);
  await page.keyboard.press('n');
  const path = join(tmpdir(), 'later.upslope-notebook');
  const text = Buffer.from('{"$":"object","is":[["magic","upslope notebook"],["format",99],["entries",[]]]}');
  const head = Buffer.alloc(Math.ceil((4 + text.length) / 8) * 8);
  head.writeUInt32LE(text.length, 0);
  text.copy(head, 4);
  writeFileSync(path, head);
  await page.locator('#instrument input[type=file]').setInputFiles(path);
  await expect
    .poll(() => page.getByRole('status').first().textContent(), patient)
    .toBe('later.upslope-notebook: it was written by a later version (format 99, this one reads up to 1); use that version.');
});

test('what is damaged stays listed, can be saved and removed, and stops nothing', async () => {
  const { page, errors } = await openSmall(workbench, 10, { ...wide, colorScheme: 'light' });
  await page.keyboard.press('n');
  await page.keyboard.press('k');
  const open = page.getByRole('button', { name: /^Open Meadow/ });
  await open.last().waitFor(patient);
  await page.evaluate(async () => {
    const stores = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open('upslope');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const change = stores.transaction(['texts', 'states', 'frozen'], 'readwrite');
    change.objectStore('texts').put({ id: 'a', kind: 'moment', name: 'a stranger', savedAt: 'yesterday', tick: {} });
    change.objectStore('texts').put({
      id: 'b',
      kind: 'moment',
      name: 'empty',
      title: 'T',
      seed: '7',
      tick: 3,
      living: 1,
      playing: false,
      savedAt: 1,
      bytes: 8,
    });
    change.objectStore('states').put(new Uint8Array(30), 'a');
    change.objectStore('states').put(new Uint8Array(30), 'b');
    change.objectStore('frozen').put({ id: 'c', name: 'half', organism: { genome: 7 } });
    await new Promise((resolve) => {
      change.oncomplete = resolve;
    });
    stores.close();
  });
  // The list looks again every few seconds.
  await panel(page).getByText('its description is damaged: title is not a text; save it as a file or delete it').waitFor(patient);
  await expect.poll(() => page.getByRole('button', { name: 'Open a stranger' }).count()).toBe(0);
  await addChecker(page);
  await expectAccessible(page, 'damaged');
  await page.getByRole('button', { name: 'Open empty' }).click();
  await expect
    .poll(() => page.getByRole('status').first().textContent(), patient)
    .toBe('empty cannot be opened: it is damaged or not an entry of a notebook; use another copy');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save a stranger as a file' }).click(),
  ]);
  const file = readNotebookFile(readFileSync((await saved.path()) as string));
  expect(file.entries).toEqual([{ name: 'a stranger', bytes: new Uint8Array(30) }]);
  await page.getByRole('button', { name: 'Delete a stranger' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Delete a stranger' }).count(), patient).toBe(0);
  await page.keyboard.press('h');
  await panel(page)
    .getByText(/^half: it is damaged: savedAt|^half: it is damaged: organism/)
    .waitFor(patient);
  await page.getByRole('button', { name: 'Remove half from the freezer' }).click();
  await expect.poll(() => page.getByRole('button', { name: /^Remove half/ }).count(), patient).toBe(0);
  await page.keyboard.press('n');
  await open.last().click();
  await expect.poll(() => page.getByRole('status').first().textContent(), patient).toMatch(/is open at tick/);
  expect(errors).toEqual([]);
});

describe('the scene panel', () => {
  test('checks as one writes, and runs what was written', async () => {
    const { page, errors } = await openAt(workbench, meadowOf(384, 750), 10, { ...wide, colorScheme: 'light' });
    await page.keyboard.press('s');
    const text = page.getByLabel('Scene (JSON)');
    await expect.poll(() => text.inputValue(), patient).toContain('"name": "meadow"');
    const whole = await text.inputValue();
    const state = panel(page).locator('#scene-problems');
    await text.fill(whole.slice(0, 200));
    await expect.poll(() => state.textContent(), patient).toContain('ends in the middle of the scene');
    await text.fill(whole.replace(/"founders": \d+/, '"founders": -3'));
    await expect.poll(() => state.textContent(), patient).toContain('populations.foragers.founders');
    await expect.poll(() => page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
    await addChecker(page);
    await expectAccessible(page, 'scene');
    await text.fill(whole.replace(/"founders": \d+/, '"founders": 123').replace('"title": "Meadow"', '"title": "My meadow"'));
    await expect.poll(() => state.textContent(), patient).toContain('Ready to run.');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.poll(() => page.locator('#scene option:checked').textContent(), patient).toContain('My meadow');
    expect((await page.evaluate(() => globalThis.upslope.address())).scene).toMatchObject({ title: 'My meadow' });
    // The same as a form: found by a word, changed, refused where it is not allowed, run.
    await page.getByRole('button', { name: 'Form', exact: true }).click();
    await page.getByLabel('Find a parameter').fill('founders');
    const founders = panel(page)
      .getByRole('spinbutton', { name: /^Founders/ })
      .first();
    await founders.fill('321');
    await founders.press('Tab');
    await expectAccessible(page, 'scene-form');
    await page.getByRole('button', { name: 'JSON', exact: true }).click();
    await expect.poll(() => page.getByLabel('Scene (JSON)').inputValue(), patient).toContain('"founders": 321');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForFunction(
      () => globalThis.upslope.figures().alive[0] > 200 && globalThis.upslope.figures().alive[0] < 400,
      undefined,
      patient,
    );
    expect(errors).toEqual([]);
  });
});
