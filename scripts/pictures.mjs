// Draws the world of every scene with seed 7 for the gallery of the site: npm run docs -- --pictures.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview, runnerImport } from 'vite';
import { findBrowser } from './browser.mjs';
import { bundleAloud } from './bundle.mjs';
import { root } from './setup.mjs';

/** Ticks after which there is something to see, by habitat. */
const ticks = { plane: 2000, landscape: 150 };
const folder = join(root, 'docs/figures/scenes');

/**
 * Writes `docs/figures/scenes/NAME.jpg` of every scene, or of those that are named.
 * @param {readonly string[]} names none for all
 * @throws {Error} without a browser
 */
export async function drawPictures(names) {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium found: install one, or set CHROME_PATH to it.');
  await bundleAloud('page');
  const source = (file) => runnerImport(join(root, 'docs/.vitepress', file)).then(({ module }) => module);
  const [{ scenesOfSite }, { sceneLink }] = [await source('scene-page.ts'), await source('scene-link.ts')];
  mkdirSync(folder, { recursive: true });
  const server = await preview({
    root,
    configFile: false,
    base: './',
    logLevel: 'error',
    build: { outDir: join(root, 'dist/page') },
    preview: { port: 4180 },
  });
  const args = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  const browser = await chromium.launch({ executablePath, args });
  try {
    for (const { name, scene } of scenesOfSite()) {
      if (names.length > 0 && !names.includes(name)) continue;
      const tick = ticks[scene.habitat.kind];
      const page = await browser.newPage({ viewport: { width: 820, height: 820 } });
      await page.addInitScript(() => localStorage.setItem('upslope.guided', 'true'));
      await page.goto(`${server.resolvedUrls.local[0]}${sceneLink(name)}`);
      await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0, undefined, { timeout: 60_000 });
      await page.evaluate((goal) => globalThis.upslope.runTo(goal), tick);
      await page.waitForTimeout(1500);
      const world = page.getByRole('img', { name: /^The world/ });
      await world.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 72 });
      console.log(`pictures: ${name}, tick ${tick}`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}
