import { type CopyChannel, copyChannels } from '../../population/copy-counts.ts';
import { type PriceAccount, priceOfWindow } from './price-of-window.ts';

/** Name of the term for the difference between what heterozygotes express and their alleles, beside the mechanisms'. */
export const expression = 'expression';

/** Copies of the locus that a trait reads at one end of a window, `ploidy` an organism. */
export interface LocusEnd {
  /** What each copy would express if both haplotypes had it: for haploids the trait itself. Units of the trait. */
  readonly alleles: ArrayLike<number>;
  /** For each writer, what it has changed along the line of each copy, cumulative. */
  readonly ledgers: readonly { readonly mechanism: string; readonly values: ArrayLike<number> }[];
  /** The trait of each organism. */
  readonly traits: ArrayLike<number>;
}

/** The copies of one locus when a window opens and when it closes. */
export interface CopyWindow {
  readonly before: LocusEnd;
  readonly after: LocusEnd;
  /** By copy at the opening: copies that each channel added until the close. Missing channels added nothing. */
  readonly added: ReadonlyMap<CopyChannel, ArrayLike<number>>;
  /** Clade and family of each copy at the opening: its ancestor one and two censuses before. */
  readonly clades: ArrayLike<number>;
  readonly families: ArrayLike<number>;
}

/** Price's equation of a window by copies of the locus of the trait. */
export interface LocusAccount extends PriceAccount {
  /** Selection split by how copies spread: they sum to it. */
  readonly byChannel: readonly { readonly channel: CopyChannel; readonly value: number }[];
}

/**
 * Price's equation by copies of the locus that a trait reads (Price 1970, Nature 227: 520, with copies as ancestors): W is the number of copies at the close
 * that descend from a copy at the opening, by any channel; transmission is the change along the lines of copies, and so only from writers. Which gametes
 * form, drive and transfer are selection, split by channel: W is 1 plus what the channels added, so Cov(W, a) is the sum of their covariances. The value of a copy is
 * what an organism with that allele alone would express, which is exact for haploids; the difference between heterozygotes and the mean of their two alleles
 * is the term `expression`, 0 if the trait is linear in the locus.
 * @throws {RangeError} as `priceOfWindow`
 */
export function priceOfLoci({ before, after, added, clades, families }: CopyWindow): LocusAccount {
  const { alleles } = before;
  const copies = new Float64Array(alleles.length).fill(1);
  for (const counts of added.values()) for (let i = 0; i < copies.length; i++) copies[i] += counts[i];
  const account = priceOfWindow({
    before: alleles,
    after: after.alleles,
    descendants: copies,
    clades,
    families,
    ledgers: before.ledgers.map(({ mechanism, values }, m) => ({ mechanism, before: values, after: after.ledgers[m].values })),
  });
  const expressed = meanOf(after.traits) - meanOf(before.traits) - account.change;
  const haploid = before.traits.length === alleles.length;
  const total = copies.reduce((sum, count) => sum + count, 0);
  const mean = meanOf(alleles);
  return {
    ...account,
    change: haploid ? account.change : account.change + expressed,
    byMechanism: haploid ? account.byMechanism : [...account.byMechanism, { mechanism: expression, value: expressed }],
    byChannel: copyChannels.map((channel) => {
      const counts = added.get(channel);
      let value = 0;
      if (counts) for (let i = 0; i < alleles.length; i++) value += (counts[i] * (alleles[i] - mean)) / total;
      return { channel, value };
    }),
    ancestors: before.traits.length,
    living: after.traits.length,
  };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
