import { inheritedMechanisms } from '../mechanisms/index.ts';
import type { Population } from '../population/population.ts';
import { traitIds } from '../population/traits.ts';
import type { BirthEvents, InheritanceTrace, Observer, Simulation } from '../simulation/types.ts';
import { type CensusListener, CensusTaker } from './census.ts';
import { cutLinks } from './cut-links.ts';
import { Fossils } from './fossils.ts';
import { longestRun } from './genome-runs.ts';
import { Genomes } from './genomes.ts';
import { Individuals } from './individuals.ts';
import { lineOf, livingDescendants } from './kin.ts';
import { Ledgers } from './ledgers.ts';
import type { Packable } from './pack.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';
import { restoreIndividuals, saveIndividuals } from './save-individuals.ts';
import { SpeciesRecord } from './species/species-record.ts';
import { transferWords } from './transfer-runs.ts';
import type { Census, Fossil, Individual } from './types.ts';

export interface RecordOptions {
  /** Completed censuses of each population that stay in memory; 0 unless told: then only listeners get them. */
  readonly keepCensuses?: number;
  /** What `state` gave at the tick at which the simulation stands now. */
  readonly saved?: Packable;
}

/**
 * The record of a run: everybody who lives, their lines of descent, genomes, species, fossils, censuses. It watches and
 * changes nothing; what it keeps follows `scene.record` as it was when the record began.
 */
export class LifeRecord implements Observer {
  readonly individuals: Individuals;
  readonly species: SpeciesRecord;
  private readonly genomes: Genomes;
  private readonly ledgers: Ledgers;
  private readonly fossilStore: Fossils;
  private readonly censusTaker: CensusTaker;
  private readonly parameters: Simulation['scene']['record'];
  private readonly endTrace: () => void;
  /** Rows of the dead of the last tick. */
  private readonly dead: number[] = [];
  private finished = false;
  private readonly transfer = {
    tick: 0,
    donor: 0,
    donorRow: 0,
    recipientHaplotype: 0,
    donorHaplotype: 0,
    start: 0,
    end: 0,
  };

  /** Begins with all the living as roots, or goes on from a saved record. Call `afterTick` after every tick from now on. */
  constructor(simulation: Simulation, { keepCensuses = 0, saved }: RecordOptions = {}) {
    const { populations, scene } = simulation;
    this.parameters = scene.record;
    const shapes = populations.map(({ ploidy, layout }) => ({ ploidy, stride: layout.stride }));
    const values = Math.max(...shapes.map(({ ploidy, stride }) => ploidy * stride));
    const longest = Math.max(longestRun(values), transferWords(values));
    this.individuals = new Individuals(this.parameters.pedigree.all, longest);
    this.genomes = new Genomes(this.individuals, shapes);
    this.ledgers = new Ledgers(inheritedMechanisms(), traitIds);
    this.fossilStore = new Fossils(this.individuals);
    this.censusTaker = new CensusTaker(this.individuals, this.ledgers, keepCensuses);
    if (saved === undefined) {
      this.species = new SpeciesRecord(simulation);
      for (const population of populations) this.enterLiving(population);
      this.species.look(simulation, this.individuals);
      this.fossilStore.sample(simulation, this.parameters.fossils.sample);
      this.censusTaker.take(simulation);
    } else this.species = this.restore(simulation, saved);
    this.endTrace = simulation.traceInheritance();
  }

  get fossils(): readonly Fossil[] {
    return this.fossilStore.list;
  }

  /** The last census, one a population; descendants are not known yet. */
  get lastCensus(): readonly Census[] {
    return this.censusTaker.last;
  }

  /** Completed censuses in memory, the earliest first. */
  get censuses(): readonly Census[] {
    return this.censusTaker.completed;
  }

  /** Takes in the last tick. Its dead stay until the next call, for others to read. */
  afterTick(simulation: Simulation): void {
    const { individuals, parameters, dead } = this;
    const { tick } = simulation;
    for (let i = 0; i < dead.length; i++) individuals.letGo(dead[i]);
    dead.length = 0;
    for (const population of simulation.populations) {
      this.takeTransfers(simulation, population);
      this.takeBirths(simulation, population);
      this.takeDeaths(simulation, population);
    }
    if (tick % parameters.species.every === 0) this.species.look(simulation, individuals);
    if (tick % parameters.fossils.every === 0) this.fossilStore.sample(simulation, parameters.fossils.sample);
    if (tick % parameters.census.every === 0 && !this.finished) this.censusTaker.take(simulation);
    const { window } = parameters.pedigree;
    if (tick % Math.max(1, Math.floor(window / 8)) === 0) {
      // Shares of descendants are still to be counted along what was born since the last census.
      cutLinks(individuals, this.genomes, Math.min(tick - window, this.censusTaker.tick + 1));
    }
    individuals.tidy();
  }

