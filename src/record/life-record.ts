import type { Population } from '../population/population.ts';
import type { Observer, Simulation } from '../simulation/types.ts';
import { type CensusListener, CensusTaker } from './census.ts';
import { copiesSince } from './copies-since.ts';
import { cutLinks } from './cut-links.ts';
import { enterLiving, enterRoots } from './enter-living.ts';
import { Fossils } from './fossils.ts';
import { longestRun } from './genome-runs.ts';
import { type GenomeOrigin, Genomes } from './genomes.ts';
import { Individuals } from './individuals.ts';
import { joinLines } from './join-lines.ts';
import { lineOf, livingDescendants } from './kin.ts';
import { Ledgers } from './ledgers.ts';
import { type LivingRelative, livingRelatives } from './living-relatives.ts';
import { LocusTraces } from './locus-traces.ts';
import type { Packable } from './pack.ts';
import { readIndividual } from './read-individual.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';
import { restoreIndividuals, saveIndividuals } from './save-individuals.ts';
import { SpeciesRecord } from './species/species-record.ts';
import type { Stores } from './stores.ts';
import { takeBirths } from './take-births.ts';
import { leaveBank, takeDeaths } from './take-deaths.ts';
import { takeTransfers } from './take-transfers.ts';
import { tidyPool } from './tidy-pool.ts';
import { transferWords } from './transfer-runs.ts';
import type { Census, Fossil, Individual } from './types.ts';

/** How a record of lives is kept. @experimental */
export interface RecordOptions {
  /** Completed censuses of each population that stay in memory; 0 by default: then only listeners get them. */
  readonly keepCensuses?: number;
  /** What `state` returned at the simulation's current tick. */
  readonly saved?: Packable;
}

/**
 * The record of a run: all living organisms, their lines of descent, genomes, species, fossils, censuses. It watches and
 * changes nothing; what it keeps follows `scene.record` at the time when the record began.
 * @experimental
 */
export class LifeRecord implements Observer {
  readonly individuals: Individuals;
  readonly species: SpeciesRecord;
  private readonly stores: Stores;
  private readonly fossilStore: Fossils;
  private readonly censusTaker: CensusTaker;
  private readonly parameters: Simulation['scene']['record'];
  private readonly endTrace: () => void;
  private readonly traces: LocusTraces;
  private finished = false;

  /** Begins with all the living as roots, or continues a saved record. Call `afterTick` after every tick from now on. */
  constructor(simulation: Simulation, { keepCensuses = 0, saved }: RecordOptions = {}) {
    const { populations, scene } = simulation;
    this.parameters = scene.record;
    const shapes = populations.map(({ ploidy, layout }) => ({ ploidy, stride: layout.stride }));
    const values = Math.max(...shapes.map(({ ploidy, stride }) => ploidy * stride));
    const longest = Math.max(longestRun(values), transferWords(values));
    const individuals = new Individuals(this.parameters.pedigree.all, longest);
    // Populations of one world have the same traits.
    const ledgers = new Ledgers(
      populations[0].ledgers,
      populations[0].traits.map(({ id }) => id),
    );
    this.individuals = individuals;
    this.stores = {
      individuals,
      genomes: new Genomes(individuals, shapes),
      ledgers,
      dead: [],
      banked: populations.map(() => new Map()),
    };
    this.fossilStore = new Fossils(individuals);
    this.traces = new LocusTraces(simulation, this.parameters.census.loci);
    this.censusTaker = new CensusTaker(individuals, ledgers, this.traces, this.stores.banked, keepCensuses);
    if (saved === undefined) {
      this.species = new SpeciesRecord(simulation);
      for (const population of populations) enterLiving(this.stores, population, this.species.rootOf(population.index));
      this.species.look(simulation, this.individuals);
      this.fossilStore.sample(simulation, this.parameters.fossils.sample);
      this.censusTaker.take(simulation);
    } else this.species = this.restore(simulation, saved);
    this.endTrace = simulation.traceInheritance();
  }

  get fossils(): readonly Fossil[] {
    return this.fossilStore.list;
  }

  /** The last census, one per population; descendants are not known yet. */
  get lastCensus(): readonly Census[] {
    return this.censusTaker.last;
  }

  /** Completed censuses in memory, the earliest first. */
  get censuses(): readonly Census[] {
    return this.censusTaker.completed;
  }

