import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/cli/load-extension.ts';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { extendedScene, extensionText, ModuleFolder } from '../fixtures/own-extension.ts';
import { openWorkbench, panel, patient, tickOf, type Workbench } from './open-browser.ts';

const root = process.cwd();
const modules = new ModuleFolder();
const folder = mkdtempSync(join(tmpdir(), 'upslope-page-'));
let workbench: Workbench;
let mine: string;
beforeAll(async () => {
  mine = modules.write('mine.mjs', extensionText());
  // As `npm run build -- page --extension FILE` does, into another folder.
  const build = `const { build } = await import('vite');
    await build({ root: '.', mode: 'production', logLevel: 'error', build: { outDir: ${JSON.stringify(folder)}, emptyOutDir: true } });`;
  const { VITEST, ...environment } = process.env;
  execFileSync(process.execPath, ['--input-type=module', '-e', build], {
    cwd: root,
    env: { ...environment, NODE_ENV: 'production', UPSLOPE_EXTENSION: mine },
  });
  workbench = await openWorkbench({ built: folder });
}, 240_000);
afterAll(async () => {
  await workbench?.close();
  modules.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('a page that is built with an extension runs its scene to the same state as the command line, and has its switch', async () => {
  const catalogue = await loadCatalogue([mine]);
  const simulation = catalogue.createSimulation(catalogue.parseScene(extendedScene, 'wasteful'), '7');
  simulation.step(60);
  const link = packLink(encodeShare({ scene: extendedScene, seed: '7', changes: [], tick: 60 }));
  const { page, errors } = await workbench.open(`#run=${link}`, { wait: false });
  await expect.poll(() => tickOf(page), patient).toBe(60);
  expect(await page.evaluate(() => globalThis.upslope.hash())).toBe(simulation.hash());
  const snapshot = await page.evaluate(() =>
    globalThis.upslope.snapshot().then((bytes) => new TextDecoder().decode(new Uint8Array(bytes).subarray(0, 100_000))),
  );
  expect(snapshot).toContain('"extensions":[{"name":"mine","version":"1.0.0"}]');
  // The instrument that is open from the start lists the mechanisms.
  await expect.poll(() => panel(page).textContent(), patient).toContain('Organisms lose a part of their reserve every tick');
  expect(errors).toEqual([]);
  expect(workbench.violations).toEqual([]);
  simulation.dispose();
});
