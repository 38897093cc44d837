import { type AlleleTable, alleleCounts } from './allele-table.ts';

/**
 * Alleles that are mutations: allele m of 0 or more is the last mutation on the line of a copy, which came after `parents[m]` on that line (-1 for none).
 * Alleles below 0 are copies without mutations, each number another founder.
 * @experimental
 */
export interface MutationTable extends AlleleTable {
  readonly parents: Int32Array;
}

/**
 * Derived copies of each mutation that segregates in a group at a locus, as if each had a site of its own (infinite sites): the numbers of copies that carry
 * it or a later one above it, from 1 to n - 1.
 * @experimental
 */
export function derivedCounts(table: MutationTable, group: ArrayLike<number>, locus: number): Uint32Array {
  const { copies, alleles, counts } = alleleCounts(table, group, locus);
  const carried = new Map<number, number>();
  for (let k = 0; k < alleles.length; k++) {
    for (let m = alleles[k]; m >= 0 && !carried.has(m); m = table.parents[m]) carried.set(m, 0);
    if (alleles[k] >= 0) carried.set(alleles[k], counts[k]);
  }
  // Mutations are numbered in the order of time: a parent comes before its children.
  for (const m of [...carried.keys()].sort((a, b) => b - a)) {
    const parent = table.parents[m];
    if (parent >= 0) carried.set(parent, (carried.get(parent) as number) + (carried.get(m) as number));
  }
  return Uint32Array.from([...carried.values()].filter((count) => count < copies));
}

/** The constants of Tajima's D for n copies (Tajima 1989, Genetics 123: 585, eqs. 3 to 9 and 38). */
function constantsOf(n: number) {
  let [a1, a2] = [0, 0];
  for (let i = 1; i < n; i++) {
    a1 += 1 / i;
    a2 += 1 / (i * i);
  }
  const c1 = (n + 1) / (3 * (n - 1)) - 1 / a1;
  const c2 = (2 * (n * n + n + 3)) / (9 * n * (n - 1)) - (n + 2) / (a1 * n) + a2 / (a1 * a1);
  return { a1, e1: c1 / a1, e2: c2 / (a1 * a1 + a2) };
}

/** Mutations of a stretch of the genome in a group. @experimental */
export interface SiteDiversity {
  /** Copies n. */
  readonly copies: number;
  /** Mutations that segregate, S. */
  readonly segregating: number;
  /** pi: mean number of mutations by which two copies differ, over the whole stretch. */
  readonly pairwise: number;
  /** Watterson's theta: S / (1 + 1/2 + ... + 1/(n - 1)), over the whole stretch (Watterson 1975, Theor. Popul. Biol. 7: 256). */
  readonly watterson: number;
  /** Tajima's D; NaN for fewer than 4 copies or without mutations. */
  readonly tajima: number;
  /** Entry i: mutations with i derived copies. */
  readonly spectrum: Uint32Array;
}

/**
 * Site frequencies of a group over some loci, each mutation its own site.
 * @param group places of organisms in the table; their copies are n
 * @experimental
 */
export function siteDiversity(table: MutationTable, group: ArrayLike<number>, loci: ArrayLike<number>): SiteDiversity {
  const n = group.length * table.ploidy;
  const spectrum = new Uint32Array(n + 1);
  for (let k = 0; k < loci.length; k++) for (const count of derivedCounts(table, group, loci[k])) spectrum[count]++;
  return { ...siteFrequencies(spectrum), spectrum };
}

/**
 * S, pi, Watterson's theta and Tajima's D of a spectrum.
 * @param spectrum entry i: mutations with i derived copies of n, of length n + 1
 * @experimental
 */
export function siteFrequencies(spectrum: ArrayLike<number>): Omit<SiteDiversity, 'spectrum'> {
  const n = spectrum.length - 1;
  let [segregating, pairwise] = [0, 0];
  for (let i = 1; i < n; i++) {
    segregating += spectrum[i];
    pairwise += (spectrum[i] * 2 * i * (n - i)) / (n * (n - 1));
  }
  if (n < 2) return { copies: n, segregating, pairwise: Number.NaN, watterson: Number.NaN, tajima: Number.NaN };
  const { a1, e1, e2 } = constantsOf(n);
  const watterson = segregating / a1;
  const variance = e1 * segregating + e2 * segregating * (segregating - 1);
  // With 2 or 3 copies every mutation differs in the same share of pairs, and D is 0 whatever happened.
  const tajima = n >= 4 && variance > 0 ? (pairwise - watterson) / Math.sqrt(variance) : Number.NaN;
  return { copies: n, segregating, pairwise, watterson, tajima };
}
