/** What is read here of a scene, as in its file or parsed. */
export interface SceneSwitches {
  readonly populations?: Readonly<Record<string, object>>;
  readonly changes?: readonly { readonly path: string }[];
  readonly tryThis?: readonly { readonly set?: readonly { readonly path: string }[] }[];
}

/**
 * Ids of the mechanisms that a scene is about: it begins with them, changes them, or offers to try them.
 * @param population only those of this population
 */
export function mechanismsIn({ populations = {}, changes = [], tryThis = [] }: SceneSwitches, population?: string): Set<string> {
  const found = new Set<string>();
  for (const [name, { mechanisms = {} }] of Object.entries(populations) as [
    string,
    { mechanisms?: Record<string, { on?: unknown }> },
  ][]) {
    if (population !== undefined && name !== population) continue;
    for (const [id, { on }] of Object.entries(mechanisms)) if (on === true) found.add(id);
  }
  for (const { path } of [...changes, ...tryThis.flatMap(({ set = [] }) => set)]) {
    const [, name, id] = /^populations\.([^.]+)\.mechanisms\.([^.]+)\./.exec(path) ?? [];
    if (id !== undefined && (population === undefined || name === population)) found.add(id);
  }
  return found;
}
