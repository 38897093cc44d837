import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { encodeShare, type SharedRun } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { addChecker, expectAccessible } from './accessibility.ts';
import { canvas, hashOf, notice, openWorkbench, panel, patient, type Workbench } from './open-browser.ts';
import { openAt, smallMeadow } from './small-meadow.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

const small = smallMeadow({ transfer: { on: true, rate: 0.01 } });

for (const [name, viewport] of [
  ['desk', { width: 1280, height: 720 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`the story of an organism is opened and walked by keys, and an ancestor lives again (${name})`, async () => {
    // Its notice comes after the picture of its tick: one pressed Enter before picks from another picture.
    const { page, errors } = await openAt(workbench, small, 1500, { viewport, reducedMotion: 'reduce', colorScheme: 'light' });
    await canvas(page).focus();
    await page.keyboard.press('Enter');
    const summary = panel(page).locator('summary', { hasText: 'Its story' });
    await summary.focus();
    await page.keyboard.press('Enter');
    const steps = panel(page).locator('details.story ol > li');
    await expect.poll(() => steps.count(), patient).toBeGreaterThan(2);
    expect(await steps.count()).toBeLessThanOrEqual(12);
    const texts = await steps.allInnerTexts();
    expect(texts[0]).toMatch(/a founder/);
    expect(texts.at(-1)).toMatch(/lives, age \d+/);
    expect(texts.slice(1).join(' ')).toMatch(/[\d.−]+ to [\d.−]+, by (mutation|horizontal transfer)/);
    expect(await steps.locator('svg').count()).toBe(await steps.count());
    await summary.evaluate((element) => element.scrollIntoView());
    // It is asked for once: the same elements are there after further reports of the organism.
    const first = await steps.first().elementHandle();
    await page.waitForTimeout(2500);
    expect(await first?.evaluate((element) => element.isConnected)).toBe(true);
    await addChecker(page);
    await expectAccessible(page, `story-${name}`);
    // Not measured: what to do is said.
    expect(await panel(page).getByRole('button', { name: 'Open Climb' }).count()).toBe(1);
    // Tab goes through the ancestors.
    const organisms = steps.locator('p > button.mono');
    await organisms.first().focus();
    const visited: string[] = [];
    for (let presses = 0; presses < 60 && visited.length < (await steps.count()); presses++) {
      const at = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
      const found = /^Highlight the living descendants of organism (\d+)$/.exec(at);
      if (found) visited.push(found[1]);
      await page.keyboard.press('Tab');
    }
    expect(visited).toEqual(await organisms.allTextContents());
    // An ancestor beside its descendant.
    const before = await page.evaluate(() => globalThis.upslope.figures().alive[0]);
    await steps
      .nth(1)
      .getByRole('button', { name: /^Revive beside/ })
      .focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => notice(page), patient)
      .toMatch(new RegExp(`^Organism ${visited[1]} lives again as \\d+, beside ${visited.at(-1)}\\.$`));
    await expect.poll(() => page.evaluate(() => globalThis.upslope.figures().alive[0]), patient).toBe(before + 1);
    // Relatives are highlighted, and one is picked.
    const lights = panel(page).getByRole('button', { name: 'Highlight them' });
    await lights.click();
    expect(await lights.getAttribute('aria-pressed')).toBe('true');
    await expectAccessible(page, `story-${name}-relatives`);
    const relative = panel(page)
      .getByRole('button', { name: /^Pick organism/ })
      .first();
    const id = await relative.textContent();
    await relative.click();
    await expect.poll(() => panel(page).locator('.id').textContent(), patient).toBe(id);
    await expect.poll(() => steps.last().locator('.mono').first().textContent(), patient).toBe(id);
    const address = await page.evaluate(() => globalThis.upslope.address());
    expect(address.changes.map(({ path, at }) => [path, at])).toEqual([['acts.place', 1500]]);
    if (name === 'desk') {
      const hash = await hashOf(page);
      const twin = await workbench.open(`#run=${packLink(encodeShare(address as SharedRun))}`, { wait: false });
      await twin.page.waitForFunction(() => globalThis.upslope?.figures().tick === 1500, undefined, patient);
      await expect.poll(() => hashOf(twin.page), patient).toBe(hash);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        panel(page).getByRole('button', { name: 'Save as SVG' }).click(),
      ]);
      expect(readFileSync(await file.path(), 'utf8')).toContain(`The story of Foragers ${id}`);
      expect(file.suggestedFilename()).toBe(`meadow-7-story-${id}.svg`);
      expect(twin.errors).toEqual([]);
    }
    expect(errors).toEqual([]);
  });
}
