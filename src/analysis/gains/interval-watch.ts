import { epigeneticMarks } from '../../mechanisms/epigenetic-marks.ts';
import { copyChannels } from '../../population/copy-counts.ts';
import type { Population } from '../../population/population.ts';
import { rowsById } from '../../population/rows-by-id.ts';
import type { LifeRecord } from '../../record/life-record.ts';
import { possibleWriters } from '../../record/locus-traces.ts';
import { vocabularyOf } from '../../scene/vocabulary-of.ts';
import type { OriginTracing, Simulation } from '../../simulation/types.ts';
import { assayedClades } from '../assay/assayed-genomes.ts';
import { CladeTracker } from '../assay/clade-tracker.ts';
import { assayedSlots } from '../assay/prepare-fork.ts';
import type { CopiesAt, Interval, Split } from './interval.ts';

/** How the species of a population are found while it is followed. @experimental */
export interface FollowedSpecies {
  /** Species of a living organism by its id. */
  of(id: number): number;
  /** Species that split after a tick, in the order of time. */
  splitsAfter(tick: number): readonly Split[];
}

/** Species as the record of a population has them. @experimental */
export const speciesOfRecord = ({ individuals, species }: LifeRecord, { index }: Population): FollowedSpecies => ({
  of: (id) => individuals.speciesOf(individuals.rowOf(id)),
  splitsAfter: (tick) =>
    species.events
      .filter((event) => event.kind === 'split' && event.tick > tick && species.entries[event.species].population === index)
      .map(({ species: daughter, other: mother }) => ({ mother, daughter })),
});

/**
 * Follows the copies of all assayed loci of a population from one tick to the next at which it is asked, with what each mechanism wrote into
 * them. It changes no state. Keeps `ploidy * loci * (20 + 8 writers)` bytes an organism: origins and ledgers in the table, values of one opening.
 * @experimental
 */
export class IntervalWatch {
  private readonly tracing: OriginTracing;
  private readonly slots: Int32Array;
  private opened: CopiesAt | undefined;
  private clades: Uint32Array | undefined;
  private tracker: CladeTracker | undefined;
  private forget = () => {};

  /** @param species if species are followed */
  constructor(
    private readonly simulation: Simulation,
    private readonly population: Population,
    private readonly species?: FollowedSpecies,
  ) {
    this.slots = assayedSlots(population);
    this.tracing = simulation.traceOrigins(population, {
      slots: this.slots,
      channels: true,
      writers: possibleWriters(population, vocabularyOf(simulation.scene).mechanisms),
      units: 'loci',
    });
  }

  /** Number of mechanisms that can write into copies. */
  get writers(): number {
    return this.tracing.trace.writers.length;
  }

  /** The organism of the last opening from which a living one descends along first parents; its own id if it came from outside. */
  ancestorOf(id: number): number {
    return this.tracker?.ancestorOf(id) ?? id;
  }

  /** Closes the current interval, if there is one, and opens the next. @returns the closed one */
  next(): Interval | undefined {
    const { population, simulation } = this;
    const { trace } = this.tracing;
    const closed = this.read();
    const interval = this.opened && this.close(this.opened, closed);
    this.clades = interval?.origins;
    this.opened = closed;
    trace.open(rowsById(population));
    trace.clearLedgers();
    this.forget();
    this.tracker = new CladeTracker(simulation, population);
    this.forget = simulation.observe(this.tracker);
    return interval;
  }

  /** Frees its columns. */
  end(): void {
    this.forget();
    this.tracing.end();
  }

  private read(): CopiesAt {
    const { population, slots } = this;
    const { table, count, haplotypes, layout, ploidy } = population;
    const rows = rowsById(this.population);
    const [id, generations] = [table.f64('id'), table.u32('generation')];
    const columns = haplotypes.map((name) => table.f32(name));
    const values = new Float32Array(count * ploidy * slots.length);
    let [to, generation] = [0, 0];
    for (const row of rows) {
      generation += generations[row] / count;
      for (const column of columns) for (let l = 0; l < slots.length; l++) values[to++] = column[row * layout.stride + slots[l]];
    }
    const ids = Float64Array.from(rows, (row) => id[row]);
    const species = this.species && Int32Array.from(ids, this.species.of);
    const acquired = this.acquired(rows);
    return { tick: this.simulation.tick, loci: slots.length, ploidy, ids, values, generation, acquired, species };
  }

  private acquired(rows: Uint32Array | readonly number[]): Float32Array | undefined {
    const { slots } = this;
    const { table, layout, parameters } = this.population;
    const weights = table.find('weights')?.values;
    if (!weights || parameters.mechanisms[epigeneticMarks.id]?.on !== true) return undefined;
    const genome = table.f32('genome');
    const found = new Float32Array(rows.length * slots.length);
    let to = 0;
    for (const row of rows) {
      for (let l = 0; l < slots.length; l++, to++) {
        const at = row * layout.stride + slots[l];
        found[to] = weights[at] - genome[at];
      }
    }
    return found;
  }

  private close(opened: CopiesAt, closed: CopiesAt): Interval {
    const { population, tracker } = this;
    const { trace } = this.tracing;
    const loci = this.slots.length;
    const rows = rowsById(this.population);
    const written = new Map(
      trace.writers.map((writer, m) => {
        const sums = new Float64Array(closed.values.length);
        for (let h = 0; h < population.ploidy; h++) {
          const ledgers = trace.ledgers(h);
          for (const [k, row] of rows.entries()) {
            const from = (row * trace.writers.length + m) * loci;
            sums.set(ledgers.subarray(from, from + loci), (k * population.ploidy + h) * loci);
          }
        }
        return [writer, sums] as const;
      }),
    );
    const added = new Map(
      copyChannels.flatMap((channel) => {
        const counts = trace.channel(channel);
        return counts ? [[channel, counts.slice()] as const] : [];
      }),
    );
    return {
      opened,
      closed,
      origins: assayedClades(population, trace),
      written,
      added,
      ancestors: (tracker as CladeTracker).clades(),
      clades: this.clades,
      splits: this.species?.splitsAfter(opened.tick) ?? [],
    };
  }
}
