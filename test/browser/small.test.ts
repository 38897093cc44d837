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
    const { page, errors } = await workbench.open('', { viewport: { width: 1366, height: 620 }, guided: false });
    await page.keyboard.press(' ');
    for (const height of [620, 480]) {
      await page.setViewportSize({ width: 1366, height });
      await page.locator('.guide').waitFor(patient);
      await expect.poll(() => page.locator('[role="tab"]').count()).toBeGreaterThan(10);
      await expect.poll(() => hiddenTabs(page)).toEqual([]);
    }
    expect(errors).toEqual([]);
  });
});

describe('an instrument at its usual width', () => {
  test('breaks long names of buttons, and leaves room between a heading and its button', async () => {
    const { page, errors } = await workbench.open('#scene=islands&instrument=mechanisms', {
      viewport: { width: 1280, height: 720 },
    });
    const across = panel(page).getByRole('button', { name: /^Move one in a thousand across/ });
    await across.waitFor(patient);
    const fits = () => panel(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
    expect(await fits()).toBe(true);
    await page.keyboard.press('1');
    const button = panel(page).getByRole('button', { name: 'Highlight relatives' });
    // At the speed of the scene an organism that is seen may be dead already.
    await expect
      .poll(async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Enter');
        return button.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      }, patient)
      .toBe(true);
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

/** What is wrong with the layout of the page as it is now, a line each; controls of what scrolls up and down are not held to the window's height. */
const faults = (page: Page, coarse: boolean) =>
  page.evaluate((isCoarse) => {
    const found: string[] = [];
    const add = (what: string, of: Element) => {
      const { width, height } = of.getBoundingClientRect();
      found.push(
        `${what}: ${(of.getAttribute('aria-label') || of.id || of.textContent || '').trim().slice(0, 30)} ${width} x ${height}`,
      );
    };
    if (document.documentElement.scrollWidth > innerWidth) found.push(`page ${document.documentElement.scrollWidth} wide`);
    for (const bar of document.querySelectorAll('header, .tools, .transport, .transport .row, .strip, .guide'))
      if (bar.scrollWidth > bar.clientWidth + 1 && bar.clientWidth > 0) add('scrolls sideways', bar);
    for (const control of document.querySelectorAll(
      'button:not(.link), select, input:not([type="file"]), summary, [role="separator"]',
    )) {
      const { left, top, right, bottom, width } = control.getBoundingClientRect();
      if (width === 0 || control.closest('.events')) continue;
      if (left < -0.5 || right > innerWidth + 0.5) add('beside the window', control);
      if (control.closest('nav, #instrument > :not(header)')) continue;
      if (top < -0.5 || bottom > innerHeight + 0.5) add('above or below the window', control);
      else {
        const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        if (!there || !(control.contains(there) || there.contains(control))) add('covered', control);
      }
    }
    if (!isCoarse) return found;
    const targets =
      'button:not(.link), select, summary, input:is([type="text"], [type="number"], [type="range"]), label:has(> [type="checkbox"])';
    for (const target of document.querySelectorAll(targets)) {
      const { width, height } = target.getBoundingClientRect();
      if (width > 0 && !target.closest('.events') && Math.min(width, height) < 43.5) add('under 44 px', target);
    }
    return found;
  }, coarse);

/** Share of the window's height that the world has. */
const worldShare = (page: Page) => canvas(page).evaluate((world) => world.getBoundingClientRect().height / innerHeight);
const sheet = (page: Page) => page.getByRole('separator', { name: 'Height of the sheet' });
const opener = (page: Page) => page.getByRole('button', { name: 'Instruments' });
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

describe('one layout', () => {
  const windows = [
    { width: 390, height: 844, touch: true, least: 0.6 },
    { width: 360, height: 640, touch: true, least: 0.5 },
    { width: 820, height: 1180, touch: true, least: 0.7 },
    { width: 683, height: 384, touch: true, least: 0.5 },
    { width: 641, height: 400, touch: true, least: 0.5 },
    { width: 683, height: 384, touch: false, least: 0.5 },
    { width: 320, height: 568, touch: false, least: 0.4 },
    { width: 1024, height: 600, touch: false, least: 0.65 },
    { width: 1180, height: 820, touch: true, least: 0.7 },
  ];
  test.each(windows)(
    'fits $width x $height (touch: $touch), with and without an instrument',
    async ({ width, height, touch, least }) => {
      const { page, errors } = await openSmall(workbench, 10, {
        viewport: { width, height },
        hasTouch: touch,
        isMobile: touch,
      });
      expect(await faults(page, touch)).toEqual([]);
      expect(await worldShare(page)).toBeGreaterThanOrEqual(least);
      for (const key of ['m', 'v', 't', 'x', 'e']) {
        await page.keyboard.press(key);
        if ((await panel(page).count()) === 0) await page.keyboard.press(key);
        await panel(page).locator('button, select, input').filter({ visible: true }).nth(2).waitFor(patient);
        if (width < 1000) await sheet(page).waitFor(patient);
        expect({ key, faults: await faults(page, touch) }).toEqual({ key, faults: [] });
        // Also beside an instrument there is a world to look at.
        expect(await worldShare(page)).toBeGreaterThanOrEqual(height < 480 ? 0.22 : 0.17);
      }
      expect(errors).toEqual([]);
    },
  );

  test.each(['juice', 'arms-race'])(
    'leaves the world half of a phone held either way where several populations live: %s',
    async (scene) => {
      const { page, errors } = await workbench.open(`#scene=${scene}`, phone);
      await page.keyboard.press(' ');
      for (const viewport of [phone.viewport, { width: 683, height: 384 }]) {
        await page.setViewportSize(viewport);
        await expect.poll(() => page.evaluate(() => innerWidth)).toBe(viewport.width);
        await expect.poll(() => worldShare(page)).toBeGreaterThanOrEqual(0.495);
        await expect.poll(() => faults(page, true)).toEqual([]);
      }
      expect(errors).toEqual([]);
    },
  );

  test('has the line of the tour on a phone, and nothing that the checker objects to', async () => {
    const { page, errors } = await workbench.open('', { ...phone, guided: false, reducedMotion: 'reduce' });
    await page.locator('.guide').waitFor(patient);
    expect(await faults(page, true)).toEqual([]);
    expect(await worldShare(page)).toBeGreaterThanOrEqual(0.5);
    await page.getByRole('button', { name: 'Skip the tour' }).tap();
    await page.keyboard.press(' ');
    await addChecker(page);
    await expectAccessible(page, 'phone');
    await opener(page).tap();
    await sheet(page).waitFor(patient);
    await expectAccessible(page, 'phone-sheet');
    expect(errors).toEqual([]);
  });
});

describe('the sheet from below', () => {
  const heightOf = async (page: Page) => (await panel(page).boundingBox())?.height ?? 0;

  test('is opened by its button, changed by dragging and by keys, and closed by its button, by dragging and by Escape', async () => {
    const { page, errors } = await openSmall(workbench, 10, phone);
    // The browser may take the first tap after a drag for the end of it.
    const open = async () => {
      await expect
        .poll(async () => {
          if ((await panel(page).count()) === 0) await opener(page).tap();
          return sheet(page).isVisible();
        }, patient)
        .toBe(true);
    };
    const drag = async (by: number) => {
      const box = await sheet(page).boundingBox();
      if (!box) throw new Error('the sheet has no grip');
      const [x, y] = [box.x + box.width / 2, box.y + 10];
      const send = await page.context().newCDPSession(page);
      await send.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
      for (const share of [0.3, 0.7, 1])
        await send.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y + share * by }] });
      await send.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await open();
    const first = await heightOf(page);
    await drag(-120);
    await expect.poll(async () => Math.abs((await heightOf(page)) - first - 120), patient).toBeLessThan(8);
    await sheet(page).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => heightOf(page), patient).toBeLessThan(first + 80);
    // Another instrument, in the same sheet.
    await page.getByRole('combobox', { name: 'Instrument' }).selectOption('Traits');
    await panel(page).locator('.uplot').first().waitFor(patient);
    await drag(330);
    await expect.poll(() => panel(page).count(), patient).toBe(0);
    // It has the height that it had before.
    await open();
    await expect.poll(() => heightOf(page), patient).toBeGreaterThan(first);
    await page.getByRole('button', { name: 'Close the dock' }).tap();
    await expect.poll(() => panel(page).count(), patient).toBe(0);
    await open();
    await page.keyboard.press('Escape');
    await expect.poll(() => panel(page).count(), patient).toBe(0);
    await expect.poll(() => opener(page).getAttribute('aria-expanded')).toBe('false');
    expect(await worldShare(page)).toBeGreaterThan(0.6);
    expect(errors).toEqual([]);
  });
});

