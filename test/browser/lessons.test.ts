import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addChecker, expectAccessible } from './accessibility.ts';
import { openWorkbench, patient, shoot, type Workbench } from './open-browser.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

interface LessonFile {
  readonly name: string;
  readonly title: string;
  readonly steps: readonly { readonly kind: string; readonly title: string; readonly text: Record<'easy' | 'full', string> }[];
}
const folder = join(import.meta.dirname, '../../assets/lessons');
const lessons = readdirSync(folder).map((file): LessonFile => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const lessonOf = (name: string) => lessons.find((one) => one.name === name) as LessonFile;

const calm = { viewport: { width: 760, height: 520 }, reducedMotion: 'reduce', colorScheme: 'light', wait: false } as const;
const nav = (page: Page) => page.getByRole('navigation', { name: 'Steps' });
const step = (page: Page) => page.getByRole('region', { name: 'Step' });
const heading = (page: Page) => step(page).getByRole('heading').first();
const next = (page: Page) => nav(page).getByRole('button', { name: /^(Next|Skip)$/ });

/** Opens a lesson by its address. */
async function take(name: string, options: object = {}) {
  const opened = await workbench.open(`#lesson=${name}`, { ...calm, ...options });
  await nav(opened.page).waitFor(patient);
  await expect.poll(() => heading(opened.page).textContent(), patient).toBe(lessonOf(name).steps[0].title);
  return opened;
}

/** Answers what step `i` asks and lets its world run; then shows the next one. */
async function pass(page: Page, kind: string, i: number) {
  await expect.poll(() => nav(page).textContent(), patient).toContain(`Step ${i + 1} of`);
  if (kind === 'predict' || kind === 'ask') {
    const radio = step(page).getByRole('radio').nth(1);
    const slider = step(page).getByRole('slider').last();
    if ((await radio.count()) > 0) await radio.check();
    else if ((await slider.count()) > 0) await slider.press('ArrowUp');
    else await step(page).getByRole('textbox').fill('On average, with noise.');
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

describe('a lesson', () => {
  test.each(lessons.map(({ name }) => name))('%s can be taken from its first step to its answers', async (name) => {
    const { page, errors } = await take(name);
    const { steps } = lessonOf(name);
    for (const [i, { kind, title, text }] of steps.entries()) {
      await expect.poll(() => nav(page).textContent(), patient).toContain(`Step ${i + 1} of ${steps.length}`);
      expect(await heading(page).textContent()).toBe(title);
      await expect.poll(() => step(page).textContent()).toContain(text.full);
      await pass(page, kind, i);
    }
    await expect.poll(() => heading(page).textContent(), patient).toBe('You have reached the end');
    const json = JSON.parse(await saved(page, 'Save as JSON'));
    expect(json).toMatchObject({ format: 'upslope-lesson-answers', version: 1, lesson: name, level: 'full' });
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
    expect(errors).toEqual([]);
  });

  test('measures what the command line measures, and judges by it; Back keeps what was given', async () => {
    const { page, errors } = await take('hawks-and-doves');
    const { steps } = lessonOf('hawks-and-doves');
    for (const [i, { kind }] of steps.slice(0, 3).entries()) await pass(page, kind, i);
    await expect.poll(() => nav(page).textContent(), patient).toContain('Step 4 of');
    await step(page).getByRole('radio').nth(3).check();
    await next(page).click();
    await pass(page, 'run', 4);
    await step(page).getByText('It fits what was measured.').waitFor(patient);
    // `upslope lesson hawks-and-doves`: step 6 has 0.3307, standard deviation 0.02989.
    expect(await step(page).textContent()).toContain('0.331 ± 0.030');
    await nav(page).getByRole('button', { name: 'Back' }).click();
    await step(page)
      .getByText(/^Done at tick 600/)
      .waitFor(patient);
    await nav(page).getByRole('button', { name: 'Back' }).click();
    const chosen = step(page).getByRole('radio').nth(3);
    expect(await chosen.isChecked()).toBe(true);
    // The world has shown the answer.
    expect(await chosen.isDisabled()).toBe(true);
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

  test('has two reading levels, is read by screen readers, and fits a phone and 200 % zoom', async () => {
    const { page, errors } = await take('hawks-and-doves', { viewport: { width: 390, height: 800 } });
    const { steps } = lessonOf('hawks-and-doves');
    await page.getByRole('button', { name: 'Easy words' }).click();
    await expect.poll(() => step(page).textContent()).toContain(steps[0].text.easy);
    await addChecker(page);
    for (const [i, { kind }] of steps.slice(0, 9).entries()) {
      await expect.poll(() => nav(page).textContent(), patient).toContain(`Step ${i + 1} of`);
      if (kind === 'ask') await step(page).getByRole('radio').first().check();
      if ([3, 6, 8].includes(i)) await expectAccessible(page, i === 6 ? 'lesson-phone' : undefined);
      await pass(page, kind, i);
    }
    // 1100 by 700 at 200 %.
    await page.setViewportSize({ width: 550, height: 350 });
    const isWhole = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    expect(await isWhole()).toBe(true);
    expect(await next(page).isVisible()).toBe(true);
    await shoot(page, 'lesson-zoomed');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await isWhole()).toBe(true);
    expect(errors).toEqual([]);
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

  test('that the page does not have, or an address that is wrong, is reported in one line', async () => {
    const { page } = await workbench.open('#lesson=drafts', { ...calm, wait: true });
    await expect
      .poll(() => page.locator('footer [role="status"]').textContent(), patient)
      .toMatch(/lesson 'drafts' does not come with this page; it has drift, .* Meadow is open instead\./);
  });

  test('of a person is opened from a file, and refused in one line', async () => {
    const { page } = await workbench.open('', { ...calm, wait: true });
    const own = {
      ...JSON.parse(readFileSync(join(folder, 'hawks-and-doves.json'), 'utf8')),
      name: 'own',
      title: 'My own lesson',
    };
    const give = async (json: unknown) => {
      await page.getByRole('button', { name: 'Lessons' }).click();
      const list = page.getByRole('dialog', { name: 'Lessons' });
      await list.locator('input[type="file"]').setInputFiles({
        name: 'own.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(json)),
      });
    };
    await give({ ...own, scene: 'hawk-doves' });
    await expect
      .poll(() => page.locator('footer [role="status"]').textContent(), patient)
      .toContain("own.json: scene 'hawk-doves' does not come with this page");
    await give(own);
    await page.getByRole('heading', { name: 'My own lesson' }).waitFor(patient);
    await expect.poll(() => heading(page).textContent(), patient).toBe('Two ways to get food');
  });
});
