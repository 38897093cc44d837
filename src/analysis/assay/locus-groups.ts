/**
 * Visits the loci with the clades of their copies numbered from 0 on, in the order in which they occur.
 * @param copies of each locus
 * @param clades one for each copy and locus, `loci` a copy: the local trees, whole numbers from 0 on. Or one for each organism, to which all its
 *   copies belong
 * @param visit gets the number of each copy's clade, valid until the next locus, and the number of clades
 */
export function groupsByLocus(
  clades: ArrayLike<number>,
  copies: number,
  loci: number,
  visit: (locus: number, groups: Int32Array, count: number) => void,
): void {
  const groups = new Int32Array(copies);
  if (clades.length !== copies * loci) {
    const count = ofOrganisms(clades, groups);
    for (let l = 0; l < loci; l++) visit(l, groups, count);
    return;
  }
  let most = 0;
  for (let at = 0; at < clades.length; at++) if (clades[at] > most) most = clades[at];
  // Place of a clade, above `base` if it occurred at this locus: nothing has to be cleared between loci.
  const places = new Int32Array(most + 1);
  for (let l = 0, base = 1; l < loci; l++, base += copies) {
    let count = 0;
    for (let c = 0; c < copies; c++) {
      const name = clades[c * loci + l];
      if (places[name] < base) places[name] = base + count++;
      groups[c] = places[name] - base;
    }
    visit(l, groups, count);
  }
}

function ofOrganisms(clades: ArrayLike<number>, groups: Int32Array): number {
  const each = groups.length / clades.length;
  const places = new Map<number, number>();
  for (let c = 0; c < groups.length; c++) {
    const name = clades[Math.floor(c / each)];
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    groups[c] = place;
  }
  return places.size;
}
