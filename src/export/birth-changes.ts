import type { Population } from '../population/population.ts';
import type { Packable } from '../record/pack.ts';
import type { Simulation } from '../simulation/types.ts';
import { locusFrom, locusValues } from './gamete-entries.ts';

/** Where the genome of a newborn differs from the genomes it was made from. */
export interface BirthChange {
  /** Places in its genome list, ascending. */
  readonly loci: ArrayLike<number>;
  /** The new values. */
  readonly values: Float32Array;
}

/** What the births of the living changed, by id; for organisms that were alive when recording began, their whole genomes. */
export class BirthChanges {
  private readonly known = new Map<number, { loci: Int32Array | null; values: Float32Array }>();

  constructor({ populations }: Simulation) {
    for (const population of populations) {
      for (let row = 0; row < population.count; row++) this.noteWhole(population, row);
    }
  }

  private noteWhole(population: Population, row: number): void {
    const { table, layout } = population;
    this.known.set(table.f64('id')[row], { loci: null, values: locusValues(layout, population.genomeOf(row)) });
  }

  /** Records the births of the last tick. */
  note(simulation: Simulation, population: Population): void {
    const { layout } = population;
    const { count, id, parent, trace } = simulation.births(population);
    if (count > 0 && parent[0] < 0) {
      // An introduced organism has no parent to differ from.
      for (let k = 0; k < count; k++) this.noteWhole(population, population.births.firstRow + k);
      return;
    }
    for (let k = 0; trace && k < count; k++) {
      const [from, to] = [trace.changeStarts[k], trace.changeStarts[k + 1]];
      const loci = new Int32Array(to - from);
      for (let i = from; i < to; i++) {
        const haplotype = Math.floor(trace.changeSlot[i] / layout.stride);
        const slot = trace.changeSlot[i] - haplotype * layout.stride;
        loci[i - from] = haplotype * layout.loci.length + locusFrom(layout, slot);
      }
      this.known.set(id[k], { loci, values: trace.changeValue.slice(from, to) });
    }
  }

  /** Returns what is known of an organism and forgets it. */
  take(id: number): BirthChange {
    const change = this.known.get(id);
    if (!change) throw new Error(`organism ${id} is unknown: the changes at its birth were not recorded`);
    this.known.delete(id);
    const { loci, values } = change;
    return { loci: loci ?? Int32Array.from(values, (_, place) => place), values };
  }

  state(): Packable {
    return [...this.known].map(([id, { loci, values }]) => [id, loci, values]);
  }

  restore(state: Packable): void {
    this.known.clear();
    for (const [id, loci, values] of state as [number, Int32Array | null, Float32Array][]) this.known.set(id, { loci, values });
  }
}
