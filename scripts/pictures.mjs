// Draws the world of every scene with seed 7 for the gallery, and the page and the stage of the climb for the README: npm run docs -- --pictures.
// npm run docs -- --films makes a short film of every scene, and a sheet of its frames, to look at.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview, runnerImport } from 'vite';
import { findBrowser } from './browser.mjs';
import { bundleAloud } from './bundle.mjs';
import { root } from './setup.mjs';

/** Ticks after which there is something to see, by habitat. */
const ticks = { plane: 2000, landscape: 150, patches: 2000 };
/** What a picture shows beside the whole world in the colours of lineages: keys that are pressed, and another colouring. */
const closer = ['+', '+', '+'];
const looks = {
  archipelago: { keys: ['Home'] },
  'chicken-and-velociraptor': { keys: closer },
  juice: { keys: closer },
  peacocks: { keys: closer, colour: 'trait:display' },
  'rock-paper-scissors': { keys: closer, colour: 'trait:strategy.1' },
  'selfish-genes': { keys: closer },
  'two-grasses': { keys: closer, colour: 'trait:diet.fruit' },
};
const folder = join(root, 'docs/figures/scenes');
/** Films are to look at; git does not keep them. */
const filmFolder = join(root, 'dist/films');
/** Most that a step of a page may take on a machine that is busy with other things, milliseconds. */
const patience = 300_000;

/** First and last tick of the climb in the README's picture of its stage, and ticks of an interval. */
const climb = { scene: 'meadow', first: 1000, every: 1500, last: 4000 };

const source = (file) => runnerImport(join(root, 'docs/.vitepress', file)).then(({ module }) => module);

/** Writes `docs/gallery.md` from the scenes and their pictures. */
export async function writeGallery() {
  const [{ scenesOfSite }, { galleryPage }] = [await source('scene-page.ts'), await source('gallery-page.ts')];
  writeFileSync(join(root, 'docs/gallery.md'), galleryPage(scenesOfSite()));
  console.log('pictures: docs/gallery.md');
}

/**
 * The browser, and a way to open scenes in it. Until something is looked at, a page draws twice a second: in software, drawing would take
 * the time that stepping needs.
 */
