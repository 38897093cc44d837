import { ClimbLog } from '../analysis/climb/climb-log.ts';
import type { ClimbWindow } from '../analysis/climb/climb-of-window.ts';
import { lociBetween } from '../analysis/price/loci-of-censuses.ts';
import { priceOfCensuses } from '../analysis/price/price-of-censuses.ts';
import { expression } from '../analysis/price/price-of-loci.ts';
import { immigration } from '../analysis/price/price-of-window.ts';
import { copyChannels } from '../population/copy-counts.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Census } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';

/** Price's equation of all traits of a population between two censuses. */
export interface PriceWindowTerms {
  /** Index of the population. */
  readonly population: number;
  readonly from: number;
  readonly to: number;
  readonly ancestors: number;
  readonly living: number;
  /** For each trait: change, selection between and within clades, what each mechanism changed, what introduced organisms changed. */
  readonly terms: Float64Array;
  /** For each trait the standard errors of selection and of its parts between and within clades; absent from runs of earlier versions. */
  readonly errors?: Float64Array;
  /** Degrees of freedom of these errors; absent from runs of earlier versions. */
  readonly freedom?: number;
  /** The same by copies of the loci that the traits read; absent if they were not followed. */
  readonly loci?: LocusTerms;
}

/** Price's equation by copies of loci of all traits of a population between two censuses. */
export interface LocusTerms {
  /** For each trait: change, selection between and within clades, selection by each channel, what each writer changed, expression, what introduced organisms changed. */
  readonly terms: Float64Array;
  /** For each trait the standard errors of selection and of its parts between and within clades. */
  readonly errors: Float64Array;
  /** For each trait. */
  readonly freedom: Float64Array;
}

/** Numbers of a trait before those of the mechanisms. */
export const fixedTerms = 3;

/** Numbers of a trait in an account by copies of loci, for this number of mechanisms that write values. */
export const locusTermCount = (writers: number): number => fixedTerms + copyChannels.length + writers + 2;

/** What is kept of the windows between censuses. */
export interface Accounts {
  readonly prices: readonly PriceWindowTerms[];
  /** For each population. */
  readonly climbs: readonly { readonly windows: readonly ClimbWindow[]; readonly scale: Float64Array }[];
}

/** Windows of a population that are kept: about 8 kB each, and more than a panel can draw. So runs of any length need no more memory than this. */
export const mostWindows = 4000;

/** Keeps the accounts of the last windows between two censuses; the censuses themselves are dropped. */
export class AccountLog {
  private readonly prices: PriceWindowTerms[];
  private readonly climbs: readonly ClimbLog[];
  /** Number of windows that were closed since this log was made, also of those without an account, and of the accounts that it was made with. */
  closed: number;

  constructor(world: Simulation, record: LifeRecord, saved?: Accounts) {
    this.prices = [...(saved?.prices ?? [])];
    this.closed = this.prices.length;
    this.climbs = world.populations.map(
      ({ name, traits }, p) => new ClimbLog(name, traits.length, world.seed, saved?.climbs[p], mostWindows),
    );
    record.onCensus((opened) => {
      this.closed += 1;
      const closed = record.lastCensus.find(({ population, tick }) => population === opened.population && tick > opened.tick);
      if (!opened.descendants || !closed || opened.count === 0 || closed.count === 0) return;
      const { traits } = world.populations[opened.population];
      // The last one stays 0 if no organism was introduced.
      const width = fixedTerms + opened.mechanisms.length + 1;
      const terms = new Float64Array(traits.length * width);
      const standardErrors = new Float64Array(3 * traits.length);
      let freedom = 1;
      for (let t = 0; t < traits.length; t++) {
        const { change, levels, errors, byMechanism } = priceOfCensuses(opened, closed, t, traits.length);
        terms.set([change, levels.between, levels.within, ...byMechanism.map(({ value }) => value)], t * width);
        standardErrors.set([errors.selection, errors.between, errors.within], 3 * t);
        freedom = errors.freedom;
      }
      const { population, tick: from, count: ancestors } = opened;
      const loci = locusTerms(opened, closed, traits.length);
      const window = {
        population,
        from,
        to: closed.tick,
        ancestors,
        living: closed.count,
        terms,
        errors: standardErrors,
        freedom,
      };
      this.prices.push(loci ? { ...window, loci } : window);
      if (this.prices.length > mostWindows * world.populations.length) this.prices.shift();
      this.climbs[population].add(opened, closed);
    });
  }

  /** The current accounts. */
  keep(): Accounts {
    return { prices: [...this.prices], climbs: this.climbs.map(({ windows, scale }) => ({ windows: [...windows], scale })) };
  }
}

function locusTerms(opened: Census, closed: Census, traits: number): LocusTerms | undefined {
  const window = lociBetween(opened, closed, traits);
  if (!window) return undefined;
  const writers = opened.locus?.writers ?? [];
  const width = locusTermCount(writers.length);
  const terms = new Float64Array(traits * width);
  const errors = new Float64Array(3 * traits);
  const freedom = new Float64Array(traits);
  for (let t = 0; t < traits; t++) {
    const account = window.account(t);
    const made = (mechanism: string) => account.byMechanism.find((one) => one.mechanism === mechanism)?.value ?? 0;
    const channels = account.byChannel.map(({ value }) => value);
    const { levels } = account;
    terms.set(
      [account.change, levels.between, levels.within, ...channels, ...[...writers, expression, immigration].map(made)],
      t * width,
    );
    errors.set([account.errors.selection, account.errors.between, account.errors.within], 3 * t);
    freedom[t] = account.errors.freedom;
  }
  return { terms, errors, freedom };
}
