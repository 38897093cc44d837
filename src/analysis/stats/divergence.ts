import { type AlleleTable, alleleCounts } from './allele-table.ts';
import { heterozygosity } from './diversity.ts';

/**
 * F_ST in Nei's form, 1 - H_S / H_T, where the total counts each of the groups alike and pairs within groups too: H_T = H_S/d + (1 - 1/d) D (Nei 1973, PNAS
 * 70: 3321; Slatkin 1991, Genet. Res. 58: 167).
 * @param within H_S, mean over groups of the share of pairs of copies of two organisms of a group that differ
 * @param between D, the same for pairs of two groups (D_xy), mean over pairs of groups
 * @param groups their number d, 2 or more
 * @returns NaN where nothing varies
 * @experimental
 */
export function neiFst(within: number, between: number, groups: number): number {
  const total = within / groups + (1 - 1 / groups) * between;
  return total > 0 ? 1 - within / total : Number.NaN;
}

/**
 * D_xy of two groups at a locus: the share of pairs, one copy from each, that differ (Nei & Li 1979, PNAS 76: 5269).
 * @returns NaN for an empty group
 * @experimental
 */
export function pairsThatDiffer(table: AlleleTable, one: ArrayLike<number>, other: ArrayLike<number>, locus: number): number {
  const [a, b] = [alleleCounts(table, one, locus), alleleCounts(table, other, locus)];
  let identical = 0;
  for (let i = 0, j = 0; i < a.alleles.length && j < b.alleles.length; ) {
    if (a.alleles[i] === b.alleles[j]) identical += a.counts[i++] * b.counts[j++];
    else if (a.alleles[i] < b.alleles[j]) i++;
    else j++;
  }
  return 1 - identical / (a.copies * b.copies);
}

/** Divergence of groups over some loci. @experimental */
export interface Divergence {
  /** Of means over loci of H_S and D, which is a ratio of sums and not a mean of ratios. */
  readonly fst: number;
  /** Mean D_xy over pairs of groups and loci. */
  readonly between: number;
  /** Mean H_S over groups and loci. */
  readonly within: number;
}

/**
 * Divergence of two or more groups.
 * @param groups each of two or more organisms
 * @experimental
 */
export function divergence(table: AlleleTable, groups: readonly ArrayLike<number>[], loci: ArrayLike<number>): Divergence {
  const d = groups.length;
  let [within, between] = [0, 0];
  for (let k = 0; k < loci.length; k++) {
    for (let a = 0; a < d; a++) {
      within += heterozygosity(table, groups[a], loci[k]).between / (d * loci.length);
      for (let b = 0; b < a; b++) {
        between += (2 * pairsThatDiffer(table, groups[a], groups[b], loci[k])) / (d * (d - 1) * loci.length);
      }
    }
  }
  return { fst: neiFst(within, between, d), between, within };
}
