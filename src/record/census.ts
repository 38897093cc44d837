import { floatsNamed } from '../ecs/table.ts';
import type { Population } from '../population/population.ts';
import type { Simulation } from '../simulation/types.ts';
import type { Individuals } from './individuals.ts';
import type { Ledgers } from './ledgers.ts';
import type { LocusTraces } from './locus-traces.ts';
import type { Packable } from './pack.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';
import type { Stores } from './stores.ts';
import type { AddedCopies, Census } from './types.ts';

/** Called with a census once its descendants are known, and with the last one of a run without them. */
export type CensusListener = (census: Census) => void;

/**
 * Takes a census of all living organisms at intervals, and counts the descendants of each at the next census. Only the last
 * census and the requested number of completed ones stay in memory.
 */
export class CensusTaker {
  /** The last census, one per population; its descendants are not known yet. */
  last: readonly Census[] = [];
  /** Completed ones, the earliest first. */
  readonly completed: Census[] = [];
  private readonly listeners = new Set<CensusListener>();

  /**
   * @param banked of each population, rows of its dead that are in its bank
   * @param keep completed censuses of each population that stay in memory
   */
  constructor(
    private readonly individuals: Individuals,
    private readonly ledgers: Ledgers,
    private readonly traces: LocusTraces,
    private readonly banked: Stores['banked'],
    private readonly keep: number,
  ) {}

  /** Tick of the last census, -Infinity before the first. */
  get tick(): number {
    return this.last.length > 0 ? this.last[0].tick : Number.NEGATIVE_INFINITY;
  }

  listen(listener: CensusListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Completes the last census and takes another. From now on clades are those of the organisms that live now. */
  take(simulation: Simulation): void {
    const former = this.last;
    const descendants = former.length > 0 ? this.countDescendants(former[0].tick) : undefined;
    const taken = simulation.populations.map((population) => this.count(population, simulation));
    this.last = taken.map(({ census }) => census);
    if (!descendants) return;
    for (const [p, census] of former.entries()) {
      const completed = {
        ...census,
        descendants: census.id.map((id) => descendants[this.individuals.rowOf(id)] ?? 0),
        locus: census.locus && { ...census.locus, added: taken[p].added },
      };
      if (this.keep > 0) this.completed.push(completed);
      this.publish(completed);
    }
    this.completed.splice(0, this.completed.length - this.keep * former.length);
  }

  /** Passes the last census to the listeners although its descendants are not known. */
  finish(): void {
    for (const census of this.last) this.publish(census);
  }

  get bytes(): number {
    let bytes = 0;
    for (const census of [...this.last, ...this.completed]) {
      const { added, ...locus } = census.locus ?? {};
      for (const column of [census, locus, added ?? {}].flatMap((one) => Object.values(one))) {
        if (ArrayBuffer.isView(column)) bytes += column.byteLength;
      }
    }
    return bytes;
  }

  state(): Packable {
    const plain = ({ mechanisms, locus, ...census }: Census): Packable => ({
      ...census,
      ...(locus ? { locus: { ...locus, writers: undefined } } : {}),
    });
    return { last: this.last.map(plain), completed: this.completed.map(plain) };
  }

  restore(state: Packable, { populations }: Simulation): void {
    const saved = state as unknown as { last: Census[]; completed: Census[] };
    const whole = ({ locus, ...census }: Census): Census => ({
      ...census,
      mechanisms: this.ledgers.mechanisms,
      ...(locus ? { locus: { ...locus, writers: populations[census.population].writers } } : {}),
    });
    this.last = saved.last.map(whole);
    this.completed.push(...saved.completed.map(whole));
  }

  private publish(census: Census): void {
    for (const listener of this.listeners) listener(census);
  }

  private count(population: Population, { tick, scene }: Simulation): { census: Census; added: AddedCopies | undefined } {
    const { individuals, ledgers } = this;
    const { table, index, ploidy, layout } = population;
    const { width, mechanisms, traits } = ledgers;
    const { count } = table;
    const ids = table.f64('id');
    const tableRows = new Int32Array(individuals.rowsUsed);
    for (let row = 0; row < count; row++) {
      const kept = individuals.rowOf(ids[row]);
      if (kept < 0) throw new Error(`organism ${ids[row]} lives, but the record has not seen its birth`);
      tableRows[kept] = row;
    }
    const former = this.last.find((one) => one.population === index);
    const formerClade = new Map(former ? Array.from(former.id, (id, k): [number, number] => [id, former.clade[k]]) : []);
    const census = {
      tick,
      population: index,
      count,
      // In the order of ids, so that a census does not depend on the order of rows.
      id: ids.slice(0, count).sort(),
      clade: new Float64Array(count),
      elder: new Float64Array(count),
      species: new Float64Array(count),
      traits: new Float32Array(count * traits.length),
      ledgers: new Float64Array(count * width),
      mechanisms,
      genomes: scene.record.census.genomes ? new Float32Array(count * ploidy * layout.stride) : undefined,
      descendants: undefined,
    };
    const order = new Int32Array(count);
    for (let k = 0; k < count; k++) {
      const row = individuals.rowOf(census.id[k]);
      const place = individuals.chunks[row >> chunkBits].ledger[row & chunkMask];
      order[k] = tableRows[row];
      census.clade[k] = ledgers.clade[place];
      census.elder[k] = formerClade.get(census.clade[k]) ?? census.clade[k];
      ledgers.clade[place] = census.id[k];
      census.species[k] = individuals.speciesOf(row);
      ledgers.copyTo(census.ledgers, k * width, place);
    }
    // Children of the dead have no ancestor among those that live now.
    for (const [id, row] of this.banked[index]) ledgers.clade[individuals.chunks[row >> chunkBits].ledger[row & chunkMask]] = id;
    for (let k = 0; census.genomes && k < count; k++) {
      census.genomes.set(population.genomeOf(order[k]), k * ploidy * layout.stride);
    }
    for (const [t, trait] of traits.entries()) {
      const column = table.f32(floatsNamed(trait));
      for (let k = 0; k < count; k++) census.traits[k * traits.length + t] = column[order[k]];
    }
    const loci = this.traces.take(order, census, former);
    return { census: loci ? { ...census, locus: loci.locus } : census, added: loci?.added };
  }

  /**
   * Shares of descendants among the living, by row of the record, of every organism that lived at that tick: each of the living
   * counts one, and an organism born since passes its count to its parents by their shares.
   */
  private countDescendants(since: number): Float64Array {
    const { individuals } = this;
    const weights = new Float64Array(individuals.rowsUsed);
    for (let row = 0; row < weights.length; row++) if (individuals.has(row, flag.living)) weights[row] = 1;
    const born = individuals.rowsBornAfter(since);
    for (let i = born.length - 1; i >= 0; i--) {
      const chunk = individuals.chunks[born[i] >> chunkBits];
      const at = born[i] & chunkMask;
      const weight = weights[born[i]];
      if (weight === 0 || chunk.firstRow[at] < 0) continue;
      if (chunk.secondRow[at] < 0) weights[chunk.firstRow[at]] += weight;
      else {
        weights[chunk.firstRow[at]] += weight * chunk.share[at];
        weights[chunk.secondRow[at]] += weight * (1 - chunk.share[at]);
      }
    }
    return weights;
  }
}
