import { measureSlots } from '../../genome/distance.ts';
import type { Population } from '../../population/population.ts';
import type { Simulation } from '../../simulation/types.ts';
import type { Packable } from '../pack.ts';
import type { Descent } from '../types.ts';
import { drawSample } from './draw-sample.ts';
import { blank, labelLiving, type Memory } from './label-living.ts';
import { nearestToMean } from './nearest-to-mean.ts';
import { traitMoments } from './trait-moments.ts';
import type { SpeciesEntry, SpeciesEvent, SpeciesLook } from './types.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What `state` returns, before it is packed and after. */
interface SpeciesState {
  readonly entries: readonly SpeciesEntry[];
  readonly events: readonly SpeciesEvent[];
  readonly looks: readonly SpeciesLook[];
  readonly roots: readonly number[];
  readonly memories: readonly (Omit<Memory, 'pending'> & { readonly pending: readonly (readonly [string, number])[] })[];
}

/**
 * Species by a stated rule, followed through time. In each sample, a sample of a population falls into connected components of
 * the rule (`speciesRule`). The component with most of a species' members is its heir and keeps its name. Another one that
 * is large enough becomes a species when it has been seen, followed by descent, in `patience` consecutive samples; a component
 * that holds the bulk of two species for as long merges them. The other components join their nearest relatives. Between samples
 * newborns are of their first parent's species.
 */
export class SpeciesRecord {
  private readonly list: Writable<SpeciesEntry>[] = [];
  private readonly eventList: SpeciesEvent[] = [];
  private readonly seen: SpeciesLook[] = [];
  private readonly roots: number[] = [];
  private readonly memories: Memory[] = [];
  private readonly listeners = new Set<(look: SpeciesLook) => void>();

  /** @param saved what `state` returned, to continue from there; without it each population begins as one species */
  constructor(simulation: Simulation, saved?: Packable) {
    if (saved !== undefined) {
      this.take(saved as unknown as SpeciesState);
      return;
    }
    for (const population of simulation.populations) {
      const rows = drawSample(population, simulation.seed, simulation.tick, simulation.scene.record.species.sample);
      const root = this.begin(simulation.tick, population, rows, -1);
      this.list[root].count = population.count;
      this.list[root].peak = population.count;
      this.roots.push(root);
      this.memories.push(blank);
    }
  }

  /** All species so far; the id is the place. */
  get entries(): readonly SpeciesEntry[] {
    return this.list;
  }

  /** In order of time. */
  get events(): readonly SpeciesEvent[] {
    return this.eventList;
  }

  /** In order of time, one per population each time. */
  get looks(): readonly SpeciesLook[] {
    return this.seen;
  }

  /** The first species of a population. */
  rootOf(populationIndex: number): number {
    return this.roots[populationIndex];
  }

