import type { LocusAccount } from '../../analysis/price/price-of-loci.ts';
import { type PriceAccount, priceOfWindow } from '../../analysis/price/price-of-window.ts';
import type { PriceReader } from '../../export/price-reader.ts';

/** Price's equation of a trait over a window, counted in two ways. */
export interface PriceAccounts {
  /** By copies of the locus that the trait reads; undefined where the run did not follow them. */
  readonly loci: LocusAccount | undefined;
  /** By births of organisms, with shares of the whole genome. */
  readonly organisms: PriceAccount;
}

/** How an account counts, as tables name it. */
export const accountNames = ['loci', 'organisms'] as const;

/** Both accounts of some traits over the window between two censuses. */
export async function priceAccounts(
  reader: PriceReader,
  population: string,
  [from, to]: readonly [number, number],
  traits: readonly string[],
): Promise<ReadonlyMap<string, PriceAccounts>> {
  const byOrganisms = await reader.window(population, from, to, traits);
  const byLoci = await reader.lociAccounts(population, from, to, traits);
  return new Map(
    traits.map((trait) => {
      const organisms = byOrganisms.get(trait);
      if (!organisms) throw new Error(`no window of ${trait}`);
      return [trait, { organisms: priceOfWindow(organisms), loci: byLoci.get(trait) }] as const;
    }),
  );
}

/** The account that explains why a trait changed: by copies of its locus where they were followed. */
export const mainAccount = ({ loci, organisms }: PriceAccounts): PriceAccount => loci ?? organisms;

/** Whether the two accounts differ by more than rounding: with sex, transfer or drive they do. */
export function accountsDiffer({ loci, organisms }: PriceAccounts): boolean {
  if (!loci) return false;
  const scale = Math.max(Math.abs(organisms.selection), Math.abs(loci.selection), Math.abs(organisms.change), 1e-300);
  return Math.abs(organisms.selection - loci.selection) > 1e-9 * scale;
}
