import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { folderHandler } from '../../src/cli/serve/folder-handler.ts';
import { readSceneText } from '../../src/scene/parse.ts';
import { encodeShare } from '../../src/scene/share.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { openWorkbench, patient, type Workbench } from './open-browser.ts';
import { linkTo, smallMeadow } from './small-meadow.ts';

const ticks = 2000;
const meadow = readFileSync(join(import.meta.dirname, '../../scenes/meadow.json'), 'utf8');
let workbench: Workbench;
let inNode: string;

beforeAll(async () => {
  const world = createSimulation(readSceneText(meadow, 'scenes/meadow.json'), '7');
  world.step(ticks);
  inNode = world.hash();
  world.dispose();
  workbench = await openWorkbench({ optimized: true });
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

describe('meadow, seed 7, tick 2,000 in the page’s worker', () => {
  test('has the hash that it has in Node', async () => {
    const { page, errors } = await workbench.open('', { wait: false });
    await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0);
    expect(await page.evaluate((tick) => globalThis.upslope.runTo(tick), ticks)).toBe(true);
    expect(await page.evaluate(() => globalThis.upslope.hash())).toBe(inNode);
    expect(errors).toEqual([]);
  });

  test('has it on three threads, drawn and looked at on the way', async () => {
    const { page, errors, requests } = await workbench.open('?threads=3');
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    for (const key of ['v', 't', 'o']) await page.keyboard.press(key);
    await page.selectOption('#palette', 'trait:body.size');
    await page.evaluate((goal) => globalThis.upslope.runTo(goal), ticks - 100);
    for (const key of ['x', 'e', 'm']) await page.keyboard.press(key);
    expect(await page.evaluate((goal) => globalThis.upslope.runTo(goal), ticks)).toBe(true);
    expect(await page.evaluate(() => globalThis.upslope.hash())).toBe(inNode);
    expect(requests.filter((address) => address.includes('/kernel-thread-'))).not.toEqual([]);
    expect(errors).toEqual([]);
  });

  test('shares memory from the second visit on where the server sends files as they are', async () => {
    const server = createServer(folderHandler(join(import.meta.dirname, '../../dist/page'), {}));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const page = await (await workbench.browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    try {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?threads=2${linkTo(smallMeadow(), 10)}`);
      await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0, undefined, patient);
      expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
      await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, patient);
      await page.reload();
      await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0, undefined, patient);
      expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    } finally {
      await page.context().close();
      server.closeAllConnections();
      server.close();
    }
  });

  test('has it whatever is looked at, picked, drawn and plotted on the way, at changing speed', async () => {
    const { page, errors } = await workbench.open();
    await page.keyboard.press('0');
    const palettes = ['trait:body.size', 'energy', 'age', 'lineage'];
    for (const [i, palette] of palettes.entries()) {
      await page.selectOption('#palette', palette);
      await page.keyboard.press('Enter');
      await page.keyboard.press(['v', 'o', 'm', 'f'][i]);
      await page.keyboard.press(String(5 - i));
      await page.waitForTimeout(150);
    }
    await page.keyboard.press(' ');
    const tick = await page.evaluate(() => globalThis.upslope.address().then((address) => address.tick));
    expect(tick).toBeLessThan(ticks);
    expect(await page.evaluate((goal) => globalThis.upslope.runTo(goal), ticks)).toBe(true);
    expect(await page.evaluate(() => globalThis.upslope.hash())).toBe(inNode);
    expect(errors).toEqual([]);
  });
});

describe.each(['mutations-in-flight', 'population-based-training'])('%s, seed 7, tick 300 in the page’s worker', (name) => {
  test('has the hash that it has in Node', async () => {
    const text = readFileSync(join(import.meta.dirname, `../../scenes/${name}.json`), 'utf8');
    const world = createSimulation(readSceneText(text, name), '7');
    world.step(300);
    const { page, errors } = await workbench.open(
      `#run=${packLink(encodeShare({ scene: name, seed: '7', changes: [], tick: 1 }))}`,
      { wait: false },
    );
    await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0);
    expect(await page.evaluate((tick) => globalThis.upslope.runTo(tick), 300)).toBe(true);
    expect(await page.evaluate(() => globalThis.upslope.hash())).toBe(world.hash());
    world.dispose();
    expect(errors).toEqual([]);
  });
});
