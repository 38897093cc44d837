import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Voice } from '../../src/app/world/choose-voices.ts';
import type * as Synthesis from '../../src/app/world/sound.ts';
import { addChecker, violations } from './accessibility.ts';
import { canvas, hashOf, keep, notice, openWorkbench, patient, tickOf, type Workbench } from './open-browser.ts';
import { openSmall } from './small-meadow.ts';

declare global {
  /** Pitches of the oscillators that have started, Hz, and the state of the context of the last one. */
  var started: number[];
  var soundState: () => AudioContextState | undefined;
  /** What src/app/world/sound.ts exports. */
  var synthesis: typeof Synthesis;
}

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const button = (page: Page) => page.getByRole('button', { name: 'Sound', exact: true });
const pressed = (page: Page) => button(page).getAttribute('aria-pressed');
const startedOn = (page: Page) => page.evaluate(() => globalThis.started.length);
const state = (page: Page) => page.evaluate(() => globalThis.soundState());

/** Watches which oscillators start. */
const listen = (page: Page) =>
  page.evaluate(() => {
    let context: BaseAudioContext | undefined;
    globalThis.started = [];
    globalThis.soundState = () => context?.state;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      context = this.context;
      globalThis.started.push(this.frequency.value);
      start.call(this, when);
    };
  });

/** Loads the synthesis into an empty page. */
async function openSynthesis(): Promise<Page> {
  const root = join(import.meta.dirname, '../..');
  const output = (await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry: 'src/app/world/sound.ts', formats: ['iife'], name: 'synthesis' } },
  })) as Rolldown.RolldownOutput[];
  const page = await workbench.browser.newPage();
  await page.addScriptTag({ content: `${output[0].output[0].code}\nglobalThis.synthesis = synthesis;` });
  return page;
}

