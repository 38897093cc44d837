/** Prefix of the fragment that names a scene (scene-address.ts reads all of it). */
export const sceneMark = '#scene=';

/** Prefix of a packed run in the fragment of an address. */
export const runMark = '#run=';

/** Seed of a scene whose address names none. */
export const usualSeed = '7';

/** The address of a scene from tick 0. */
export function writeSceneAddress(scene: string, seed: string): string {
  const words = new URLSearchParams({ scene, ...(seed === usualSeed ? {} : { seed }) });
  return `#${words}`;
}

/**
 * Puts the origin of the world into the address, or removes it: the address names no other world than the one that is shown.
 * @param step whether Back returns to what was shown before
 */
export function showAddress(fragment: string, step = false): void {
  if (location.hash === fragment) return;
  const address = fragment || location.pathname + location.search;
  if (step) history.pushState(undefined, '', address);
  else history.replaceState(history.state, '', address);
}
