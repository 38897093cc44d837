import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { patient, shoot } from './open-browser.ts';

const checker = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Brings the checker into a page, past its content policy, which forbids every script but the page's own. */
export const addChecker = (page: Page): Promise<unknown> => page.evaluate(checker);

/** What the checker finds on the page as it is now, one line a rule, and what juts out of the instrument that is open. */
export const violations = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    interface Axe {
      run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    }
    const { axe } = globalThis as unknown as { axe: Axe };
    // The dark page differs by its colours alone, and is checked after the light one.
    const only = document.documentElement.dataset.theme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    const found = await axe.run({ resultTypes: ['violations'], ...only });
    const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    const instrument = document.getElementById('instrument');
    if (!instrument || instrument.scrollWidth <= instrument.clientWidth) return told;
    const edge = instrument.getBoundingClientRect().left + instrument.clientWidth;
    const out = [...instrument.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > edge + 1);
    return [...told, `juts out: ${out.map(({ outerHTML }) => outerHTML.slice(0, 120)).join(' | ')}`];
  });

/** Expects that the checker finds nothing, light or dark, and keeps pictures of both; leaves the page light. @param name of the pictures, if wanted */
export async function expectAccessible(page: Page, name?: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme), patient).toBe(colorScheme);
    expect(await violations(page)).toEqual([]);
    if (name !== undefined) await shoot(page, `${colorScheme}-${name}`);
  }
}
