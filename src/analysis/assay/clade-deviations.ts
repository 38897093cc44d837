import { groupsByLocus } from './locus-groups.ts';

/**
 * Deviations of copies from the mean of all, of copies from their clade's, and of clades' from that of all, a row a copy; and the mean over
 * loci of the number of clades.
 */
export function cladeDeviations(genomes: Float64Array, clades: ArrayLike<number>, loci: number) {
  const copies = genomes.length / loci;
  const [within, between, whole] = [0, 1, 2].map(() => new Float64Array(copies * loci));
  const [sizes, sums] = [new Float64Array(copies), new Float64Array(copies)];
  let numberOf = 0;
  groupsByLocus(clades, copies, loci, (l, groups, count) => {
    numberOf += count / loci;
    sizes.fill(0, 0, count);
    sums.fill(0, 0, count);
    let grand = 0;
    for (let c = 0; c < copies; c++) {
      const value = genomes[c * loci + l];
      sizes[groups[c]]++;
      sums[groups[c]] += value;
      grand += value / copies;
    }
    for (let c = 0; c < copies; c++) {
      const own = sums[groups[c]] / sizes[groups[c]];
      const at = c * loci + l;
      within[at] = genomes[at] - own;
      between[at] = own - grand;
      whole[at] = genomes[at] - grand;
    }
  });
  return { within, between, whole, numberOf };
}
