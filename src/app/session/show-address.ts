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
