// Draws the world of every scene with seed 7 for the gallery of the site, and the page and the stage of the climb for the README: npm run docs -- --pictures.
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

/** First and last tick of the climb in the README's picture of its stage, and ticks of an interval. */
const climb = { scene: 'meadow', first: 1000, every: 1500, last: 4000 };

/**
 * Writes `docs/figures/scenes/NAME.jpg` of every scene, `docs/figures/meadow.png` and `docs/figures/climb.png`, or those that are named.
 * @param {readonly string[]} names of scenes, page or climb; none for all
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
  const isWanted = (name) => names.length === 0 || names.includes(name);
  const openScene = async (name, viewport, options = {}) => {
    const page = await browser.newPage({ viewport, ...options });
    await page.addInitScript(() => localStorage.setItem('upslope.guided', 'true'));
    await page.goto(`${server.resolvedUrls.local[0]}?detail=full${sceneLink(name)}`);
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0, undefined, { timeout: 60_000 });
    return page;
  };
  const runTo = (page, tick) => page.evaluate((goal) => globalThis.upslope.runTo(goal), tick);
  try {
    for (const { name, scene } of scenesOfSite()) {
      if (!isWanted(name)) continue;
      const tick = ticks[scene.habitat.kind];
      const page = await openScene(name, { width: 820, height: 820 });
      await runTo(page, tick);
      await page.waitForTimeout(1500);
      const world = page.getByRole('img', { name: /^The world/ });
      await world.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 72 });
      console.log(`pictures: ${name}, tick ${tick}`);
      await page.close();
    }
    if (isWanted('page')) {
      const page = await openScene('meadow', { width: 1280, height: 720 }, { reducedMotion: 'reduce', colorScheme: 'dark' });
      await runTo(page, 3000);
      await page.getByRole('img', { name: /^The world/ }).focus();
      await page.keyboard.press('Enter');
      for (let times = 0; times < 3; times++) await page.keyboard.press('+');
      await page.waitForTimeout(2500);
      await page.screenshot({ path: join(root, 'docs/figures/meadow.png') });
      console.log('pictures: page, tick 3000');
      await page.close();
    }
    if (isWanted('climb')) {
      const page = await openScene(climb.scene, { width: 1280, height: 720 }, { reducedMotion: 'reduce', colorScheme: 'dark' });
      await runTo(page, climb.first);
      await page.keyboard.press('c');
      await page.getByText('Settings and files', { exact: true }).click();
      await page.getByLabel('Least ticks').fill(String(climb.every));
      await page.getByRole('button', { name: 'Begin again' }).click();
      await page.getByText('Settings and files', { exact: true }).click();
      await page.locator('#instrument').evaluate((panel) => panel.scrollTo(0, 0));
      // The world stands still during assays and stops where an interval ends, so that the same picture comes again on any machine.
      const ready = () => page.getByText('Paused: play the world for the next point').waitFor({ timeout: 600_000 });
      for (let tick = climb.first + climb.every; tick <= climb.last; tick += climb.every) {
        await ready();
        await runTo(page, tick);
        await page.getByText(/^Next assay, from tick/).waitFor({ timeout: 120_000 });
        console.log(`pictures: climb, tick ${tick}`);
      }
      await ready();
      await page.waitForTimeout(1500);
      await page.screenshot({ path: join(root, 'docs/figures/climb.png') });
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}
