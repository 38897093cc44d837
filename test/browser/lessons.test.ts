import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { addChecker, expectAccessible } from './accessibility.ts';
import { openWorkbench, type PageUnderTest, panel, patient, shoot, type Workbench } from './open-browser.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterAll(() => workbench?.close());

interface LessonFile {
  readonly name: string;
  readonly title: string;
  readonly steps: readonly {
    readonly kind: string;
    readonly title: string;
    readonly text: Record<'easy' | 'full', string>;
    readonly answer?: string;
  }[];
}
const folder = join(import.meta.dirname, '../../assets/lessons');
const lessons = readdirSync(folder).map((file): LessonFile => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const lessonOf = (name: string) => lessons.find((one) => one.name === name) as LessonFile;

// Small: without a graphics card most of the time would go into pictures.
const calm = { viewport: { width: 720, height: 400 }, reducedMotion: 'reduce', colorScheme: 'light', wait: false } as const;
const nav = (page: Page) => page.getByRole('navigation', { name: 'Steps' });
const step = (page: Page) => page.getByRole('region', { name: 'Step' });
const heading = (page: Page) => step(page).getByRole('heading').first();
const next = (page: Page) => nav(page).getByRole('button', { name: /^(Next|Skip)$/ });

/** Waits for a lesson whose address was opened. */
async function begin(page: Page, name: string) {
  await nav(page).waitFor(patient);
  await expect.poll(() => heading(page).textContent(), patient).toBe(lessonOf(name).steps[0].title);
}

/** Opens an address in a page that is open. */
const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

const ownAnswer = 'On average, with noise.';

/** Answers what step `i` asks and lets its world run; then shows the next one. */
async function pass(page: Page, kind: string, i: number, choice = 1) {
  await expect.poll(() => nav(page).textContent(), patient).toContain(`Step ${i + 1} of`);
  if (kind === 'predict' || kind === 'ask') {
    const radio = step(page).getByRole('radio').nth(choice);
    const slider = step(page).getByRole('slider').last();
    if ((await radio.count()) > 0) await radio.check();
    else if ((await slider.count()) > 0) await slider.press('ArrowUp');
    else {
      await step(page).getByRole('textbox').fill(ownAnswer);
      await step(page).getByRole('button', { name: 'Show an answer' }).click();
    }
  }
  if (kind === 'run') {
    await expect.poll(() => next(page).isDisabled(), patient).toBe(true);
    await step(page).getByRole('button', { name: 'As fast as possible' }).click();
    await step(page)
      .getByText(/^Done at tick/)
      .waitFor(patient);
  }
  await expect.poll(() => next(page).isEnabled(), patient).toBe(true);
  await next(page).click();
}

async function saved(page: Page, name: string): Promise<string> {
  const waiting = page.waitForEvent('download');
  await step(page).getByRole('button', { name }).click();
  return readFileSync(await (await waiting).path(), 'utf8');
}

/** What a lesson that was taken to its end saves: a row for each step that asked, ran or measured. */
async function expectAnswers(page: Page, name: string, level: 'easy' | 'full') {
  const { steps } = lessonOf(name);
  await expect.poll(() => heading(page).textContent(), patient).toBe('You have reached the end');
  const json = JSON.parse(await saved(page, 'Save as JSON'));
  expect(json).toMatchObject({ format: 'upslope-lesson-answers', version: 1, lesson: name, level });
  const asked = steps.filter(({ kind }) => kind !== 'say' && kind !== 'explain');
  expect(json.answers.map((row: { kind: string }) => row.kind)).toEqual(asked.map(({ kind }) => kind));
  for (const row of json.answers) {
    if (row.kind === 'run') expect(row).toMatchObject({ tick: expect.any(Number), seed: expect.any(String) });
    else if (row.kind === 'check') expect(row).toMatchObject({ value: expect.any(Number), seed: expect.any(String) });
    else expect(row.answer).not.toBe('');
  }
  const csv = (await saved(page, 'Save as CSV')).trim().split('\n');
  expect(csv).toHaveLength(1 + json.answers.length);
  expect(csv[0]).toBe('lesson,step,kind,id,title,answer,right,measure,value,deviation,samples,from,tick,seed');
}

// One page for all of them: each page more would load and start the simulation again.
describe('a lesson that comes with the page', () => {
  const names = lessons.map(({ name }) => name).filter((name) => name !== 'hawks-and-doves');
  let opened: PageUnderTest;
  beforeAll(async () => {
    opened = await workbench.open(`#lesson=${names[0]}`, calm);
    // Pictures once a second: here they are only passed.
    await opened.page.evaluate(() => {
      const soon = globalThis.requestAnimationFrame.bind(globalThis);
      globalThis.requestAnimationFrame = (draw) => Number(setTimeout(() => soon(draw), 1000));
    });
  });
  afterAll(() => workbench?.tidy());

  test.each(names)('%s can be taken from its first step to its answers', async (name) => {
    const { page, errors } = opened;
    await go(page, `#lesson=${name}`);
    await begin(page, name);
    const { steps } = lessonOf(name);
    for (const [i, { kind, title, text }] of steps.entries()) {
      await expect.poll(() => nav(page).textContent(), patient).toContain(`Step ${i + 1} of ${steps.length}`);
      expect(await heading(page).textContent()).toBe(title);
      await expect.poll(() => step(page).textContent()).toContain(text.full);
      await pass(page, kind, i);
    }
    await expectAnswers(page, name, 'full');
    expect(errors).toEqual([]);
  });
});

describe('a lesson', () => {
  afterEach(() => workbench?.tidy());

  test('shows an answer beside what was written, on request and after writing', async () => {
    const own = { ...lessonOf('gradient-descent'), name: 'own', title: 'Own' };
    const question = own.steps.findLast(({ kind }) => kind === 'ask');
    const { page, errors } = await workbench.open('#lesson=drift', calm);
    await begin(page, 'drift');
    await page.getByRole('button', { name: 'Leave' }).click();
    await giveFile(page, { ...own, steps: [{ ...own.steps[0], kind: 'say' }, question] });
    await expect.poll(() => heading(page).textContent(), patient).toBe(own.steps[0].title);
    await next(page).click();
    const show = step(page).getByRole('button', { name: 'Show an answer' });
    await expect.poll(() => show.isDisabled(), patient).toBe(true);
    const written = step(page).getByRole('textbox');
    await written.fill('   ');
    expect(await show.isDisabled()).toBe(true);
    await written.fill(ownAnswer);
    expect(await step(page).textContent()).not.toContain('An answer');
    await show.click();
    await step(page).getByRole('region', { name: 'You wrote' }).getByText(ownAnswer).waitFor();
    expect(await step(page).getByRole('region', { name: 'An answer' }).textContent()).toContain(question?.answer);
    await nav(page).getByRole('button', { name: 'Back' }).click();
    await next(page).click();
    // It stays as it was, also for the file of answers.
    await step(page).getByRole('region', { name: 'You wrote' }).getByText(ownAnswer).waitFor();
    expect(await written.count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('measures what the command line measures, has two reading levels, and fits screen readers, a phone and 200 % zoom', async () => {
    const name = 'hawks-and-doves';
    const { page, errors } = await workbench.open(`#lesson=${name}`, { ...calm, viewport: { width: 390, height: 800 } });
    await begin(page, name);
    const { steps } = lessonOf(name);
    await page.getByRole('button', { name: 'Easy words' }).click();
    await addChecker(page);
    for (const [i, { kind, title, text }] of steps.entries()) {
      await expect.poll(() => nav(page).textContent(), patient).toContain(`Step ${i + 1} of`);
      expect(await heading(page).textContent()).toBe(title);
      await expect.poll(() => step(page).textContent()).toContain(text.easy);
      if ([3, 6, 8].includes(i)) await expectAccessible(page, i === 6 ? 'lesson-phone' : undefined);
      if (i === 4) await changePrediction(page);
      if (i === 5) {
        await step(page).getByText('It fits what was measured.').waitFor(patient);
        // `upslope lesson hawks-and-doves`: step 6 has 0.3307, standard deviation 0.02989.
        expect(await step(page).textContent()).toContain('0.331 ± 0.030');
        await lookBack(page);
      }
      await pass(page, kind, i, i === 3 ? 2 : 1);
    }
    await expectAnswers(page, name, 'easy');
    // 1100 by 700 at 200 %.
    await page.setViewportSize({ width: 550, height: 350 });
    const isWhole = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    await nav(page).getByRole('button', { name: 'Back' }).click();
    expect(await isWhole()).toBe(true);
    expect(await next(page).isVisible()).toBe(true);
    await shoot(page, 'lesson-zoomed');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await isWhole()).toBe(true);
    expect(errors).toEqual([]);
  });

  test('is opened from its list, by keys, left by one button, and Back returns to it', async () => {
    const { page, errors } = await workbench.open('#scene=hawk-dove&instrument=mechanisms', { ...calm, wait: true });
    expect(await page.getByRole('link', { name: 'Hawks and doves' }).getAttribute('href')).toBe('#lesson=hawks-and-doves');
    await page.getByRole('button', { name: 'Lessons' }).click();
    const list = page.getByRole('dialog', { name: 'Lessons' });
    // Lessons about the scene that is shown come first.
    await expect
      .poll(() => list.getByRole('listitem').first().textContent(), patient)
      .toMatch(/^Hawks and doves.*about this scene/);
    expect(await list.getByRole('listitem').count()).toBe(lessons.length);
    await addChecker(page);
    await expectAccessible(page, 'lessons');
    await list.getByRole('button', { name: /^Hawks and doves/ }).press('Enter');
    await nav(page).waitFor(patient);
    expect(new URL(page.url()).hash).toBe('#lesson=hawks-and-doves');
    await expect.poll(() => heading(page).textContent(), patient).toBe('Two ways to get food');
    await heading(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => heading(page).textContent(), patient).toBe('Each player has a gene');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => heading(page).textContent(), patient).toBe('Two ways to get food');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('combobox', { name: 'Scene' }).waitFor(patient);
    await page.goBack();
    await nav(page).waitFor(patient);
    await page.reload();
    await expect.poll(() => heading(page).textContent(), patient).toBe('Two ways to get food');
    await page.goBack();
    await page.getByRole('combobox', { name: 'Scene' }).waitFor(patient);
    expect(errors).toEqual([]);
  });

  test('is left for the address that the page was taken to, though its own world comes and shows its address meanwhile', async () => {
    const { page, errors } = await workbench.open('#lesson=hawks-and-doves', { ...calm, wait: false });
    await nav(page).waitFor(patient);
    await page.evaluate(() => {
      const newURL = new URL('#scene=peacocks', location.href).href;
      dispatchEvent(new HashChangeEvent('hashchange', { newURL }));
    });
    await page.getByRole('combobox', { name: 'Scene' }).waitFor(patient);
    await expect.poll(() => page.evaluate(() => location.hash), patient).toBe('#scene=peacocks');
    expect(errors).toEqual([]);
  });

  test('is named beside a scene also where that says nothing of what to look for', async () => {
    const { lookFor: _, ...scene } = JSON.parse(readFileSync(join(folder, '../../scenes/hawk-dove.json'), 'utf8'));
    const link = packLink(encodeShare({ scene, seed: '7', changes: [], tick: 0 }));
    const { page } = await workbench.open(`#run=${link}`, { ...calm, wait: true });
    await page.locator('body').press('m');
    await panel(page).getByText('About this scene').waitFor(patient);
    expect(await panel(page).getByRole('link', { name: 'Hawks and doves' }).isVisible()).toBe(true);
    expect(await panel(page).getByRole('button', { name: 'Stop mutation' }).isVisible()).toBe(true);
    expect(await panel(page).getByText('Findings and source').isVisible()).toBe(true);
  });

  test('has a sheet for the teacher, which prints whole', async () => {
    const { page, errors } = await workbench.open('#lesson=drift&for=teacher', { ...calm, wait: false });
    await page.getByRole('heading', { name: 'Chance and population size: for the teacher' }).waitFor(patient);
    await addChecker(page);
    await expectAccessible(page, 'lesson-sheet');
    for (const { text } of lessonOf('drift').steps) expect(await page.locator('main').textContent()).toContain(text.easy);
    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('main');
    expect(await sheet.evaluate((main) => main.scrollHeight - main.clientHeight)).toBe(0);
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'To the lesson' }).click();
    await nav(page).waitFor(patient);
    expect(errors).toEqual([]);
  });

  test('that the page does not have, and one from a file that is wrong, are refused in one line; a right one is opened', async () => {
    const { page } = await workbench.open('#lesson=drafts', { ...calm, wait: true });
    const notice = () => page.locator('footer [role="status"]').textContent();
    await expect
      .poll(notice, patient)
      .toMatch(/lesson 'drafts' does not come with this page; it has drift, .* Meadow is open instead\./);
    const own = { ...lessonOf('hawks-and-doves'), name: 'own', title: 'My own lesson' };
    await giveFile(page, { ...own, scene: 'hawk-doves' });
    await expect.poll(notice, patient).toContain("own.json: scene 'hawk-doves' does not come with this page");
    await giveFile(page, own);
    await page.getByRole('heading', { name: 'My own lesson' }).waitFor(patient);
    await expect.poll(() => heading(page).textContent(), patient).toBe('Two ways to get food');
  });
});

/** At the first run: a prediction may be changed as long as that has not been played. */
async function changePrediction(page: Page) {
  await nav(page).getByRole('button', { name: 'Back' }).click();
  await step(page).getByRole('radio').nth(3).check();
  await next(page).click();
}

/** At the first check: back to the run and to the prediction, which stays as it was judged. */
async function lookBack(page: Page) {
  const back = nav(page).getByRole('button', { name: 'Back' });
  await back.click();
  await step(page)
    .getByText(/^Done at tick 600/)
    .waitFor(patient);
  await back.click();
  const chosen = step(page).getByRole('radio').nth(3);
  expect(await chosen.isChecked()).toBe(true);
  // The world has shown the answer.
  expect(await chosen.isDisabled()).toBe(true);
  await next(page).click();
  await next(page).click();
  await expect.poll(() => nav(page).textContent(), patient).toContain('Step 6 of');
}

/** Opens a lesson from a file. */
async function giveFile(page: Page, json: unknown) {
  await page.getByRole('button', { name: 'Lessons' }).click();
  const list = page.getByRole('dialog', { name: 'Lessons' });
  await list.locator('input[type="file"]').setInputFiles({
    name: 'own.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(json)),
  });
}
