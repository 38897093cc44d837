import type { Packable } from '../record/pack.ts';
import type { Simulation } from '../simulation/types.ts';

/** Births and deaths of one population over the whole run. */
export interface PopulationTotals {
  births: number;
  /** By index of the cause. */
  deaths: number[];
  /** Tick at which its last organism died; null while it is alive. */
  extinctAt: number | null;
}

/** Counts over a whole run, for the summary. */
export class Totals {
  readonly populations: PopulationTotals[];
  /** Sum over ticks of the number of living organisms: the amount of work. */
  organismTicks = 0;

  constructor(simulation: Simulation) {
    this.populations = simulation.populations.map(({ deathCauses }) => ({
      births: 0,
      deaths: deathCauses.map(() => 0),
      extinctAt: null,
    }));
  }

  /** Counts organisms added and removed by hand. */
  afterAct(simulation: Simulation): void {
    for (const [p, population] of simulation.populations.entries()) {
      const totals = this.populations[p];
      const { count, cause } = simulation.deaths(population);
      for (let row = 0; row < count; row++) totals.deaths[cause[row]]++;
      totals.births += simulation.births(population).count;
    }
  }

  afterTick(simulation: Simulation): void {
    this.afterAct(simulation);
    for (const [p, population] of simulation.populations.entries()) {
      const totals = this.populations[p];
      this.organismTicks += population.count;
      if (population.count > 0) totals.extinctAt = null;
      else totals.extinctAt ??= simulation.tick;
    }
  }

  state(): Packable {
    return {
      organismTicks: this.organismTicks,
      populations: this.populations.map(({ births, deaths, extinctAt }) => ({ births, deaths: [...deaths], extinctAt })),
    };
  }

  restore(state: Packable): void {
    const saved = state as unknown as { organismTicks: number; populations: PopulationTotals[] };
    this.organismTicks = saved.organismTicks;
    for (const [p, totals] of saved.populations.entries()) {
      this.populations[p] = { births: totals.births, deaths: [...totals.deaths], extinctAt: totals.extinctAt };
    }
  }
}
