import type { Population } from '../population/population.ts';
import type { Observer, Simulation } from '../simulation/types.ts';

/** How an organism has ended. */
export interface End {
  readonly tick: number;
  readonly cause: string;
}

/** Watches one organism from outside and remembers its end. */
export class EndWatch implements Observer {
  readonly population: Population;
  readonly id: number;
  end: End | undefined;

  constructor(population: Population, id: number) {
    this.population = population;
    this.id = id;
  }

  afterAct(simulation: Simulation): void {
    this.afterTick(simulation);
  }

  afterTick(simulation: Simulation): void {
    if (this.end) return;
    const deaths = simulation.deaths(this.population);
    for (let i = 0; i < deaths.count; i++) {
      if (deaths.id[i] !== this.id) continue;
      this.end = { tick: simulation.tick, cause: this.population.deathCauses[deaths.cause[i]] };
      return;
    }
  }
}