describe('fingers on the world', () => {
  test('one moves it, two zoom about their middle, a tap picks', async () => {
    const { page, errors } = await openSmall(workbench, 10, { ...phone, allFrames: true });
    const box = await canvas(page).boundingBox();
    if (!box) throw new Error('the world has no box');
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: readonly (readonly [number, number])[]) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([x, y], id) => ({ x: box.x + x, y: box.y + y, id })),
      });
    const id = await page.evaluate(() => globalThis.upslope.nearest() ?? -1);
    const place = async () => (await page.evaluate((one) => globalThis.upslope.whereIs(one), id)) ?? { x: -1, y: -1 };
    const before = await place();
    const { x, y } = before;
    const lengths = async () =>
      ((await page.locator('.legend .bar').boundingBox())?.width ?? 0) /
      Number.parseFloat((await page.locator('.legend .lengths').textContent()) ?? '');
    const scale = await lengths();
    await touch('touchStart', [x - 50, y], [x + 50, y]);
    for (const d of [75, 100]) await touch('touchMove', [x - d, y], [x + d, y]);
    await touch('touchEnd');
    await expect.poll(() => lengths().then((now) => now / scale), patient).toBeCloseTo(2, 1);
    const zoomed = await place();
    expect(Math.abs(zoomed.x - x)).toBeLessThan(3);
    expect(Math.abs(zoomed.y - y)).toBeLessThan(3);
    await touch('touchStart', [x, y - 150]);
    for (const d of [20, 40, 80]) await touch('touchMove', [x, y - 150 + d]);
    await touch('touchEnd');
    await expect.poll(() => place().then((now) => now.y - y), patient).toBeGreaterThan(55);
    expect((await lengths()) / scale).toBeCloseTo(2, 1);
    await expect.poll(() => panel(page).count()).toBe(0);
    const moved = await place();
    await touch('touchStart', [moved.x, moved.y]);
    await touch('touchEnd');
    await expect.poll(() => page.locator('.identity .id').allTextContents(), patient).toEqual([String(id)]);
    // It is in what the sheet leaves of the world.
    await expect
      .poll(async () => {
        const shown = await canvas(page).boundingBox();
        const at = await place();
        return shown !== null && shown.height < box.height && at.y > 0 && at.y < shown.height;
      }, patient)
      .toBe(true);
    await shoot(page, 'phone-picked');
    expect(errors).toEqual([]);
  });
});
