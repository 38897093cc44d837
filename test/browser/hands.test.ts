import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encodeShare, type SharedRun } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { addChecker, expectAccessible } from './accessibility.ts';
import { canvas, notice, openWorkbench, panel, patient, type Workbench } from './open-browser.ts';
import { openSmall } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const alive = (page: Page) => page.evaluate(() => globalThis.upslope.figures().alive[0]);
const tool = (page: Page, name: string) => panel(page).getByRole('radio', { name, exact: true }).click();
const calm = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' } as const;

describe('hands in the world', () => {
  test('drop food, clone, edit and remove by keys; a link repeats it to the bit; accessible in light and dark', async () => {
    const { page, errors } = await openSmall(workbench, 60, calm);
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    await canvas(page).focus();
    await page.keyboard.press('h');
    await addChecker(page);
    // Food at the middle of the view, by the key for it.
    await tool(page, 'Drop food');
    await panel(page).getByLabel('Energy per cell').fill('3');
    await canvas(page).focus();
    await page.keyboard.press('x');
    await expect.poll(() => notice(page), patient).toMatch(/^Fruit was dropped by hand on \d+ cells around/);
    await expectAccessible(page, 'hands');
    // Clones of the picked organism.
    await tool(page, 'Clone');
    await panel(page).getByLabel('Number', { exact: true }).fill('7');
    const before = await alive(page);
    await panel(page).getByRole('button', { name: 'Clone at the middle of the view' }).click();
    await expect.poll(() => notice(page), patient).toMatch(/^7 cloned by hand from organism \d+ of foragers\.$/);
    await expect.poll(() => alive(page), patient).toBe(before + 7);
    // Its genome, segment by segment.
    await page.keyboard.press('Escape');
    const picked = await panel(page).locator('.mono').first().textContent();
    await panel(page).getByRole('button', { name: 'Edit genome' }).click();
    const segments = panel(page).getByLabel('Segment');
    const named = await segments.locator('option', { hasText: 'body' }).first().getAttribute('value');
    await segments.selectOption(named as string);
    const size = panel(page).getByRole('spinbutton', { name: 'body.size' });
    await size.fill('1.25');
    await size.press('Enter');
    await expect.poll(() => notice(page), patient).toContain(`The genome of organism ${picked} was edited at 1 locus by hand`);
    await expect.poll(() => panel(page).locator('.mono').first().textContent(), patient).not.toBe(picked);
    await expectAccessible(page, 'hands-edit');
    await panel(page).getByRole('button', { name: 'Remove', exact: true }).first().click();
    await expect.poll(() => notice(page), patient).toMatch(/^Organism \d+ was removed by hand\.$/);
    await expect.poll(() => alive(page), patient).toBe(before + 6);
    expect(await page.evaluate(() => globalThis.upslope.runTo(160))).toBe(true);
    const hash = await page.evaluate(() => globalThis.upslope.hash());
    const address = await page.evaluate(() => globalThis.upslope.address());
    expect(address.changes.map(({ path }) => path)).toEqual(['acts.food', 'acts.place', 'acts.edit', 'acts.remove']);
    const twin = await workbench.open(`#run=${packLink(encodeShare(address as SharedRun))}`, { wait: false });
    await twin.page.waitForFunction(() => globalThis.upslope?.figures().tick === 160, undefined, patient);
    expect(await twin.page.evaluate(() => globalThis.upslope.hash())).toBe(hash);
    // The timeline tells what was done.
    const marks = twin.page.locator('footer [aria-label*="by hand"], footer title');
    await expect.poll(() => marks.count(), patient).toBeGreaterThan(0);
    expect([...errors, ...twin.errors]).toEqual([]);
  });

  test('wall off, carry and remove by pointer, and take an organism of the freezer into another world', async () => {
    const { page, errors } = await openSmall(workbench, 30, calm);
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    await canvas(page).focus();
    await page.keyboard.press('h');
    const box = (await canvas(page).boundingBox()) as { x: number; y: number; width: number; height: number };
    const [mx, my] = [box.x + box.width / 2, box.y + box.height / 2];
    await tool(page, 'Wall off');
    await page.mouse.click(mx - 80, my - 60);
    await expect.poll(() => notice(page), patient).toMatch(/^One corner of the barrier is set/);
    await page.mouse.click(mx - 20, my - 10);
    await expect.poll(() => notice(page), patient).toMatch(/^Barrier added/);
    await tool(page, 'Carry');
    await page.mouse.click(mx - 50, my - 35);
    await expect.poll(() => notice(page), patient).toMatch(/there is a barrier at .*; choose open ground/);
    await page.mouse.click(mx + 60, my + 40);
    await expect.poll(() => notice(page), patient).toMatch(/was carried by hand to/);
    await tool(page, 'Open a wall');
    await page.mouse.click(mx - 50, my - 35);
    await expect.poll(() => notice(page), patient).toBe('1 barrier removed.');
    await panel(page).getByRole('button', { name: 'Freeze' }).click();
    await expect.poll(() => notice(page), patient).toMatch(/is in the freezer/);
    await panel(page)
      .getByRole('textbox', { name: /^Name of Foragers/ })
      .fill('traveller');
    await page.keyboard.press('Tab');
    await panel(page).getByRole('button', { name: 'Place traveller' }).waitFor(patient);
    // Into a world with other senses: what it lacks is told.
    await page.selectOption('#scene', 'arms-race');
    // The page shows it, a while after the worker has it: two populations.
    await page.waitForFunction(
      () => globalThis.upslope.figures().alive.length === 2 && globalThis.upslope.figures().tick > 5,
      undefined,
      patient,
    );
    await canvas(page).focus();
    await page.keyboard.press(' ');
    // The scene opens with an instrument of its own.
    await page.keyboard.press('h');
    await panel(page).getByRole('button', { name: 'Place traveller' }).click();
    await panel(page).getByRole('button', { name: 'Place at the middle of the view' }).click();
    await expect.poll(() => notice(page), patient).toMatch(/^(traveller was placed; \d+ loci|5 placed by hand in \w+)/);
    // A press on nobody removes nobody.
    await tool(page, 'Remove');
    await page.mouse.click(box.x + 4, box.y + 4);
    await expect.poll(() => notice(page), patient).toMatch(/no organism to remove|outside the world|removed by hand/);
    expect(errors).toEqual([]);
  });
});
