import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openWorkbench, panel, patient, shoot, type Workbench } from './open-browser.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterEach(() => workbench?.tidy());
afterAll(() => workbench?.close());

/** Tabs of instruments of which another element, or the edge of the window, hides the middle. */
const hiddenTabs = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role="tab"]')]
      .filter((tab) => {
        const { left, top, width, height } = tab.getBoundingClientRect();
        return !tab.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      })
      .map((tab) => tab.getAttribute('aria-label')),
  );

describe('a low window', () => {
  test('shows every tab of the dock, also above the line of the tour', async () => {
    for (const height of [620, 480]) {
      const { page, errors } = await workbench.open('', { viewport: { width: 1366, height }, guided: false });
      await page.locator('.guide').waitFor(patient);
      expect(await page.locator('[role="tab"]').count()).toBeGreaterThan(10);
      expect({ height, hidden: await hiddenTabs(page) }).toEqual({ height, hidden: [] });
      await shoot(page, `low-${height}`);
      expect(errors).toEqual([]);
    }
  });
});

describe('an instrument at its usual width', () => {
  test('breaks long names of buttons, and leaves room between a heading and its button', async () => {
    const { page, errors } = await workbench.open('#scene=islands', { viewport: { width: 1280, height: 720 } });
    const across = panel(page).getByRole('button', { name: /^Move one in a thousand across/ });
    await across.waitFor(patient);
    const fits = () => panel(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
    expect(await fits()).toBe(true);
    await page.keyboard.press('Enter');
    const button = panel(page).getByRole('button', { name: 'Highlight relatives' });
    await button.waitFor(patient);
    const gap = await button.evaluate((one) => {
      const heading = one.parentElement?.querySelector('h3');
      if (!heading) return 0;
      const words = document.createRange();
      words.selectNodeContents(heading);
      return one.getBoundingClientRect().left - words.getBoundingClientRect().right;
    });
    expect(gap).toBeGreaterThanOrEqual(8);
    expect(await fits()).toBe(true);
    await shoot(page, 'organism-heading');
    expect(errors).toEqual([]);
  });
});
