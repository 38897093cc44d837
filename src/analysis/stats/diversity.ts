import { log } from '../../math/elementary.ts';
import { expm1 } from '../../math/expm1.ts';
import { type AlleleTable, alleleCounts } from './allele-table.ts';

/** Shares of pairs of copies of a locus that differ. @experimental */
export interface Heterozygosity {
  /** Pairs of copies of two organisms: gene diversity H_S; NaN for fewer than two organisms. */
  readonly between: number;
  /** The two copies of an organism: observed heterozygosity H_O; NaN for haploids, and without organisms. */
  readonly within: number;
}

/**
 * Gene diversity and observed heterozygosity of a group at a locus. Pairs of copies of different organisms make H_S unbiased also where organisms are inbred
 * (Cockerham 1973, Genetics 74: 679); for haploids it is Nei's n/(n - 1) (1 - sum p^2) (Nei 1987, Molecular Evolutionary Genetics, eq. 8.4).
 * @experimental
 */
export function heterozygosity(table: AlleleTable, group: ArrayLike<number>, locus: number): Heterozygosity {
  const { ploidy, loci, alleles } = table;
  const n = group.length;
  const { copies, counts } = alleleCounts(table, group, locus);
  let identical = 0;
  for (const count of counts) identical += count * (count - 1);
  let homozygous = 0;
  if (ploidy === 2) {
    for (let g = 0; g < n; g++) {
      const at = 2 * group[g] * loci + locus;
      if (alleles[at] === alleles[at + loci]) homozygous++;
    }
  }
  const inside = n * ploidy * (ploidy - 1);
  return {
    between: n < 2 ? Number.NaN : 1 - (identical - 2 * homozygous) / (copies * (copies - 1) - inside),
    within: ploidy === 1 || n === 0 ? Number.NaN : 1 - homozygous / n,
  };
}

/** Means over loci. @experimental */
export interface Diversity extends Heterozygosity {
  /** Alleles at a locus. */
  readonly alleles: number;
  /** F_IS = 1 - H_O / H_S, of the means; NaN for haploids and without diversity. */
  readonly fixation: number;
}

/**
 * Diversity of a group at some loci.
 * @param loci places of loci; one or more
 * @experimental
 */
export function diversity(table: AlleleTable, group: ArrayLike<number>, loci: ArrayLike<number>): Diversity {
  let [between, within, alleles] = [0, 0, 0];
  for (let k = 0; k < loci.length; k++) {
    const one = heterozygosity(table, group, loci[k]);
    between += one.between;
    within += one.within;
    alleles += alleleCounts(table, group, loci[k]).counts.length;
  }
  const mean = (sum: number) => sum / loci.length;
  return {
    between: mean(between),
    within: mean(within),
    alleles: mean(alleles),
    fixation: between > 0 ? 1 - within / between : Number.NaN,
  };
}

/**
 * Alleles by the number of their copies, summed over loci: entry i is the number of alleles with i copies, up to all copies of the group.
 * @experimental
 */
export function alleleSpectrum(table: AlleleTable, group: ArrayLike<number>, loci: ArrayLike<number>): Uint32Array {
  const spectrum = new Uint32Array(group.length * table.ploidy + 1);
  for (let k = 0; k < loci.length; k++) {
    for (const count of alleleCounts(table, group, loci[k]).counts) spectrum[count]++;
  }
  return spectrum;
}

/**
 * Expected number of alleles in a neutral sample with infinite alleles: the sum of theta / (theta + i), i = 0 to n - 1 (Ewens 1972, Theor. Popul. Biol.
 * 3: 87).
 * @param n copies sampled
 * @experimental
 */
export function expectedAlleles(theta: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += theta / (theta + i);
  return theta > 0 ? sum : Math.min(1, n);
}

/**
 * Ewens's theta: at which `expectedAlleles` is the number of alleles. Infinite where every copy is an allele of its own.
 * @param alleles mean number of alleles at a locus
 * @returns 0 for a single allele, NaN for fewer than two copies
 * @experimental
 */
export function ewensTheta(alleles: number, n: number): number {
  if (n < 2) return Number.NaN;
  if (alleles <= 1) return 0;
  if (alleles >= n) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, 1];
  while (expectedAlleles(high, n) < alleles) [low, high] = [high, 2 * high];
  for (let step = 0; step < 200 && high - low > 1e-12 * high; step++) {
    const middle = low + (high - low) / 2;
    if (expectedAlleles(middle, n) < alleles) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

/**
 * Effective size by what pairs of copies kept of their difference over a time: (1 - Q2)/(1 - Q1) = (1 - 1/(ploidy Ne))^g (Crow & Kimura 1970, p. 345; Falconer
 * & Mackay 1996, ch. 4).
 * @param before share of pairs that were not identical by descent, @param after the same g generations later
 * @returns in organisms; infinite if identity did not rise, NaN where nothing is left to lose
 * @experimental
 */
export function inbreedingEffectiveSize(before: number, after: number, generations: number, ploidy: 1 | 2): number {
  if (!(before > 0 && after > 0 && generations > 0)) return Number.NaN;
  if (after >= before) return Number.POSITIVE_INFINITY;
  return -1 / (ploidy * expm1(log(after / before) / generations));
}