async function openStudio() {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium found: install one, or set CHROME_PATH to it.');
  await bundleAloud('page');
  const { sceneLink } = await source('scene-link.ts');
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
  return {
    browser,
    async openScene(name, viewport, options = {}) {
      const page = await browser.newPage({ viewport, serviceWorkers: 'block', ...options });
      page.setDefaultTimeout(patience);
      await page.addInitScript(() => {
        localStorage.setItem('upslope.guided', 'true');
        const soon = globalThis.requestAnimationFrame.bind(globalThis);
        globalThis.drawsRarely = true;
        globalThis.requestAnimationFrame = (draw) =>
          globalThis.drawsRarely ? Number(setTimeout(() => soon(draw), 500)) : soon(draw);
      });
      await page.goto(`${server.resolvedUrls.local[0]}?detail=full${sceneLink(name)}`);
      await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

const runTo = (page, tick) => page.evaluate((goal) => globalThis.upslope.runTo(goal), tick);

/** Shows a scene as its picture has it. */
async function arrange(page, name) {
  const { keys = [], colour } = looks[name] ?? {};
  if (colour) await page.locator('#palette').selectOption(colour);
  await page.getByRole('img', { name: /^The world/ }).focus();
  for (const key of keys) await page.keyboard.press(key);
  await page.evaluate(() => document.activeElement.blur());
}

/** Waits until the page shows a tick, everything in it settled. */
async function settle(page, tick) {
  await page.evaluate(() => {
    globalThis.drawsRarely = false;
  });
  await page.waitForFunction((goal) => globalThis.upslope.figures().tick >= goal, tick);
  await page.waitForTimeout(1500);
}

/** Makes each picture, and tries once more what failed: a busy machine may be too slow for once. @throws {Error} that names what failed twice */
async function eachOf(names, make) {
  const failed = [];
  for (const name of names) {
    const began = Date.now();
    for (let attempt = 1; ; attempt++) {
      try {
        await make(name);
        console.log(`pictures: ${name} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
        break;
      } catch (error) {
        console.error(`pictures: ${name}: ${error.message.split('\n', 1)[0]}`);
        if (attempt < 2) continue;
        failed.push(name);
        break;
      }
    }
  }
  if (failed.length > 0) throw new Error(`pictures: not made: ${failed.join(', ')}; name them to try again`);
}

/** Which of all names are wanted: all if none is named. @throws {Error} for one that is unknown */
function chosen(all, names) {
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`pictures: '${unknown[0]}' is unknown; there are ${all.join(', ')}`);
  return names.length === 0 ? all : all.filter((name) => names.includes(name));
}

/**
 * Writes `docs/figures/scenes/NAME.jpg` of every scene, `docs/figures/meadow.png` and `docs/figures/climb.png`, or those that are named; then the gallery.
 * @param {readonly string[]} names of scenes, page or climb; none for all
 * @throws {Error} without a browser, for an unknown name, and for what could not be drawn
 */
export async function drawPictures(names) {
  const { scenesOfSite } = await source('scene-page.ts');
  const scenes = new Map(scenesOfSite().map(({ name, scene }) => [name, scene]));
  const wanted = chosen([...scenes.keys(), 'page', 'climb'], names);
  mkdirSync(folder, { recursive: true });
  const studio = await openStudio();
  const withPage = async (opening, work) => {
    const page = await opening;
    try {
      await work(page);
    } finally {
      await page.close();
    }
  };
  const drawScene = (name) =>
    withPage(studio.openScene(name, { width: 820, height: 820 }, { colorScheme: 'dark' }), async (page) => {
      const tick = ticks[scenes.get(name).habitat.kind] ?? ticks.plane;
      await runTo(page, tick);
      await arrange(page, name);
      await settle(page, tick);
      const world = page.getByRole('img', { name: /^The world/ });
      await world.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 72 });
    });
  const dark = [
    { width: 1280, height: 720 },
    { reducedMotion: 'reduce', colorScheme: 'dark' },
  ];
  const drawPage = () =>
    withPage(studio.openScene('meadow', ...dark), async (page) => {
      await runTo(page, 3000);
      await settle(page, 3000);
      await page.getByRole('img', { name: /^The world/ }).focus();
      await page.keyboard.press('Enter');
      for (let times = 0; times < 3; times++) await page.keyboard.press('+');
      await page.waitForTimeout(2500);
      await page.screenshot({ path: join(root, 'docs/figures/meadow.png') });
    });
  const drawClimb = () =>
    withPage(studio.openScene(climb.scene, ...dark), async (page) => {
      await runTo(page, climb.first);
      await settle(page, climb.first);
      await page.keyboard.press('c');
      await page.getByText('Settings and files', { exact: true }).click();
      await page.getByLabel('Least ticks').fill(String(climb.every));
      await page.getByRole('button', { name: 'Begin again' }).click();
      await page.getByText('Settings and files', { exact: true }).click();
      await page.locator('#instrument').evaluate((panel) => panel.scrollTo(0, 0));
      // The world pauses during assays and stops where an interval ends, so that the same picture comes again on any machine.
      const ready = () => page.getByText('Paused: play the world for the next point').waitFor({ timeout: 2 * patience });
      for (let tick = climb.first + climb.every; tick <= climb.last; tick += climb.every) {
        await ready();
        await runTo(page, tick);
        await page.getByText(/^Next assay, from tick/).waitFor();
        console.log(`pictures: climb, tick ${tick}`);
      }
      await ready();
      await page.waitForTimeout(1500);
      await page.screenshot({ path: join(root, 'docs/figures/climb.png') });
    });
  try {
    await eachOf(wanted, (name) => (name === 'page' ? drawPage() : name === 'climb' ? drawClimb() : drawScene(name)));
  } finally {
    await studio.close();
    await writeGallery();
  }
}

/**
 * Makes `dist/films/NAME.webm` of every scene or of those that are named, six seconds, and `NAME.png` with eight frames of each.
 * @param {readonly string[]} names of scenes; none for all
 * @throws {Error} without a browser, for an unknown name, and for what could not be made
 */
export async function makeFilms(names) {
  const { scenesOfSite } = await source('scene-page.ts');
  const scenes = new Map(scenesOfSite().map(({ name, scene }) => [name, scene]));
  const wanted = chosen([...scenes.keys()], names);
  mkdirSync(filmFolder, { recursive: true });
  const studio = await openStudio();
  try {
    await eachOf(wanted, async (name) => {
      const { kind } = scenes.get(name).habitat;
      const page = await studio.openScene(name, { width: 1280, height: 720 }, { colorScheme: 'dark' });
      try {
        await page.keyboard.press(' ');
        await arrange(page, name);
        await page.keyboard.press('e');
        // Scenes that play fast have gone some way before they are paused.
        const from = await page.evaluate(() => globalThis.upslope.figures().tick);
        await page.getByLabel('To tick').fill(String(from + (ticks[kind] ?? ticks.plane)));
        await page.getByLabel('Seconds').fill('6');
        await page.getByLabel('Frames a second').fill('10');
        if (kind !== 'landscape' && !looks[name]?.colour) await page.getByLabel('Shows').selectOption('tree');
        const saved = page.waitForEvent('download', { timeout: 4 * patience });
        await page.getByRole('button', { name: 'Make the film' }).click();
        const path = join(filmFolder, `${name}.webm`);
        await (await saved).saveAs(path);
        await drawSheet(studio.browser, path, join(filmFolder, `${name}.png`));
      } finally {
        await page.close();
      }
    });
  } finally {
    await studio.close();
  }
}

/** Eight frames of a film in one picture, two in a row. */
async function drawSheet(browser, film, file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1440 } });
  try {
    await page.setContent('<body style="margin:0"><canvas width="1280" height="1440"></canvas></body>');
    await page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
      const video = document.createElement('video');
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }));
      await new Promise((resolve, reject) => {
        video.onloadeddata = resolve;
        video.onerror = () => reject(new Error(video.error?.message));
      });
      const context = document.querySelector('canvas').getContext('2d');
      for (let i = 0; i < 8; i++) {
        await new Promise((resolve) => {
          video.onseeked = resolve;
          video.currentTime = (i / 7) * (video.duration - 0.05);
        });
        context.drawImage(video, (i % 2) * 640, Math.floor(i / 2) * 360, 640, 360);
      }
    }, readFileSync(film).toString('base64'));
    await page.screenshot({ path: file });
  } finally {
    await page.close();
  }
}
