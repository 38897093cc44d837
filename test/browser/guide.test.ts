import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addChecker, expectAccessible } from './accessibility.ts';
import { openWorkbench, panel, patient, type Workbench } from './open-browser.ts';
import { openSmall } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const guide = (page: Page) => page.getByRole('region', { name: 'Guided start' });
const step = async (page: Page) => Number.parseInt((await guide(page).textContent()) ?? '', 10);
const calm = { viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce', colorScheme: 'light', guided: false } as const;

describe('the first five minutes', () => {
  test('lead through the page by what one does, by keys; what there is to look for ticks itself off; never again afterwards', async () => {
    const { page, errors } = await workbench.open('', calm);
    await guide(page).waitFor(patient);
    await addChecker(page);
    await expectAccessible(page, 'guide');
    expect(await step(page)).toBe(1);
    await guide(page).getByRole('button', { name: 'Next' }).click();
    await page.getByRole('img', { name: /^The world/ }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => step(page), patient).toBe(3);
    await page.keyboard.press('0');
    await expect.poll(() => step(page), patient).toBe(4);
    // Flat out the world would take the processor from what is looked at.
    await page.keyboard.press('1');
    await page.keyboard.press(' ');
    await page.keyboard.press('v');
    await expect.poll(() => step(page), patient).toBe(5);
    await page.keyboard.press('m');
    await panel(page).getByRole('button', { name: 'Show all 4' }).click();
    const looked = panel(page).locator('.look li');
    const mutation = looked.filter({ hasText: 'Switch mutation off' }).getByRole('checkbox');
    await expect.poll(() => mutation.isChecked()).toBe(false);
    await page.getByRole('switch', { name: 'Mutation' }).click();
    await expect.poll(() => step(page), patient).toBe(6);
    await expect.poll(() => mutation.isChecked(), patient).toBe(true);
    // What only a person can see is ticked by hand.
    const first = looked.filter({ hasText: 'Colour by lineage' }).getByRole('checkbox');
    await first.check();
    await expect
      .poll(
        () =>
          panel(page)
            .getByText(/\d of 4 seen/)
            .count(),
        patient,
      )
      .toBe(1);
    await page.keyboard.press('p');
    await expect.poll(() => step(page), patient).toBe(7);
    await guide(page).getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => guide(page).count(), patient).toBe(0);
    await page.reload();
    await page.waitForFunction(() => globalThis.upslope?.firstFrame() > 0, undefined, patient);
    await expect.poll(() => guide(page).count()).toBe(0);
    // It can be had again.
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Take the tour again' }).click();
    await guide(page).waitFor(patient);
    await guide(page).getByRole('button', { name: 'Skip the tour' }).click();
    expect(errors).toEqual([]);
  });

  test('every control says what it means: to the keyboard at once, to a pointer that rests, to a reader of the screen', async () => {
    const { page, errors } = await openSmall(workbench, 10, { ...calm, guided: true });
    const tip = page.locator('[role="tooltip"]:popover-open');
    const mutation = panel(page).locator('article', { hasText: 'from its parent’s.' }).last();
    await mutation.locator('summary', { hasText: 'Parameters' }).focus();
    await page.keyboard.press('Tab');
    await expect
      .poll(() => tip.textContent(), patient)
      .toMatch(/^Root mean square of the change of a locus .* Usual value: [\d.]+\.$/);
    const field = mutation.getByRole('spinbutton', { name: /^Size of mutations/ });
    expect(
      await field.evaluate((input) => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent),
    ).toBe(await tip.textContent());
    await addChecker(page);
    await expectAccessible(page, 'help');
    await page.keyboard.press('Escape');
    await expect.poll(() => tip.count()).toBe(0);
    await field.hover();
    await tip.waitFor(patient);
    // What is fixed is told by its name.
    await panel(page).getByText('Genome', { exact: true }).click();
    await panel(page).locator('button.term:visible').first().click();
    await expect.poll(() => tip.count(), patient).toBe(1);
    expect(errors).toEqual([]);
  });
});

describe('without a network', () => {
  test('the page opens again after the first load, with all its instruments', async () => {
    const { page, errors } = await openSmall(workbench, 10, {
      viewport: { width: 1280, height: 720 },
      serviceWorkers: 'allow',
    });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, patient);
    await page.context().setOffline(true);
    await page.reload();
    await page.waitForFunction(
      () => globalThis.upslope?.firstFrame() > 0 && globalThis.upslope.figures().tick > 0,
      undefined,
      patient,
    );
    for (const [key, text] of [
      ['t', /species/i],
      ['c', 'How this is measured'],
      ['r', 'seeds'],
      ['h', 'Freezer'],
      ['e', /format/i],
    ] as const) {
      await page.keyboard.press(key);
      await panel(page).getByText(text).first().waitFor(patient);
    }
    // Workers come from what is kept too.
    await page.keyboard.press('c');
    await panel(page).getByText('One assay in detail').click();
    await panel(page).getByLabel('Ticks of each').fill('5');
    await panel(page).getByLabel('Forks', { exact: true }).fill('4');
    await panel(page).getByRole('button', { name: 'Assay now' }).click();
    await panel(page).getByRole('region', { name: 'Assay' }).waitFor(patient);
    expect(errors).toEqual([]);
  });
});
