import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import armsRace from '../../scenes/arms-race.json';
import juice from '../../scenes/juice.json';
import { addChecker, expectAccessible } from './accessibility.ts';
import { notice, openWorkbench, panel, patient, tickOf, type Workbench } from './open-browser.ts';
import { openAt } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const colour = (page: Page) => page.getByLabel('Colour', { exact: true });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const selected = (page: Page, name: string) => tab(page, name).getAttribute('aria-selected');
const legend = (page: Page) => page.locator('main .legend').first();
const calm = { viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' } as const;

describe('what a scene says of its view', () => {
  test('is shown when it opens, gives way to a person, and to what an address names', async () => {
    const { page, errors } = await workbench.open('#scene=peacocks', calm);
    await expect.poll(() => colour(page).inputValue(), patient).toBe('trait:display');
    expect(await selected(page, 'Traits')).toBe('true');
    await expect.poll(() => page.getByRole('radio', { name: 'As fast as possible' }).getAttribute('aria-checked')).toBe('true');
    await expect.poll(() => legend(page).textContent(), patient).toMatch(/plain.*showy/s);
    await page.keyboard.press(' ');
    const first = panel(page).getByRole('region', { name: 'Plots of the scene' });
    await expect
      .poll(() => first.getByRole('heading').allTextContents(), patient)
      .toEqual(['Mean display', 'Mean preference', 'Living']);
    await addChecker(page);
    await expectAccessible(page, 'view-peacocks');
    // The same again keeps what a person has chosen.
    await colour(page).selectOption('age');
    await tab(page, 'Price').click();
    await page.getByRole('button', { name: 'Restart from tick 0' }).click();
    await expect.poll(() => notice(page), patient).toMatch(/same world from tick 0/);
    await expect.poll(() => colour(page).inputValue()).toBe('age');
    expect(await selected(page, 'Price')).toBe('true');
    // Another scene has its own view, without forgetting which instrument a person chose last.
    await page.evaluate(() => {
      location.hash = '#scene=juice';
    });
    await expect.poll(() => colour(page).inputValue(), patient).toBe('chance:eat');
    expect(await selected(page, 'Traits')).toBe('true');
    await page.evaluate(() => {
      location.hash = '#scene=peacocks&instrument=climb';
    });
    await expect.poll(() => selected(page, 'Climb'), patient).toBe('true');
    await page.evaluate(() => {
      location.hash = '#scene=meadow';
    });
    await expect.poll(() => colour(page).inputValue(), patient).toBe('lineage');
    expect(errors).toEqual([]);
  });

  test('pauses a world once at its tick; the genomes of a needle have a picture', async () => {
    const { page, errors } = await workbench.open('#scene=baldwin', calm);
    await expect.poll(() => notice(page), patient).toMatch(/^Paused at tick 100, as the scene says/);
    expect(await tickOf(page)).toBe(100);
    const picture = panel(page).getByRole('img', { name: /^Genomes of 150 of 1,000 organisms at 20 loci: \d+ % right, / });
    await picture.waitFor(patient);
    expect(
      await panel(page)
        .getByText(/right \d+ %/)
        .count(),
    ).toBeGreaterThan(0);
    await addChecker(page);
    await expectAccessible(page, 'view-baldwin');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => tickOf(page), patient).toBeGreaterThan(110);
    expect(errors).toEqual([]);
  });

  test('is the first sentence of the tour, in every scene', async () => {
    const { page } = await workbench.open('#scene=rock-paper-scissors', calm);
    await page.keyboard.press(' ');
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Take the tour again' }).click();
    const guide = page.getByRole('region', { name: 'Guided start' });
    await expect.poll(() => guide.textContent(), patient).toMatch(/1 of 7 Neighbours play\./);
    await page.evaluate(() => {
      location.hash = '#scene=marks';
    });
    await expect.poll(() => guide.textContent(), patient).toMatch(/Each point is a genome of two loci/);
  });

  test('draws the bodies of the world from low to high in its legend, where these are drawn in detail', async () => {
    const { prey, predators } = armsRace.populations;
    const few = {
      ...armsRace,
      habitat: { ...armsRace.habitat, width: 192, height: 192 },
      populations: { prey: { ...prey, founders: 150 }, predators: { ...predators, founders: 20 } },
    };
    const { page, errors } = await openAt(workbench, few, 1, calm, '?detail=full');
    const bodies = (name: string | RegExp) => legend(page).getByRole('img', { name });
    await bodies('Predators').waitFor(patient);
    await bodies(/^Top speed, from low to high: slender body/).waitFor(patient);
    // Pixels of the three bodies: drawn, and not all alike.
    const covers = () =>
      bodies(/^Top speed/).evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement;
        const data = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
        const sums = [0, 0, 0];
        for (let i = 3; i < data.length; i += 4) sums[Math.floor((((i >> 2) % width) * 3) / width)] += data[i] > 128 ? 1 : 0;
        return sums;
      });
    await expect.poll(async () => Math.min(...(await covers())), patient).toBeGreaterThan(20);
    expect(new Set(await covers()).size).toBeGreaterThan(1);
    expect(errors).toEqual([]);
  });

  test('has a legend with the names of all populations and the length of its bar, in the width beside an instrument', async () => {
    const few = Object.fromEntries(Object.entries(juice.populations).map(([name, one]) => [name, { ...one, founders: 5 }]));
    const { page, errors } = await openAt(
      workbench,
      { ...juice, populations: few },
      1,
      { ...calm, viewport: { width: 1366, height: 768 } },
      '?detail=full',
    );
    await legend(page).getByRole('img', { name: 'Every hundredth time' }).waitFor(patient);
    const hidden = () =>
      legend(page).evaluate((box) =>
        [...box.querySelectorAll('.row, .shapes')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
          .map(({ className }) => className),
      );
    await expect.poll(hidden).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('is edited in the form of the scene editor', async () => {
    const { page } = await workbench.open('#scene=hawk-dove', calm);
    await page.keyboard.press('s');
    await panel(page).getByRole('button', { name: 'Form' }).click();
    await panel(page).getByLabel('Find a parameter').fill('view.legend');
    const low = panel(page).getByLabel('Low end');
    await expect.poll(() => low.inputValue(), patient).toBe('dove, a disc');
    await low.fill('peaceful');
    await low.press('Tab');
    await panel(page).getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => legend(page).textContent(), patient).toMatch(/peaceful.*hawk/s);
  });
});
