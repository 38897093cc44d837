import { expect } from 'vitest';
import meadow from '../../scenes/meadow.json';
import { encodeShare } from '../../src/scene/share.ts';
import { packLink } from '../../src/worker/pack-link.ts';
import { notice, type OpenOptions, type PageUnderTest, patient, type Workbench } from './open-browser.ts';

const { foragers } = meadow.populations;

/** A meadow of so many lengths each way, with so many founders. @param mechanisms switches beside those of the scene */
export const meadowOf = (side: number, founders: number, mechanisms: Readonly<Record<string, object>> = {}) => ({
  ...meadow,
  habitat: { ...meadow.habitat, width: side, height: side },
  populations: { foragers: { ...foragers, founders, mechanisms: { ...foragers.mechanisms, ...mechanisms } } },
});

/** A meadow of 192 lengths with 150 founders. @param mechanisms switches beside those of the scene */
export const smallMeadow = (mechanisms: Readonly<Record<string, object>> = {}) => meadowOf(192, 150, mechanisms);

/** The end of an address that opens a scene, seed 7, at a tick. */
export const linkTo = (scene: object, tick: number): string =>
  `#run=${packLink(encodeShare({ scene, seed: '7', changes: [], tick }))}`;

/** Opens a scene, paused at a tick, from 1 on: what no test looks at takes no time. @param before what the address has before its link */
export async function openAt(
  workbench: Workbench,
  scene: object,
  tick: number,
  options: OpenOptions = {},
  before = '',
): Promise<PageUnderTest> {
  const opened = await workbench.open(before + linkTo(scene, tick), { ...options, wait: false });
  await opened.page.waitForFunction(
    (goal) => globalThis.upslope?.firstFrame() > 0 && globalThis.upslope.figures().tick === goal,
    tick,
  );
  // What a link says takes a line of the foot, and the first Escape.
  await expect.poll(() => notice(opened.page), patient).toContain('Replayed to tick');
  await opened.page.keyboard.press('Escape');
  await expect.poll(() => notice(opened.page)).toBe('');
  return opened;
}

/** Opens the small meadow, paused at a tick. */
export const openSmall = (workbench: Workbench, tick: number, options: OpenOptions = {}, before = ''): Promise<PageUnderTest> =>
  openAt(workbench, smallMeadow(), tick, options, before);
