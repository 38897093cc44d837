/**
 * Makes one species of all that pairs connect and renames rows: the smaller merge into the largest, of equal ones the later into
 * the earlier. Returns the species that ended, ascending, each with the species of its members now.
 * @param ofRow species of each row
 */
export function mergeNames(
  pairs: readonly (readonly [number, number])[],
  ofRow: Int32Array,
): (readonly [from: number, into: number])[] {
  if (pairs.length === 0) return [];
  const sizes = new Map<number, number>();
  for (const species of ofRow) sizes.set(species, (sizes.get(species) ?? 0) + 1);
  const size = (species: number) => sizes.get(species) ?? 0;
  const together = new Map<number, Set<number>>();
  for (const pair of pairs) {
    const all = new Set(pair.flatMap((species) => [...(together.get(species) ?? [species])]));
    for (const species of all) together.set(species, all);
  }
  const into = new Map<number, number>();
  for (const [species, all] of together) {
    const [largest] = [...all].sort((a, b) => size(b) - size(a) || a - b);
    if (species !== largest) into.set(species, largest);
  }
  for (let row = 0; row < ofRow.length; row++) ofRow[row] = into.get(ofRow[row]) ?? ofRow[row];
  return [...into].sort(([a], [b]) => a - b);
}
