/** A species and all its descendants. */
export function cladeOf(species: readonly { readonly id: number; readonly parent: number }[], id: number): number[] {
  const inside = new Set([id]);
  for (const one of species) if (inside.has(one.parent)) inside.add(one.id);
  return [...inside];
}

/** A species and its ancestors, back to the first one. */
export function pathOf(species: readonly { readonly id: number; readonly parent: number }[], id: number): number[] {
  const parents = new Map(species.map((one) => [one.id, one.parent]));
  const path: number[] = [];
  for (let at = id; parents.has(at); at = parents.get(at) as number) path.push(at);
  return path;
}
