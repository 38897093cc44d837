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
  /** For each trait: change, selection between and within clades, then what each mechanism changed. */
  readonly terms: Float64Array;
}

/** Numbers of a trait before those of the mechanisms. */
export const fixedTerms = 3;

/** Keeps the account of every window between two censuses; the censuses themselves are let go. */
export class PriceLog {
  readonly windows: PriceWindowTerms[];

  constructor(world: Simulation, record: LifeRecord, saved: readonly PriceWindowTerms[] = []) {
    this.windows = [...saved];
    record.onCensus((opened) => {
      const closed = record.lastCensus.find(({ population, tick }) => population === opened.population && tick > opened.tick);
      if (!opened.descendants || !closed || opened.count === 0 || closed.count === 0) return;
      const { traits } = world.populations[opened.population];
      const width = fixedTerms + opened.mechanisms.length;
      const terms = new Float64Array(traits.length * width);
      for (let t = 0; t < traits.length; t++) {
        const { change, levels, byMechanism } = priceOfCensuses(opened, closed, t, traits.length);
        terms.set([change, levels.between, levels.within, ...byMechanism.map(({ value }) => value)], t * width);
      }
      const { population, tick: from, count: ancestors } = opened;
      this.windows.push({ population, from, to: closed.tick, ancestors, living: closed.count, terms });
    });
  }
}
