import { groupsByLocus } from './locus-groups.ts';

/** Selection differentials, a number a locus. */
export interface LocusSelection {
  readonly between: Float64Array;
  readonly within: Float64Array;
}

/**
 * Selection on copies of loci, split by clades: Cov(w, z) = Cov over clades of their means + mean over clades of Cov within (Price 1972, Ann.
 * Hum. Genet. 35: 485), locus by locus, w the number of copies relative to the mean.
 * @param fitnesses numbers of copies, `loci` a copy, of each account of the same copies
 * @param values of the copies, laid out alike
 * @param clades as `groupsByLocus` takes them
 * @returns one an account; all zero at a locus that has no copies left
 */
export function selectionByLocus(
  fitnesses: readonly Float64Array[],
  values: Float64Array,
  loci: number,
  clades: ArrayLike<number>,
): LocusSelection[] {
  const copies = values.length / loci;
  const selections = fitnesses.map(() => ({ between: new Float64Array(loci), within: new Float64Array(loci) }));
  const [sizes, sums] = [new Float64Array(copies), new Float64Array(copies)];
  groupsByLocus(clades, copies, loci, (l, groups, count) => {
    for (const [f, fitness] of fitnesses.entries()) {
      sizes.fill(0, 0, count);
      sums.fill(0, 0, count);
      let mean = 0;
      for (let c = 0; c < copies; c++) {
        const w = fitness[c * loci + l];
        mean += w / copies;
        sizes[groups[c]]++;
        sums[groups[c]] += w;
      }
      if (!(mean > 0)) continue;
      let [within, between] = [0, 0];
      for (let c = 0; c < copies; c++) {
        // Cov within is mean (w - w_group) z, between mean w_group z: deviations of one factor are enough.
        const own = sums[groups[c]] / sizes[groups[c]];
        const z = values[c * loci + l] / (mean * copies);
        within += (fitness[c * loci + l] - own) * z;
        between += (own - mean) * z;
      }
      selections[f].within[l] = within;
      selections[f].between[l] = between;
    }
  });
  return selections;
}