  /** Records the last tick. Its dead stay until the next call, so that others can read them. */
  afterTick(simulation: Simulation): void {
    const { individuals, parameters, stores } = this;
    const { dead } = stores;
    const { tick } = simulation;
    for (let i = 0; i < dead.length; i++) individuals.letGo(dead[i]);
    dead.length = 0;
    for (const population of simulation.populations) {
      const speciesOf = (row: number) => this.species.speciesOfRevived(simulation, population, row, individuals);
      takeTransfers(stores, simulation.transfers(population), tick);
      takeBirths(stores, population, simulation.births(population), tick, speciesOf);
      takeDeaths(stores, population, simulation.deaths(population), tick);
      leaveBank(stores, population);
    }
    if (tick % parameters.species.every === 0) this.species.look(simulation, individuals);
    if (tick % parameters.fossils.every === 0) this.fossilStore.sample(simulation, parameters.fossils.sample);
    if (tick % parameters.census.every === 0 && !this.finished) this.censusTaker.take(simulation);
    const { window } = parameters.pedigree;
    if (tick % Math.max(1, Math.floor(window / 8)) === 0) {
      // Shares of descendants have yet to be counted along the births since the last census.
      cutLinks(individuals, this.stores.genomes, Math.min(tick - window, this.censusTaker.tick + 1));
    }
    const { join } = parameters.pedigree;
    if (tick % Math.max(1, Math.floor(join / 8)) === 0) {
      // Organisms counted at the last census or sampled for species are not joined away.
      const seen = this.species.looks.at(-1)?.tick ?? Number.POSITIVE_INFINITY;
      joinLines(individuals, this.stores.genomes, Math.min(tick - join, this.censusTaker.tick, seen));
    }
    tidyPool(individuals);
  }

  /** Records organisms added or removed by hand. The dead of the last tick stay beside those that were removed. */
  afterAct(simulation: Simulation): void {
    const { individuals, species, stores } = this;
    for (const population of simulation.populations) {
      const births = simulation.births(population);
      const speciesOf = (row: number) => species.speciesOfArrival(simulation, population, row, individuals);
      if (births.count > 0 && births.parent[0] < 0) {
        const { firstRow } = population.births;
        enterRoots(stores, population, firstRow, births.count, speciesOf);
      } else takeBirths(stores, population, births, simulation.tick, speciesOf);
      takeDeaths(stores, population, simulation.deaths(population), simulation.tick);
    }
  }

  /** What is known of an individual; undefined if it is not kept. */
  individual(id: number): Individual | undefined {
    const row = this.individuals.rowOf(id);
    return row < 0 ? undefined : readIndividual(this.individuals, row);
  }

  /** Ids from an individual along first parents back to the founder of its line, itself first; empty if it is not kept. */
  lineOf(id: number): number[] {
    return lineOf(this.individuals, id);
  }

  /** Ids, ascending, of the living that descend from an individual by any parents, including itself if it lives. */
  livingDescendants(id: number): Float64Array {
    return livingDescendants(this.individuals, id);
  }

  /** The living that share an ancestor with an individual, the nearest first; none if it is not kept. @param seconds whether second parents count, as far as the record follows them */
  livingRelatives(id: number, seconds: boolean): readonly LivingRelative[] {
    return livingRelatives(this.individuals, id, seconds);
  }

  /**
   * Calls back for every individual of the line of first parents that ends with this one, the earliest first, with what its genome arose from; the visitor may
   * use the arrays only until it returns.
   */
  visitLine(id: number, each: (individual: Individual, origin: GenomeOrigin) => void): void {
    const { individuals } = this;
    const rows = this.lineOf(id).map((one) => individuals.rowOf(one));
    this.stores.genomes.visitLine(rows.reverse(), (row, origin) => each(readIndividual(individuals, row), origin));
  }

  /**
   * What each mechanism of inheritance has changed in each trait along the descent of a living organism, by mechanism: of two parents the mean by
   * their shares. Undefined if it does not live.
   */
  ledgerOf(id: number): ReadonlyMap<string, Float64Array> | undefined {
    const { individuals, ledgers } = this.stores;
    const row = individuals.rowOf(id);
    const place = row < 0 ? -1 : individuals.chunks[row >> chunkBits].ledger[row & chunkMask];
    if (place < 0) return undefined;
    const traits = ledgers.traits.length;
    return new Map(
      ledgers.mechanisms.map((mechanism, m) => {
        const from = place * ledgers.width + m * traits;
        return [mechanism, ledgers.values.slice(from, from + traits)];
      }),
    );
  }

  /** Whole genome of a kept individual: as it is now, or for the dead as it was last passed on. */
  genomeOf(id: number): Float32Array | undefined {
    return this.genomesOf([id])[0];
  }

  /** Genomes of many, in the order of `ids`: their ancestors are rebuilt only once. */
  genomesOf(ids: ArrayLike<number>): (Float32Array | undefined)[] {
    const rows = Array.from(ids, (id) => this.individuals.rowOf(id));
    const genomes = this.stores.genomes.read(rows.filter((row) => row >= 0));
    let next = 0;
    return rows.map((row) => (row < 0 ? undefined : genomes[next++]));
  }

