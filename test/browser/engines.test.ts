import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSceneText } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { findBrowsers } from '../torture/engines/find-engines.ts';
import { reportOf } from '../torture/engines/page-engine.ts';
import { runEngines } from '../torture/engines/run-engines.ts';

const root = join(import.meta.dirname, '../..');
const ticks = 2000;
/** Seconds that a browser may take from its start to its report. */
const patience = 150;
const { there, missing } = await findBrowsers(root);

// Chromium is needed, others are not: where one is missing, the name of the skipped test says so.
test.skip.each([...missing])('$title (missing: $why)', () => {});

test('eight scenes with every mechanism on come to the same in Node and in every browser of this machine', async () => {
  const { rows } = await runEngines({ root, seed: 'test', ticks: 8, quick: true }, () => {});
  expect(rows.length).toBe(1 + there.length);
  for (const { engine, version, equal, of, difference } of rows) {
    expect({ engine, version, equal, difference }).toEqual({ engine, version, equal: of, difference: '' });
  }
}, 600_000);

describe('meadow, seed 7, tick 2,000 through the page’s worker', () => {
  let folder: string;
  let inNode: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'upslope-pages-'));
    await build({
      root: join(root, 'test/browser/hash-page'),
      configFile: join(root, 'vite.config.ts'),
      mode: 'production',
      logLevel: 'error',
      build: { outDir: join(folder, 'page'), emptyOutDir: true },
    });
    const text = readFileSync(join(root, 'scenes/meadow.json'), 'utf8');
    const world = createSimulation(readSceneText(text, 'scenes/meadow.json'), '7');
    world.step(ticks);
    inNode = world.hash();
    world.dispose();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  // Chromium's are among the tests of identity.
  const others = there.filter(({ id }) => id !== 'chromium');
  if (others.length === 0) test.skip('no browser but Chromium is here', () => {});
  test.each(others)(
    'has the hash that it has in Node: $title',
    async (browser) => {
      const scratch = mkdtempSync(join(folder, 'home-'));
      const query = `?seed=7&tick=${ticks}`;
      expect(await reportOf(browser, join(folder, 'page'), scratch, query, patience)).toBe(inNode);
    },
    (patience + 60) * 1000,
  );
});
