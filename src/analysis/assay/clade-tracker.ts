import type { Population } from '../../population/population.ts';
import type { Observer, Simulation } from '../../simulation/types.ts';

/** Keeps, for each living organism, its ancestor along first parents among those that lived when the tracker was made. @public */
export class CladeTracker implements Observer {
  private readonly labels = new Map<number, number>();
  /** Labelled dead that may be revived. */
  private readonly banked = new Set<number>();

  constructor(
    _simulation: Simulation,
    private readonly population: Population,
  ) {
    for (const id of population.table.f64('id').subarray(0, population.count)) this.labels.set(id, id);
  }

  afterTick(simulation: Simulation): void {
    const births = simulation.births(this.population);
    for (let k = 0; k < births.count; k++) {
      this.labels.set(births.id[k], this.labels.get(births.parent[k]) ?? births.id[k]);
    }
    // Only the living and those in the bank are looked up; those that leave in the tick of their child's birth have been looked up above.
    const { bank } = this.population;
    for (const id of this.banked) {
      if (bank?.holds(id)) continue;
      this.banked.delete(id);
      this.labels.delete(id);
    }
    const deaths = simulation.deaths(this.population);
    for (let k = 0; k < deaths.count; k++) {
      if (bank?.holds(deaths.id[k])) this.banked.add(deaths.id[k]);
      else this.labels.delete(deaths.id[k]);
    }
  }

  afterAct(simulation: Simulation): void {
    this.afterTick(simulation);
  }

  /** The ancestor of a living organism; of those that came from outside, or from a parent that had died before, the first of the line. */
  ancestorOf(id: number): number {
    return this.labels.get(id) ?? id;
  }

  /** Clades of the living in the order of their ids. */
  clades(): Float64Array {
    const ids = this.population.table.f64('id').slice(0, this.population.count).sort();
    return ids.map((id) => this.ancestorOf(id));
  }
}