  /** Calls a function after every sample of a population; the returned function ends that. */
  onLook(listener: (look: SpeciesLook) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Finds the species of all populations again and labels their living in the record. */
  look(simulation: Simulation, descent: Descent): void {
    const { tick } = simulation;
    for (const population of simulation.populations) {
      const living = this.livingOf(population.index);
      const found = labelLiving(simulation, population, descent, living, this.memories[population.index], (rows, parent) =>
        this.begin(tick, population, rows, parent),
      );
      this.memories[population.index] = found.memory;
      for (const [from, into] of found.mergers) this.end(tick, from, into);
      const look = this.count(tick, population, found.ofRow);
      this.seen.push(look);
      for (const listener of this.listeners) listener(look);
    }
  }

  /**
   * Species of an introduced organism: that of the living organism with the nearest genome, or a new one if there is no other. The next
   * sample judges it like all others.
   */
  speciesOfArrival({ tick }: Simulation, population: Population, row: number, descent: Descent): number {
    const { table, layout, count } = population;
    const [genomes, ids] = [table.f32('genome'), table.f64('id')];
    const slots = measureSlots(layout, 'genome');
    let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
    for (let other = 0; other < count; other++) {
      if (other === row || descent.rowOf(ids[other]) < 0) continue;
      let square = 0;
      for (const slot of slots) {
        const apart = genomes[other * layout.stride + slot] - genomes[row * layout.stride + slot];
        square += apart * apart;
      }
      if (square < least || (square === least && ids[other] < ids[nearest])) [nearest, least] = [other, square];
    }
    if (nearest >= 0) return descent.speciesOf(descent.rowOf(ids[nearest]));
    return this.begin(tick, population, Int32Array.of(row), -1);
  }

  /**
   * Species of a newborn whose parent had died before: the parent's, or that with which it has merged since; if it is extinct, as of an introduced organism.
   * @param row of the newborn, which has the parent's species in the record unless that does not know the parent
   */
  speciesOfRevived(simulation: Simulation, population: Population, row: number, descent: Descent): number {
    const own = descent.rowOf(population.table.f64('id')[row]);
    let species = own < 0 ? -1 : descent.speciesOf(own);
    while (species >= 0 && this.list[species].fate === 'merged') species = this.list[species].mergedInto;
    if (species >= 0 && this.list[species].fate === 'living') return species;
    return this.speciesOfArrival(simulation, population, row, descent);
  }

  /** Counts the members of the current species, without looking for new ones: possible at any tick, and without effect on later results. */
  recount(simulation: Simulation, descent: Descent): void {
    for (const population of simulation.populations) {
      const ids = population.table.f64('id');
      const ofRow = Int32Array.from({ length: population.count }, (_, row) => descent.speciesOf(descent.rowOf(ids[row])));
      const look = this.count(simulation.tick, population, ofRow);
      this.seen.push(look);
      for (const listener of this.listeners) listener(look);
    }
  }

  /** Everything that it knows, for saving; the species of each organism is in the record of descent. */
  state(): Packable {
    const state: SpeciesState = {
      entries: this.list.map((entry) => ({ ...entry })),
      events: [...this.eventList],
      looks: [...this.seen],
      roots: [...this.roots],
      memories: this.memories.map((memory) => ({ ...memory, pending: [...memory.pending] })),
    };
    return state as unknown as Packable;
  }

  private take({ entries, events, looks, roots, memories }: SpeciesState): void {
    for (const entry of entries) this.list.push({ ...entry });
    for (const event of events) this.eventList.push(event);
    for (const look of looks) this.seen.push(look);
    this.roots.push(...roots);
    for (const memory of memories) this.memories.push({ ...memory, pending: new Map(memory.pending) });
  }

  private livingOf(population: number): number[] {
    return this.list.flatMap((entry) => (entry.population === population && entry.fate === 'living' ? [entry.id] : []));
  }

  /** A species begins with the sampled organisms in `rows`, in the order of their ids. */
  private begin(tick: number, population: Population, rows: Int32Array, parent: number): number {
    const { table, layout } = population;
    const starts = rows.map((row) => row * layout.stride);
    const nearest = nearestToMean(table.f32('genome'), starts, measureSlots(layout, 'genome'));
    const id = this.list.length;
    this.list.push({
      id,
      population: population.index,
      parent,
      originTick: tick,
      endTick: null,
      fate: 'living',
      mergedInto: -1,
      representative: nearest < 0 ? -1 : table.f64('id')[rows[nearest]],
      genome: nearest < 0 ? new Float32Array(0) : population.genomeOf(rows[nearest]),
      count: 0,
      peak: 0,
    });
    this.eventList.push({ tick, kind: parent < 0 ? 'origin' : 'split', species: id, other: parent });
    return id;
  }

  private end(tick: number, species: number, into: number): void {
    const entry = this.list[species];
    entry.endTick = tick;
    entry.count = 0;
    entry.fate = into < 0 ? 'extinct' : 'merged';
    entry.mergedInto = into;
    this.eventList.push({ tick, kind: into < 0 ? 'extinction' : 'merge', species, other: into });
  }

  /** Counts the living of each species; species without living members are extinct. */
  private count(tick: number, population: Population, ofRow: Int32Array | undefined): SpeciesLook {
    const living = this.livingOf(population.index);
    const places = new Map(living.map((species, place) => [species, place]));
    const member = new Int32Array(population.count);
    if (ofRow) for (let row = 0; row < population.count; row++) member[row] = places.get(ofRow[row]) as number;
    const sizes = new Array<number>(living.length).fill(0);
    for (const place of member) sizes[place]++;
    for (const [place, species] of living.entries()) {
      const entry = this.list[species];
      entry.count = sizes[place];
      entry.peak = Math.max(entry.peak, sizes[place]);
      if (sizes[place] === 0) this.end(tick, species, -1);
    }
    const { means, variances } = traitMoments(population, member, living.length);
    const traits = population.layout.ranges.length;
    const kept = [...living.keys()].filter((place) => sizes[place] > 0);
    const pick = (all: Float64Array) =>
      Float64Array.from(kept.flatMap((place) => [...all.subarray(place * traits, (place + 1) * traits)]));
    return {
      tick,
      population: population.index,
      species: kept.map((place) => living[place]),
      counts: kept.map((place) => sizes[place]),
      traitMeans: pick(means),
      traitVariances: pick(variances),
    };
  }
}