  /** What is known of an individual; undefined when it is not kept. */
  individual(id: number): Individual | undefined {
    const row = this.individuals.rowOf(id);
    return row < 0 ? undefined : this.individuals.read(row);
  }

  /** Ids from an individual along first parents back to the founder of its line, itself first; empty when it is not kept. */
  lineOf(id: number): number[] {
    return lineOf(this.individuals, id);
  }

  /** Ids, ascending, of the living who descend from an individual by any parents, itself among them if it lives. */
  livingDescendants(id: number): Float64Array {
    return livingDescendants(this.individuals, id);
  }

  /** Whole genome of a kept individual: as it is now, or for the dead as it was last handed down. */
  genomeOf(id: number): Float32Array | undefined {
    return this.genomesOf([id])[0];
  }

  /** Genomes of many, in the order of `ids`: their ancestors are put together only once. */
  genomesOf(ids: ArrayLike<number>): (Float32Array | undefined)[] {
    const rows = Array.from(ids, (id) => this.individuals.rowOf(id));
    const genomes = this.genomes.read(rows.filter((row) => row >= 0));
    let next = 0;
    return rows.map((row) => (row < 0 ? undefined : genomes[next++]));
  }

  /**
   * Calls back for everybody who is kept but no longer lives, parents before their children, with the whole genome that it
   * was born with; the array is the visitor's only until it returns.
   */
  visitAncestors(each: (individual: Individual, born: Float32Array) => void): void {
    const { individuals } = this;
    const rows: number[] = [];
    for (let row = 0; row < individuals.rowsUsed; row++) {
      if (individuals.has(row, flag.kept) && !individuals.has(row, flag.living)) rows.push(row);
    }
    this.genomes.visit(rows, (row, genome) => each(individuals.read(row), genome));
  }

  /** Keeps a living organism as a fossil; undefined when it does not live. */
  keepFossil(simulation: Simulation, id: number): Fossil | undefined {
    return this.fossilStore.request(simulation, id);
  }

  /** From now on hands every completed census to the listener; the returned function ends that. */
  onCensus(listener: CensusListener): () => void {
    return this.censusTaker.listen(listener);
  }

  /** At the end of a run: takes a last census, completes the one before, and hands out both. No census is taken after it. */
  finishCensuses(simulation: Simulation): void {
    if (this.finished) return;
    this.finished = true;
    if (this.censusTaker.tick !== simulation.tick) this.censusTaker.take(simulation);
    this.censusTaker.finish();
  }

  /** Memory held by columns, genomes, ledgers, fossils and censuses; species and small things are not counted. */
  get bytes(): number {
    return this.individuals.bytes + this.ledgers.bytes + this.fossilStore.bytes + this.censusTaker.bytes;
  }

  /** Everything it holds, the same for the same content; good for a snapshot of the same tick. */
  state(): Packable {
    return {
      finished: this.finished,
      individuals: saveIndividuals(this.individuals, this.ledgers),
      fossils: this.fossilStore.state(),
      censuses: this.censusTaker.state(),
      species: this.species.state(),
    };
  }

  /** Stops asking the simulation how genomes come about. */
  dispose(): void {
    this.endTrace();
  }

  private restore(simulation: Simulation, saved: Packable): SpeciesRecord {
    const state = saved as Record<'finished' | 'individuals' | 'fossils' | 'censuses' | 'species', Packable>;
    const { individuals } = this;
    this.finished = state.finished === true;
    restoreIndividuals(state.individuals, individuals, this.ledgers);
    this.fossilStore.restore(state.fossils);
    this.censusTaker.restore(state.censuses);
    for (let row = 0; row < individuals.rowsUsed; row++) {
      if (individuals.has(row, flag.held) && !individuals.has(row, flag.living)) this.dead.push(row);
    }
    for (const { table, name } of simulation.populations) {
      const ids = table.f64('id');
      for (let row = 0; row < table.count; row++) {
        const kept = individuals.rowOf(ids[row]);
        if (kept < 0 || !individuals.has(kept, flag.living)) {
          throw new Error(`the saved record does not know organism ${ids[row]} of ${name}: it belongs to another tick or run`);
        }
      }
    }
    return new SpeciesRecord(simulation, state.species);
  }