  /**
   * Calls back for every individual that is kept but no longer lives, parents before their children, with the whole genome with
   * which it was born; the visitor may use the array only until it returns.
   */
  visitAncestors(each: (individual: Individual, born: Float32Array) => void): void {
    const { individuals } = this;
    const rows: number[] = [];
    for (let row = 0; row < individuals.rowsUsed; row++) {
      if (individuals.has(row, flag.kept) && !individuals.has(row, flag.living)) rows.push(row);
    }
    this.stores.genomes.visit(rows, (row, genome) => each(readIndividual(individuals, row), genome));
  }

  /**
   * Which loci of a kept individual came from where, as in `InheritanceTrace.masks`; undefined for roots and clones.
   * It is known even if the link to the second parent is cut.
   */
  masksOf(id: number): Uint32Array | undefined {
    const row = this.individuals.rowOf(id);
    return row < 0 ? undefined : this.stores.genomes.masksOf(row);
  }

  /** Keeps a living organism as a fossil; undefined if it does not live. */
  keepFossil(simulation: Simulation, id: number): Fossil | undefined {
    return this.fossilStore.request(simulation, id);
  }

  /**
   * Clades of the living of a population, in the order of their ids: the ancestor along first parents that lived at the census before
   * the last one, so that they have had time to vary; the founder if there was none.
   */
  cladesOf(population: Population): Float64Array {
    const { individuals, ledgers } = this.stores;
    const ids = population.table.f64('id').slice(0, population.count).sort();
    const last = this.lastCensus.find((census) => census.population === population.index);
    const before = new Map(last ? Array.from(last.id, (id, k) => [id, last.clade[k]]) : []);
    return ids.map((id) => {
      const row = individuals.rowOf(id);
      const ancestor = row < 0 ? id : ledgers.clade[individuals.chunks[row >> chunkBits].ledger[row & chunkMask]];
      return before.get(ancestor) ?? ancestor;
    });
  }

  /**
   * Clades of all copies of some loci of the living: by the copy, among those at the census before the last one, from which each descends. In the order of
   * ids, haplotypes of an organism one behind the other, `slots.length` each. Undefined if second parents or donors are not followed that far back.
   */
  cladesOfCopies(population: Population, slots: ArrayLike<number>): Uint32Array | undefined {
    const last = this.lastCensus.find((census) => census.population === population.index);
    const since = Math.max(0, (last?.tick ?? 0) - this.parameters.census.every);
    return copiesSince(this.individuals, this.stores.genomes, population, slots, since);
  }

  /** From now on passes every completed census to the listener; the returned function ends that. */
  onCensus(listener: CensusListener): () => void {
    return this.censusTaker.listen(listener);
  }

  /**
   * At the end of a run: finds the species once more, takes a last census, completes the one before, and passes both on.
   * No census is taken after it.
   */
  finish(simulation: Simulation): void {
    if (this.finished) return;
    this.finished = true;
    if (this.species.looks.at(-1)?.tick !== simulation.tick) this.species.recount(simulation, this.individuals);
    if (this.censusTaker.tick !== simulation.tick) this.censusTaker.take(simulation);
    this.censusTaker.finish();
  }

  /** Memory held by columns, genomes, ledgers, fossils and censuses; species and small things are not counted. */
  get bytes(): number {
    return this.individuals.bytes + this.stores.ledgers.bytes + this.fossilStore.bytes + this.censusTaker.bytes;
  }

  /** Everything it holds, the same for the same content; for a snapshot of the same tick. */
  state(): Packable {
    return {
      finished: this.finished,
      individuals: saveIndividuals(this.individuals, this.stores.ledgers),
      fossils: this.fossilStore.state(),
      censuses: this.censusTaker.state(),
      species: this.species.state(),
      loci: this.traces.state(),
    };
  }

  /** Stops requesting from the simulation how genomes arise. */
  dispose(): void {
    this.endTrace();
    this.traces.end();
  }

  private restore(simulation: Simulation, saved: Packable): SpeciesRecord {
    const state = saved as Record<'finished' | 'individuals' | 'fossils' | 'censuses' | 'species' | 'loci', Packable>;
    const { individuals } = this;
    this.finished = state.finished === true;
    restoreIndividuals(state.individuals, individuals, this.stores.ledgers);
    this.fossilStore.restore(state.fossils);
    this.censusTaker.restore(state.censuses, simulation);
    this.traces.restore(state.loci);
    for (let row = 0; row < individuals.rowsUsed; row++) {
      if (!individuals.has(row, flag.held) || individuals.has(row, flag.living)) continue;
      // Also those whose bank was emptied since the last tick: the next one lets go of them, as it would have without being saved.
      if (individuals.has(row, flag.banked)) this.stores.banked[individuals.populationOf(row)].set(individuals.idOf(row), row);
      else this.stores.dead.push(row);
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
}
