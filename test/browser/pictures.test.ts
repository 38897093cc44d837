import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import bloom from '../../scenes/bloom.json';
import { addChecker, violations } from './accessibility.ts';
import { canvas, hashOf, notice, openWorkbench, patient, shoot, tickOf, type Workbench } from './open-browser.ts';
import { openAt, openSmall } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

/** Width and height of a PNG, pixels. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

/** What a press gives the person to save. */
async function saved(page: Page, press: () => Promise<unknown>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download', patient), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe('portraits', () => {
  test('are shown with the picked organism, and saved as a card', async () => {
    const { page, errors } = await workbench.open('#scene=arms-race');
    await page.keyboard.press(' ');
    await page.keyboard.press('Enter');
    const portrait = page.getByRole('img', { name: /^Portrait of organism \d+/ });
    await portrait.waitFor();
    await expect.poll(() => portrait.locator('path').count()).toBeGreaterThan(3);
    const id = (await portrait.getAttribute('aria-label'))?.match(/\d+/)?.[0];
    const png = await saved(page, () => page.getByRole('button', { name: 'Portrait as PNG' }).click());
    expect(png.name).toBe(`arms-race-7-${id}.png`);
    expect(sizeOf(png.bytes)).toEqual([960, 1200]);
    const svg = await saved(page, () => page.getByRole('button', { name: 'Portrait as SVG' }).click());
    expect(svg.bytes.toString()).toContain(`Arms race, seed 7, tick`);
    expect([errors, workbench.violations]).toEqual([[], []]);
  });
});

/** Fills in the form for a film of six frames, and returns its button. */
async function askFilm(page: Page, to: number, more: { kind?: string; layout?: string; seconds?: number } = {}) {
  await page.keyboard.press('e');
  await page.getByLabel('To tick').fill(String(to));
  await page.getByLabel('Seconds').fill(String(more.seconds ?? 1));
  await page.getByLabel('Frames a second').fill('6');
  await page.getByLabel('Shows').selectOption(more.layout ?? 'world');
  await page.getByRole('combobox', { name: /^File/ }).selectOption(more.kind ?? 'webm');
  return page.getByRole('button', { name: 'Make the film' });
}

/** Plays a video: width, height and seconds. */
const played = (page: Page, bytes: Buffer, type: string) =>
  page.evaluate(
    async ([text, kind]) => {
      const video = document.createElement('video');
      video.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], { type: kind }));
      await new Promise((resolve, reject) => {
        video.onloadeddata = resolve;
        video.onerror = () => reject(new Error(video.error?.message));
      });
      return { width: video.videoWidth, height: video.videoHeight, seconds: Math.round(video.duration * 100) / 100 };
    },
    [bytes.toString('base64'), type] as const,
  );

describe('posters', () => {
  test('are saved as PNG of 3840 by 2160 pixels and as SVG, with what reproduces the state', async () => {
    // A poster carries the link of a scene that comes with the page.
    const { page, errors } = await workbench.open();
    await page.evaluate(() => globalThis.upslope.runTo(60));
    const before = await hashOf(page);
    await page.keyboard.press('e');
    const png = await saved(page, () => page.getByRole('button', { name: 'Poster (PNG)' }).click());
    expect([png.name, sizeOf(png.bytes)]).toEqual(['meadow-7-60-poster.png', [3840, 2160]]);
    const svg = await saved(page, () => page.getByRole('button', { name: 'Poster (SVG)' }).click());
    const text = svg.bytes.toString();
    for (const part of ['>Meadow<', 'Tick 60, seed 7', '#run=', 'data:image/jpeg;base64,', 'Climb left out'])
      expect(text).toContain(part);
    expect(await hashOf(page)).toBe(before);
    expect([errors, workbench.violations]).toEqual([[], []]);
  });
});

