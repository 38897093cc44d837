/** Puts the origin of the world into the address, or removes it: the address names no other world than the one that is shown. */
export function showAddress(fragment: string): void {
  if (location.hash !== fragment) history.replaceState(history.state, '', fragment || location.pathname + location.search);
}
