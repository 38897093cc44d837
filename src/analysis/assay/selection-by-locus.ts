/** Selection differentials, a number a locus. */
export interface LocusSelection {
  readonly between: Float64Array;
  readonly within: Float64Array;
}

/**
 * Selection on copies of loci, split by clades: Cov(w, z) = Cov over clades of their means + mean over clades of Cov within (Price 1972, Ann.
 * Hum. Genet. 35: 485), locus by locus, w the number of copies relative to the mean.
 * @param fitness numbers of copies, `loci` a copy; @param values of them, laid out alike
 * @param clades one for each copy and locus, laid out alike: the local trees. Or one for each organism, to which all its copies belong
 * @returns all zero at a locus that has no copies left
 */
export function selectionByLocus(
  fitness: Float64Array,
  values: Float64Array,
  loci: number,
  clades: ArrayLike<number>,
): LocusSelection {
  const copies = fitness.length / loci;
  const [between, within] = [new Float64Array(loci), new Float64Array(loci)];
  const local = clades.length === fitness.length;
  const perClade = local ? 1 : copies / clades.length;
  const groups = new Int32Array(copies);
  let count = local ? 0 : group(groups, (c) => clades[Math.floor(c / perClade)]);
  for (let l = 0; l < loci; l++) {
    if (local) count = group(groups, (c) => clades[c * loci + l]);
    const [sizes, sums] = [new Float64Array(count), new Float64Array(count)];
    let mean = 0;
    for (let c = 0; c < copies; c++) {
      const w = fitness[c * loci + l];
      mean += w / copies;
      sizes[groups[c]]++;
      sums[groups[c]] += w;
    }
    if (!(mean > 0)) continue;
    for (let c = 0; c < copies; c++) {
      // Cov within is mean (w - w_group) z, between mean w_group z: deviations of one factor are enough.
      const own = sums[groups[c]] / sizes[groups[c]];
      const z = values[c * loci + l] / (mean * copies);
      within[l] += (fitness[c * loci + l] - own) * z;
      between[l] += (own - mean) * z;
    }
  }
  return { between, within };
}

/** Numbers groups from 0 on in the order in which they are met; returns how many there are. */
export function group(groups: Int32Array, nameOf: (copy: number) => number): number {
  const places = new Map<number, number>();
  for (let c = 0; c < groups.length; c++) {
    const name = nameOf(c);
    let place = places.get(name);
    if (place === undefined) places.set(name, (place = places.size));
    groups[c] = place;
  }
  return places.size;
}
