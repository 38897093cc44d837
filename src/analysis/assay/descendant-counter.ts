import type { Population } from '../../population/population.ts';
import type { Observer, Simulation } from '../../simulation/types.ts';
import { countDescendants } from '../price/count-descendants.ts';

/** Counts the descendants of every organism that lives when it is made: watches births from then on. @public */
export class DescendantCounter implements Observer {
  /** Ids of the organisms that lived then, ascending. */
  readonly ancestors: Float64Array;
  private readonly opened: number;
  private readonly population: Population;
  private readonly id: number[] = [];
  private readonly birthTick: number[] = [];
  private readonly firstParent: number[] = [];
  private readonly secondParent: number[] = [];
  private readonly share: number[] = [];

  constructor(simulation: Simulation, population: Population) {
    this.population = population;
    this.opened = simulation.tick;
    this.ancestors = population.table.f64('id').slice(0, population.count).sort();
    for (const id of this.ancestors) this.enter(id, simulation.tick, -1, -1, 1);
  }

  afterTick(simulation: Simulation): void {
    const births = simulation.births(this.population);
    for (let k = 0; k < births.count; k++) {
      // Revived organisms whose parent had died before come from outside.
      if (births.sinceDeath[k] > 0 && simulation.tick - births.sinceDeath[k] <= this.opened) {
        this.enter(births.id[k], simulation.tick, -1, -1, 1);
        continue;
      }
      this.enter(births.id[k], simulation.tick, births.parent[k], births.mate[k], births.share[k]);
    }
  }

  afterAct(simulation: Simulation): void {
    this.afterTick(simulation);
  }

  /** Organisms that it knows of: those that lived then, and all births since. */
  get size(): number {
    return this.id.length;
  }

  /** Descendants (shares of ancestry, including itself) among the living, in the order of `ancestors`. */
  count(): Float64Array {
    const living = this.population.table.f64('id').subarray(0, this.population.count);
    const { id, birthTick, firstParent, secondParent, share } = this;
    return countDescendants({ id, birthTick, firstParent, secondParent, share }, this.ancestors, living, this.opened);
  }

  private enter(id: number, tick: number, first: number, second: number, share: number): void {
    this.id.push(id);
    this.birthTick.push(tick);
    this.firstParent.push(first);
    this.secondParent.push(second);
    this.share.push(share);
  }
}
