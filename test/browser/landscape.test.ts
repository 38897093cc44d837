import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addChecker, expectAccessible } from './accessibility.ts';
import { canvas, openWorkbench, panel, patient, shoot, type Workbench } from './open-browser.ts';
import { openSmall } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

async function openScene(page: Page, name: string): Promise<void> {
  await page.selectOption('#scene', name);
  await page.waitForFunction((scene) => document.querySelector<HTMLSelectElement>('#scene')?.value === scene, name);
  await page.waitForFunction(() => globalThis.upslope.figures().tick > 0);
  await page.locator('.pane path.way').first().waitFor({ state: 'attached' });
}

/** Different colours in the middle of the drawn world: shading, contours, points. */
const coloursOf = async (page: Page): Promise<number> => {
  const picture = (await canvas(page).screenshot()).toString('base64');
  return page.evaluate(async (base64) => {
    // The content policy lets pages load no pictures from texts.
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]));
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return seen.size;
  }, picture);
};

describe('a landscape', () => {
  test('is shown with contours, points and the way of the mean, and its plane is chosen by keys, accessible in light and dark', async () => {
    const { page, errors } = await workbench.open('#scene=hawk-dove', {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await addChecker(page);
    for (const scene of ['annealing', 'mutations-in-flight'] as const) {
      await openScene(page, scene);
      await canvas(page).focus();
      await page.keyboard.press('0');
      await page.waitForFunction(() => globalThis.upslope.figures().tick > 200, undefined, patient);
      // Flat out the world would take the processor from the page that is looked at.
      await page.keyboard.press('1');
      await page.keyboard.press(' ');
      if (!(await page.locator('#plane').isVisible())) await page.keyboard.press('l');
      await panel(page)
        .getByRole('img', { name: /^Cosine of the step to the/ })
        .waitFor();
      await expect.poll(() => coloursOf(page), patient).toBeGreaterThan(40);
      await expect.poll(() => page.locator('.pane path.step').first().getAttribute('d'), patient).toMatch(/^M/);
      await page.locator('#plane').focus();
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => page.locator('.pane text.title').first().textContent(), patient).toMatch(/^along the gradient/);
      await page.getByRole('button', { name: 'Align again' }).press('Enter');
      await expectAccessible(page, `landscape-gradient-${scene}`);
      await page.locator('#plane').focus();
      await page.keyboard.press('ArrowUp');
      await page.locator('#locus-y').focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('3');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('.pane text.title').nth(1).textContent(), patient).toMatch(/^locus 3/);
      await page.selectOption('#palette', 'fitness');
      await page.waitForTimeout(600);
      await expectAccessible(page, `landscape-${scene}`);
      await page.selectOption('#palette', 'lineage');
      await panel(page)
        .getByRole('img', { name: /^Speed/ })
        .evaluate((plot) => plot.scrollIntoView({ block: 'center' }));
      await page.waitForTimeout(300);
      await shoot(page, `light-landscape-plots-${scene}`);
    }
    // What has no meaning here is not there.
    await expect.poll(() => page.getByRole('button', { name: 'Minimap' }).count()).toBe(0);
    await expect.poll(() => page.locator('#palette option[value="energy"]').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('three models are shown side by side, in step with the world, accessible in light and dark', async () => {
    const { page, errors } = await workbench.open('#scene=hawk-dove', {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await addChecker(page);
    await page.selectOption('#scene', 'three-models');
    const models = page.getByRole('region', { name: 'Three models side by side' });
    await models.getByRole('img').first().waitFor();
    await expect.poll(() => models.getByRole('img').count()).toBe(3);
    await page.waitForFunction(() => globalThis.upslope.figures().tick > 60, undefined, patient);
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    const { tick } = await page.evaluate(() => globalThis.upslope.address());
    await expect.poll(() => models.textContent(), patient).toContain(`Turn ${tick}.`);
    await expectAccessible(page, 'three-models');
    await page.keyboard.press('Escape');
    await page.locator('.pane path.way').first().waitFor({ state: 'attached' });
    await expect.poll(() => models.count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('the lab answers questions beside it, and saves what it answers', async () => {
    const { page, errors } = await workbench.open('#scene=annealing', {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await openScene(page, 'hawk-dove');
    await canvas(page).focus();
    await page.keyboard.press(' ');
    await page.keyboard.press('l');
    await panel(page).getByText('Questions of the lab').click();
    await page.locator('#lab-question').selectOption('bits');
    await panel(page).getByRole('spinbutton', { name: 'generations' }).fill('50');
    await panel(page).getByRole('spinbutton', { name: 'generations' }).press('Enter');
    const answer = page.getByRole('region', { name: 'Answer of the lab' });
    await answer.getByRole('img', { name: 'Latent bits: 102 rows of 1 run' }).waitFor();
    await expect.poll(() => answer.textContent()).toContain('Bits revealed');
    await page.locator('#lab-question').selectOption('noise');
    await panel(page).getByRole('spinbutton', { name: 'draws' }).fill('50');
    await panel(page).getByRole('spinbutton', { name: 'runs' }).fill('2');
    await panel(page).getByRole('spinbutton', { name: 'runs' }).press('Enter');
    await answer.getByRole('img', { name: 'Noise of steps: 15 rows of 2 runs' }).waitFor(patient);
    const download = page.waitForEvent('download');
    await answer.getByRole('button', { name: 'Answer as CSV' }).press('Enter');
    expect((await download).suggestedFilename()).toBe('hawk-dove-noise.csv');
    await answer.scrollIntoViewIfNeeded();
    await addChecker(page);
    await expectAccessible(page, 'lab-questions');
    await panel(page).getByRole('spinbutton', { name: 'size (organisms)', exact: true }).fill('1');
    await panel(page).getByRole('spinbutton', { name: 'size (organisms)', exact: true }).press('Enter');
    expect(
      await panel(page)
        .getByRole('spinbutton', { name: 'size (organisms)', exact: true })
        .evaluate((field: HTMLInputElement) => field.validity.valid),
    ).toBe(false);
    expect(errors).toEqual([]);
  });

  test('a world in the plane has no landscape, and says so', async () => {
    const { page, errors } = await openSmall(workbench, 10, {
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await expect.poll(() => page.getByRole('tab', { name: 'Landscape' }).count()).toBe(0);
    await canvas(page).focus();
    await page.keyboard.press('l');
    await expect.poll(() => page.locator('footer [role="status"]').textContent()).toContain('This world has no landscape');
    await openScene(page, 'mutations-in-flight');
    await page.getByRole('tab', { name: 'Landscape' }).waitFor();
    // The other instruments go on working.
    await canvas(page).focus();
    await page.keyboard.press(' ');
    // The world that is left may still be the one that is drawn.
    const picks = async () => {
      await canvas(page).focus();
      await page.keyboard.press('Enter');
      return panel(page).getByText('Line of descent').count();
    };
    await expect.poll(picks, patient).toBeGreaterThan(0);
    for (const [key, text] of [
      ['v', 'Coordinate 1'],
      ['t', /species/i],
      ['m', 'Landscape and model'],
      ['e', /format/i],
    ] as const) {
      await canvas(page).focus();
      await page.keyboard.press(key);
      await panel(page).getByText(text).first().waitFor();
    }
    // One trait: who invades whom, by keys.
    await openScene(page, 'hawk-dove');
    await canvas(page).focus();
    await page.keyboard.press(' ');
    await page.keyboard.press('l');
    await panel(page).getByRole('spinbutton', { name: 'From' }).fill('-4');
    await panel(page).getByRole('spinbutton', { name: 'From' }).press('Enter');
    const invasion = page.getByRole('region', { name: 'Invasion' });
    await invasion.getByText('At -0.6931: attracting, and neutral there').waitFor();
    await invasion.scrollIntoViewIfNeeded();
    await addChecker(page);
    await expectAccessible(page, 'invasion');
    await page.selectOption('#scene', 'meadow');
    await page.waitForFunction(() => globalThis.upslope.figures().alive[0] > 1000, undefined, patient);
    await expect.poll(() => page.getByRole('tab', { name: 'Landscape' }).count()).toBe(0);
    expect(errors).toEqual([]);
  });
});