describe('sound', () => {
  test('is off at first; births then sound high and deaths low, whatever is drawn; the world stays the same', async () => {
    // Of what happens nothing is drawn there.
    const { page, errors, requests } = await workbench.open('', { reducedMotion: 'reduce' });
    await listen(page);
    expect(await pressed(page)).toBe('false');
    await page.waitForFunction(() => globalThis.upslope.figures().tick > 60);
    expect(await startedOn(page)).toBe(0);
    expect(requests.filter((address) => /\/sound-/.test(address))).toEqual([]);
    await button(page).click();
    await expect.poll(() => pressed(page)).toBe('true');
    const heard = (low: number, high: number) =>
      page.evaluate(([from, to]) => globalThis.started.filter((hertz) => hertz >= from && hertz < to).length, [low, high]);
    await expect.poll(() => heard(160, 600), patient).toBeGreaterThan(3);
    await expect.poll(() => heard(800, 3000), patient).toBeGreaterThan(3);
    // At one moment, for others start between two questions.
    const strange = await page.evaluate(() =>
      globalThis.started.filter((hertz) => !((hertz >= 160 && hertz < 600) || (hertz >= 800 && hertz < 3000))),
    );
    expect(strange).toEqual([]);
    expect(await state(page)).toBe('running');
    await addChecker(page);
    expect(await violations(page)).toEqual([]);
    // A hidden page is silent.
    const hide = (hidden: boolean) =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => now });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hide(true);
    await expect.poll(() => state(page)).toBe('suspended');
    const before = await startedOn(page);
    const tick = await tickOf(page);
    await page.waitForFunction((from) => globalThis.upslope.figures().tick > from + 60, tick);
    expect(await startedOn(page)).toBe(before);
    await hide(false);
    await expect.poll(() => startedOn(page), patient).toBeGreaterThan(before);
    // So is a paused one, also when it makes one tick.
    await canvas(page).focus();
    await page.keyboard.press(' ');
    await expect.poll(() => page.evaluate(() => globalThis.upslope.figures().playing)).toBe(false);
    const paused = await tickOf(page);
    await expect.poll(() => state(page), patient).toBe('suspended');
    const then = await startedOn(page);
    for (let i = 0; i < 5; i++) await page.keyboard.press('.');
    await expect.poll(() => page.evaluate(() => globalThis.upslope.figures().tick)).toBe(paused + 5);
    expect(await startedOn(page)).toBe(then);
    // Far enough that the other page, which plays from the start, is not past it; heard on the way.
    const to = paused + 900;
    expect(await page.evaluate((goal) => globalThis.upslope.runTo(goal), to)).toBe(true);
    const heardHash = await hashOf(page);
    expect(await startedOn(page)).toBeGreaterThan(then);
    await page.keyboard.press('a');
    await expect.poll(() => pressed(page)).toBe('false');
    await expect.poll(() => state(page), patient).toBe('suspended');
    expect(errors).toEqual([]);
    const silent = await workbench.open('');
    expect(await silent.page.evaluate((goal) => globalThis.upslope.runTo(goal), to)).toBe(true);
    expect(await hashOf(silent.page)).toBe(heardHash);
    expect(silent.requests.filter((address) => /\/sound-/.test(address))).toEqual([]);
  });

  test('is a row among the events on a phone', async () => {
    const { page, errors } = await workbench.open('', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    expect(await button(page).count()).toBe(0);
    await page.getByRole('button', { name: 'What is drawn' }).click();
    const row = page.getByRole('checkbox', { name: /^Sound/ });
    expect(await row.isChecked()).toBe(false);
    await listen(page);
    await row.check();
    await expect.poll(() => startedOn(page), patient).toBeGreaterThan(3);
    await addChecker(page);
    expect(await violations(page)).toEqual([]);
    await row.uncheck();
    await expect.poll(() => state(page), patient).toBe('suspended');
    expect(errors).toEqual([]);
  });

  test('is not offered on a landscape', async () => {
    const { page } = await workbench.open('#scene=annealing');
    expect(await button(page).count()).toBe(0);
    await page.keyboard.press('a');
    await expect.poll(() => notice(page)).toMatch(/^Sound works only in worlds where organisms have places/);
  });

  test('says in one line that a browser has none', async () => {
    const { page, errors } = await openSmall(workbench, 10);
    await page.evaluate(() => {
      globalThis.AudioContext = class {
        constructor() {
          throw new Error('no output device');
        }
      } as never;
    });
    await button(page).click();
    await expect.poll(() => notice(page)).toMatch(/^Sound is not available in this browser: no output device/);
    await expect.poll(() => pressed(page)).toBe('false');
    expect(errors).toEqual([]);
  });

  test('is quiet and never clips; births are brighter than deaths', async () => {
    const page = await openSynthesis();
    const render = (voices: readonly Voice[]) =>
      page.evaluate(async (all) => {
        const rate = 44_100;
        const context = new OfflineAudioContext(2, rate, rate);
        const output = globalThis.synthesis.limit(context, context.destination);
        for (const voice of all) globalThis.synthesis.ring(context, output, voice, 0.02 + voice.at * 0.5);
        const rendered = await context.startRendering();
        const channels = [0, 1].map((channel) => rendered.getChannelData(channel));
        const peaks = channels.map((values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
        // Mean frequency by amplitude, from 50 Hz to 10 kHz.
        let [weighted, sum] = [0, 0];
        for (let hertz = 50; hertz < 10_000; hertz += 25) {
          const step = (2 * Math.PI * hertz) / rate;
          let [re, im] = [0, 0];
          for (let i = 0; i < rate / 2; i++) {
            const value = channels[0][i] + channels[1][i];
            re += value * Math.cos(step * i);
            im += value * Math.sin(step * i);
          }
          const amplitude = Math.hypot(re, im);
          weighted += hertz * amplitude;
          sum += amplitude;
        }
        const tail = Math.abs(channels[0][rate - 1]);
        return { peaks, centroid: weighted / sum, tail };
      }, voices);
    const one = (tone: 'high' | 'low', hertz: number, more: Partial<Voice> = {}): Voice => ({
      ...{ tone, hertz, pan: 0, level: 1, at: 0 },
      ...more,
    });
    const births = await Promise.all([880, 2960].map((hertz) => render([one('high', hertz)])));
    const deaths = await Promise.all([165, 554].map((hertz) => render([one('low', hertz)])));
    const full = await render(
      Array.from({ length: 30 }, (_, i) => one(i % 2 ? 'high' : 'low', i % 2 ? 880 : 165, { at: i / 30 })),
    );
    // Far more at one moment than the thinning leaves.
    const flood = await render(Array.from({ length: 300 }, () => one('low', 220)));
    const left = await render([one('high', 880, { pan: -0.7 })]);
    keep('sound.json', { births, deaths, full, flood, left });
    for (const { peaks, tail } of [...births, ...deaths]) {
      expect(Math.max(...peaks)).toBeGreaterThan(0.005);
      expect(Math.max(...peaks)).toBeLessThan(0.15);
      expect(tail).toBeLessThan(1e-3);
    }
    expect(Math.max(...full.peaks)).toBeLessThan(0.3);
    expect(Math.max(...flood.peaks)).toBeLessThan(0.5);
    expect(Math.min(...births.map(({ centroid }) => centroid))).toBeGreaterThan(
      Math.max(...deaths.map(({ centroid }) => centroid)),
    );
    expect(left.peaks[0]).toBeGreaterThan(2 * left.peaks[1]);
    await page.close();
  });
});