  /** The living of a population whose births were not seen: roots of the record. */
  private enterLiving(population: Population): void {
    const { individuals, ledgers } = this;
    const { table, index } = population;
    const [id, founder] = [table.f64('id'), table.f64('founder')];
    const [birthTick, generation, offspring] = [table.i32('birthTick'), table.u32('generation'), table.u32('offspring')];
    const [x, y] = [table.f32('x'), table.f32('y')];
    const species = this.species.rootOf(index);
    for (let from = 0; from < table.count; from++) {
      const row = individuals.enter(id[from]);
      const chunk = individuals.chunks[row >> chunkBits];
      const at = row & chunkMask;
      chunk.population[at] = index;
      chunk.second[at] = -1;
      chunk.share[at] = 1;
      chunk.founder[at] = founder[from];
      chunk.generation[at] = generation[from];
      chunk.birthTick[at] = birthTick[from];
      chunk.species[at] = species;
      chunk.offspring[at] = offspring[from];
      chunk.x[at] = x[from];
      chunk.y[at] = y[from];
      individuals.linkParents(row, -1, -1);
      this.genomes.addFull(row, population.genomeOf(from));
      chunk.ledger[at] = ledgers.take();
      ledgers.open(chunk.ledger[at], founder[from]);
    }
  }

  private takeTransfers(simulation: Simulation, population: Population): void {
    const { individuals, ledgers, transfer } = this;
    const events = simulation.transfers(population);
    for (let k = 0; k < events.count; k++) {
      const row = this.rowOfLiving(events.recipient[k]);
      transfer.tick = simulation.tick;
      transfer.donor = events.donor[k];
      transfer.donorRow = this.rowOfLiving(events.donor[k]);
      transfer.recipientHaplotype = events.recipientHaplotype[k];
      transfer.donorHaplotype = events.donorHaplotype[k];
      transfer.start = events.start[k];
      transfer.end = events.end[k];
      individuals.addTransfer(row, transfer, events.values, events.valueStarts[k]);
      const place = individuals.chunks[row >> chunkBits].ledger[row & chunkMask];
      ledgers.add(place, events.mechanism, events.traitChange, k * ledgers.traits.length);
    }
  }

  private takeBirths(simulation: Simulation, population: Population): void {
    const { individuals, ledgers, genomes } = this;
    const births = simulation.births(population);
    if (births.count === 0) return;
    const trace = births.trace as InheritanceTrace;
    let tableRows: Int32Array | undefined;
    for (let k = 0; k < births.count; k++) {
      const first = this.rowOfLiving(births.parent[k]);
      const second = births.mate[k] < 0 ? -1 : this.rowOfLiving(births.mate[k]);
      const row = individuals.enter(births.id[k]);
      const parent = individuals.chunks[first >> chunkBits];
      const parentAt = first & chunkMask;
      const chunk = individuals.chunks[row >> chunkBits];
      const at = row & chunkMask;
      chunk.population[at] = population.index;
      chunk.second[at] = births.mate[k];
      chunk.share[at] = births.share[k];
      chunk.founder[at] = births.founder[k];
      chunk.generation[at] = births.generation[k];
      chunk.birthTick[at] = simulation.tick;
      chunk.species[at] = parent.species[parentAt];
      chunk.x[at] = births.x[k];
      chunk.y[at] = births.y[k];
      parent.offspring[parentAt]++;
      individuals.linkParents(row, first, second);
      if (!genomes.addNewborn(row, trace, k)) {
        tableRows ??= rowsOfNewborns(population, births);
        genomes.addFull(row, population.genomeOf(tableRows[births.id[k] - births.id[0]]));
      }
      const place = ledgers.take();
      chunk.ledger[at] = place;
      const secondPlace = second < 0 ? -1 : individuals.chunks[second >> chunkBits].ledger[second & chunkMask];
      ledgers.inherit(place, parent.ledger[parentAt], secondPlace, births.share[k], trace.traitChange, k * ledgers.width);
    }
  }

  private takeDeaths(simulation: Simulation, population: Population): void {
    const { individuals, ledgers } = this;
    const deaths = simulation.deaths(population);
    for (let k = 0; k < deaths.count; k++) {
      const row = this.rowOfLiving(deaths.id[k]);
      individuals.die(row, simulation.tick, deaths.cause[k]);
      const chunk = individuals.chunks[row >> chunkBits];
      ledgers.giveBack(chunk.ledger[row & chunkMask]);
      chunk.ledger[row & chunkMask] = -1;
      this.dead.push(row);
    }
  }

  private rowOfLiving(id: number): number {
    const row = this.individuals.rowOf(id);
    if (row < 0) throw new Error(`the record has not seen the birth of organism ${id}: it must be told of every tick`);
    return row;
  }
}

/** Rows of a population's table by id less the first newborn's: ids of births ascend. */
function rowsOfNewborns({ table }: Population, births: BirthEvents): Int32Array {
  const first = births.id[0];
  const rows = new Int32Array(births.id[births.count - 1] - first + 1);
  const id = table.f64('id');
  for (let row = 0; row < table.count; row++) if (id[row] >= first) rows[id[row] - first] = row;
  return rows;
}
