/**
 * Makes a state outside the component that asks for it first: otherwise its derived values would no longer follow once that component is gone.
 * @returns the state, and what ends its derived values
 */
export function outlive<T extends object>(make: () => T): { readonly made: T; readonly end: () => void } {
  let made: T | undefined;
  const end = $effect.root(() => {
    made = make();
  });
  // Compiled for Node there are no effects, and a root runs nothing.
  return { made: made ?? make(), end };
}
