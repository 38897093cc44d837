import { ClimbLog } from '../analysis/climb/climb-log.ts';
import type { ClimbWindow } from '../analysis/climb/climb-of-window.ts';
import { priceOfCensuses } from '../analysis/price/price-of-censuses.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Simulation } from '../simulation/types.ts';

/** Price's equation of all traits of a population between two censuses. */
export interface PriceWindowTerms {
  /** Index of the population. */
  readonly population: number;
  readonly from: number;
  readonly to: number;
  readonly ancestors: number;
  readonly living: number;
  /** For each trait: change, selection between and within clades, what each mechanism changed, what came from outside. */
  readonly terms: Float64Array;
  /** For each trait the standard errors of selection and of its parts between and within clades; absent from runs of earlier versions. */
  readonly errors?: Float64Array;
  /** Degrees of freedom of these errors; absent from runs of earlier versions. */
  readonly freedom?: number;
}

/** Numbers of a trait before those of the mechanisms. */
export const fixedTerms = 3;

/** What is kept of the windows between censuses. */
export interface Accounts {
  readonly prices: readonly PriceWindowTerms[];
  /** For each population. */
  readonly climbs: readonly { readonly windows: readonly ClimbWindow[]; readonly scale: Float64Array }[];
}

/** Keeps the accounts of every window between two censuses; the censuses themselves are let go. */
export class AccountLog {
  private readonly prices: PriceWindowTerms[];
  private readonly climbs: readonly ClimbLog[];

  constructor(world: Simulation, record: LifeRecord, saved?: Accounts) {
    this.prices = [...(saved?.prices ?? [])];
    this.climbs = world.populations.map(({ name, traits }, p) => new ClimbLog(name, traits.length, world.seed, saved?.climbs[p]));
    record.onCensus((opened) => {
      const closed = record.lastCensus.find(({ population, tick }) => population === opened.population && tick > opened.tick);
      if (!opened.descendants || !closed || opened.count === 0 || closed.count === 0) return;
      const { traits } = world.populations[opened.population];
      // The last one stays 0 where nobody came from outside.
      const width = fixedTerms + opened.mechanisms.length + 1;
      const terms = new Float64Array(traits.length * width);
      const told = new Float64Array(3 * traits.length);
      let freedom = 1;
      for (let t = 0; t < traits.length; t++) {
        const { change, levels, errors, byMechanism } = priceOfCensuses(opened, closed, t, traits.length);
        terms.set([change, levels.between, levels.within, ...byMechanism.map(({ value }) => value)], t * width);
        told.set([errors.selection, errors.between, errors.within], 3 * t);
        freedom = errors.freedom;
      }
      const { population, tick: from, count: ancestors } = opened;
      this.prices.push({ population, from, to: closed.tick, ancestors, living: closed.count, terms, errors: told, freedom });
      this.climbs[population].add(opened, closed);
    });
  }

  /** As they are now. */
  keep(): Accounts {
    return { prices: [...this.prices], climbs: this.climbs.map(({ windows, scale }) => ({ windows: [...windows], scale })) };
  }
}
