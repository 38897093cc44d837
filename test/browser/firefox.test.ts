import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { readSceneText } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { firefox, withFirefox } from './open-firefox.ts';
import { bodyOf, serve } from './serve.ts';

const root = join(import.meta.dirname, '../..');
const ticks = 2000;
/** Seconds that Firefox may take from its start to its report. */
const patience = 150;

/** Waits for the text that a page posts to its server. */
function awaitReport(): {
  report: Promise<string>;
  handle: (request: IncomingMessage, response: ServerResponse) => boolean;
} {
  let told: (text: string) => void = () => {};
  const report = new Promise<string>((resolve) => {
    told = resolve;
    setTimeout(() => resolve(`nothing was reported in ${patience} s`), patience * 1000).unref();
  });
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'POST') return false;
    void bodyOf(request).then((text) => {
      response.end();
      told(text);
    });
    return true;
  };
  return { report, handle };
}

// Chromium is needed, Firefox is not: where there is none, the names of the skipped tests say so.
const named = (title: string) => (firefox ? title : `${title} (no Firefox found: install firefox-esr or set FIREFOX_PATH)`);

test.skipIf(!firefox)(
  named('meadow, seed 7, tick 2,000 has one hash in Node and in Firefox, through the page’s worker'),
  async () => {
    const pages = mkdtempSync(join(tmpdir(), 'upslope-hash-page-'));
    await build({
      root: join(root, 'test/browser/hash-page'),
      configFile: join(root, 'vite.config.ts'),
      mode: 'production',
      logLevel: 'error',
      build: { outDir: pages, emptyOutDir: true },
    });
    const { report, handle } = awaitReport();
    const served = await serve(pages, handle);
    try {
      const world = createSimulation(
        readSceneText(readFileSync(join(root, 'scenes/meadow.json'), 'utf8'), 'scenes/meadow.json'),
        '7',
      );
      world.step(ticks);
      expect(await withFirefox(`${served.url}?seed=7&tick=${ticks}`, () => report)).toBe(world.hash());
      world.dispose();
    } finally {
      await served.close();
      rmSync(pages, { recursive: true, force: true });
    }
  },
  240_000,
);

/** A page that opens ours in a frame, as an embedding page would, and opens every instrument of two scenes in it. */
const driver = `<!doctype html><meta charset="utf-8"><iframe src="./" width="1280" height="800"></iframe><script type="module">
  const frame = document.querySelector('iframe');
  const seen = { opened: [], failed: [], refused: '' };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const until = async (what) => {
    for (let left = 400; left > 0; left--) {
      if (await what()) return;
      await pause(100);
    }
    throw new Error('waited in vain for ' + what);
  };
  // Asked of the world itself: where there is no WebGL, nothing is drawn that would say it.
  const plays = () => frame.contentWindow.upslope?.address().then(({ tick }) => tick > 5, () => false);
  const openAll = async () => {
    const page = frame.contentDocument;
    for (const tab of page.querySelectorAll('[role=tab]')) {
      const title = tab.getAttribute('aria-label');
      if (tab.getAttribute('aria-selected') === 'false') tab.click();
      await until(() => page.querySelector('#instrument h2')?.textContent === title);
      await pause(600);
      const text = page.querySelector('#instrument').textContent;
      (/cannot be shown|could not be loaded/.test(text) ? seen.failed : seen.opened).push(title);
    }
  };
  try {
    await until(plays);
    frame.contentWindow.addEventListener('error', (event) => seen.failed.push(event.message));
    await openAll();
    const scene = frame.contentDocument.querySelector('nav button[aria-label^="Annealing"]');
    scene.click();
    await until(() => scene.getAttribute('aria-current') === 'true');
    await until(plays);
    await openAll();
    seen.refused = frame.contentDocument.querySelector('.refused')?.textContent ?? '';
  } catch (error) { seen.failed.push(String(error)); }
  await fetch('./report', { method: 'POST', body: JSON.stringify(seen) });
</script>`;

test.skipIf(!firefox)(
  named('every instrument opens in Firefox, in a frame of another page, and the content policy forbids nothing of it'),
  async () => {
    const { bundle } = (await import(join(root, 'scripts/bundle.mjs'))) as { bundle(target: 'page'): Promise<unknown> };
    await bundle('page');
    const { report, handle } = awaitReport();
    const served = await serve(join(root, 'dist/page'), (request, response) => {
      if (request.url !== '/driver') return handle(request, response);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(driver);
      return true;
    });
    try {
      const seen = JSON.parse(await withFirefox(`${served.url}driver`, () => report));
      expect(seen.failed).toEqual([]);
      expect(seen.opened).toHaveLength(24);
      expect(served.violations).toEqual([]);
    } finally {
      await served.close();
    }
  },
  240_000,
);