describe('films', () => {
  test('run the world to the same state as without, beside its species, and can be watched', async () => {
    const { foragers } = bloom.populations;
    const small = {
      ...bloom,
      habitat: { ...bloom.habitat, width: 256, height: 256 },
      populations: { foragers: { ...foragers, founders: 330 } },
    };
    const { page, errors } = await openAt(workbench, small, 10);
    const palette = await page.locator('#palette').inputValue();
    const to = 610;
    const press = await askFilm(page, to, { layout: 'tree' });
    const film = await saved(page, () => press.click());
    expect(film.name).toMatch(new RegExp(`^bloom-7-\\d+-${to}\\.webm$`));
    await expect.poll(() => page.locator('#palette').inputValue()).toBe(palette);
    const after = await hashOf(page);
    expect([errors, workbench.violations]).toEqual([[], []]);
    const other = await workbench.browser.newPage();
    expect(await played(other, film.bytes, 'video/webm')).toEqual({ width: 1280, height: 720, seconds: 1 });
    const { page: plain } = await openAt(workbench, small, 10);
    expect(await plain.evaluate((tick) => globalThis.upslope.runTo(tick), to)).toBe(true);
    expect(await hashOf(plain)).toBe(after);
  });

  test('are cancelled by escape, and the view is as before', async () => {
    const { page, errors } = await openSmall(workbench, 10);
    const press = await askFilm(page, 40_000, { seconds: 60 });
    await press.click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.locator('#film-progress').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => notice(page), patient).toContain('No film was saved');
    const isOfItsPlace = (view: HTMLCanvasElement) => view.width === view.clientWidth && view.height === view.clientHeight;
    await expect.poll(() => canvas(page).evaluate(isOfItsPlace)).toBe(true);
    expect(await tickOf(page)).toBeLessThan(40_000);
    expect(errors).toEqual([]);
  });

  test('are recorded where the browser has no codecs', async () => {
    const { page, errors } = await workbench.open('', { wait: false });
    await page.evaluate(() => Reflect.deleteProperty(globalThis, 'VideoEncoder'));
    await page.waitForFunction(() => globalThis.upslope?.figures().tick > 0);
    await page.keyboard.press(' ');
    const press = await askFilm(page, 60);
    const film = await saved(page, () => press.click());
    expect(film.bytes.readUInt32BE(0)).toBe(0x1a45dfa3);
    expect(errors).toEqual([]);
  });
});

describe('embed', () => {
  test('is the world and one line, plays, and pauses by the space bar', async () => {
    const { page, errors } = await workbench.open('?embed#scene=peacocks&seed=9', { viewport: { width: 390, height: 300 } });
    await expect.poll(() => page.locator('body :is(header, nav, footer, aside, #instrument)').count()).toBe(0);
    await expect.poll(() => page.locator('main > div').textContent()).toMatch(/Peacocks\s+tick [\d,]+, [\d,]+ alive/);
    expect(await page.locator('main a').evaluate((link: HTMLAnchorElement) => link.href)).toBe(
      `${workbench.url}#scene=peacocks&seed=9`,
    );
    await page.keyboard.press(' ');
    await expect.poll(() => page.locator('main button').textContent()).toBe('Play');
    const paused = await tickOf(page);
    await page.waitForTimeout(300);
    expect(await tickOf(page)).toBe(paused);
    const cut = await page.locator('main > div').evaluate((line) => line.scrollWidth > line.clientWidth);
    expect(cut).toBe(false);
    await addChecker(page);
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'embed');
    // A page inside another one leaves nothing in the notebook of who reads it.
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    expect(errors).toEqual([]);
  });

  test('waits at tick 0 where the system asks for less motion', async () => {
    const { page } = await workbench.open('?embed', { wait: false, reducedMotion: 'reduce' });
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0);
    await expect.poll(() => page.locator('main button').textContent()).toBe('Play');
    await canvas(page).waitFor();
    const tick = await tickOf(page);
    await page.waitForTimeout(300);
    expect(await tickOf(page)).toBe(tick);
    await page.locator('main button').click();
    await page.waitForFunction((from) => globalThis.upslope.figures().tick > from, tick);
  });
});
