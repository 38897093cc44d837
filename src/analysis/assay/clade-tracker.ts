import type { Population } from '../../population/population.ts';
import type { Observer, Simulation } from '../../simulation/types.ts';

/** Keeps, for each living organism, its ancestor along first parents among those that lived when the tracker was made. @public */
export class CladeTracker implements Observer {
  private readonly labels = new Map<number, number>();

  constructor(
    _simulation: Simulation,
    private readonly population: Population,
  ) {
    for (const id of population.table.f64('id').subarray(0, population.count)) this.labels.set(id, id);
  }

  afterTick(simulation: Simulation): void {
    const births = simulation.births(this.population);
    for (let k = 0; k < births.count; k++) {
      const parent = births.parent[k];
      this.labels.set(births.id[k], parent < 0 ? births.id[k] : (this.labels.get(parent) ?? parent));
    }
    // Where no dead are kept only the living are looked up; those that die in the tick of their child's birth have been looked up above.
    if (this.population.bank) return;
    const deaths = simulation.deaths(this.population);
    for (let k = 0; k < deaths.count; k++) this.labels.delete(deaths.id[k]);
  }

  afterAct(simulation: Simulation): void {
    this.afterTick(simulation);
  }

  /** The ancestor of a living organism; its own id if it came from outside. */
  ancestorOf(id: number): number {
    return this.labels.get(id) ?? id;
  }

  /** Clades of the living in the order of their ids. */
  clades(): Float64Array {
    const ids = this.population.table.f64('id').slice(0, this.population.count).sort();
    return ids.map((id) => this.ancestorOf(id));
  }
}
