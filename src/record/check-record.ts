import { copyChannels } from '../population/copy-counts.ts';
import { vocabularyOf } from '../scene/vocabulary-of.ts';
import type { Simulation } from '../simulation/types.ts';
import { checkIndividuals } from './check-individuals.ts';
import { checkSpecies } from './check-species.ts';
import {
  expectAscending,
  expectBoolean,
  expectColumn,
  expectFinite,
  expectFiniteColumn,
  expectList,
  expectObject,
  expectOneOf,
  expectWhole,
  expectWholeColumn,
  expectWithin,
  ShapeError,
} from './expect-shape.ts';
import type { GenomeShape } from './genomes.ts';
import { possibleWriters } from './locus-traces.ts';

/** The world of a record, as far as the record must agree with it. */
export interface RecordedWorld {
  readonly tick: number;
  /** One per population. */
  readonly shapes: readonly GenomeShape[];
  /** Number of causes of death, one per population. */
  readonly causes: readonly number[];
  /** Ids of the living, one array per population. */
  readonly living: readonly Float64Array[];
  readonly traits: number;
  /** Mechanisms that have ledgers. */
  readonly mechanisms: number;
  /** Mechanisms that write values into genomes at birth, one number per population. */
  readonly writers: readonly number[];
  /** Those of them that can write in the population. */
  readonly possibleWriters: readonly number[];
}

/** What a record is checked against, from the current state of a world. */
export function recordedWorldOf({ tick, populations, scene }: Pick<Simulation, 'tick' | 'populations' | 'scene'>): RecordedWorld {
  return {
    tick,
    shapes: populations.map(({ ploidy, layout }) => ({ ploidy, stride: layout.stride })),
    causes: populations.map(({ deathCauses }) => deathCauses.length),
    living: populations.map(({ table, count }) => table.f64('id').slice(0, count)),
    traits: populations[0].traits.length,
    mechanisms: populations[0].ledgers.length,
    writers: populations.map(({ writers }) => writers.length),
    possibleWriters: populations.map((population) => possibleWriters(population, vocabularyOf(scene).mechanisms).length),
  };
}

/**
 * Checks a state of a `LifeRecord` from a file or a browser's store: a state that passes can be restored, read and continued.
 * @throws {ShapeError} for the first thing that does not fit
 */
export function checkRecord(state: unknown, world: RecordedWorld): void {
  const { finished, individuals, fossils, censuses, species, loci } = expectObject(state, 'record');
  expectBoolean(finished, 'record.finished');
  const list = checkSpecies(species, world);
  const rows = checkIndividuals(individuals, world, list);
  checkFossils(fossils, world, list.length, rows);
  const { last, completed } = expectObject(censuses, 'record.censuses');
  const lastOnes = expectList(last, 'record.censuses.last');
  if (lastOnes.length > 0) expectList(last, 'record.censuses.last', world.shapes.length);
  for (const [i, census] of lastOnes.entries()) checkCensus(census, `record.censuses.last[${i}]`, world, i);
  for (const [i, census] of expectList(completed, 'record.censuses.completed').entries()) {
    checkCensus(census, `record.censuses.completed[${i}]`, world);
  }
  // Records of earlier versions follow no copies of loci.
  if (loci !== undefined) checkTraces(loci, lastOnes, world);
}

/** Checks the data on copies of loci since the last census. */
function checkTraces(state: unknown, last: readonly unknown[], world: RecordedWorld): void {
  for (const [p, one] of expectList(state, 'record.loci').entries()) {
    if (one === null) continue;
    const where = `record.loci[${p}]`;
    const shape = world.shapes[p];
    if (!shape || !last[p]) throw new ShapeError(where, 'belongs to a population without a census');
    const { ancestors, origins, ledgers, channels, banked } = expectObject(one, where);
    const census = expectObject(last[p], where);
    const known = expectColumn(ancestors, `${where}.ancestors`, 'Float64Array', (census.id as Float64Array).length);
    expectAscending(known, `${where}.ancestors`, true);
    const living = world.living[p].length;
    const { ploidy } = shape;
    const locus = expectObject(census.locus, `${where}: its census`);
    const count = Number(locus.loci);
    for (const [h, column] of expectList(origins, `${where}.origins`, ploidy).entries()) {
      const codes = expectColumn(column, `${where}.origins[${h}]`, 'Int32Array', living * count);
      expectWithin(codes, `${where}.origins[${h}]`, 0, known.length * ploidy);
    }
    for (const [h, column] of expectList(ledgers, `${where}.ledgers`, ploidy).entries()) {
      const values = expectColumn(column, `${where}.ledgers[${h}]`, 'Float64Array', living * world.possibleWriters[p] * count);
      expectFiniteColumn(values, `${where}.ledgers[${h}]`);
    }
    for (const [c, column] of expectList(channels, `${where}.channels`, copyChannels.length).entries()) {
      if (column === null) continue;
      const counts = expectColumn(column, `${where}.channels[${c}]`, 'Float32Array', known.length * ploidy * count);
      expectFiniteColumn(counts, `${where}.channels[${c}]`);
    }
    if (banked === undefined) continue;
    const dead = expectObject(banked, `${where}.banked`);
    for (const [h, column] of expectList(dead.origins, `${where}.banked.origins`, ploidy).entries()) {
      const codes = expectColumn(column, `${where}.banked.origins[${h}]`, 'Int32Array');
      expectWithin(codes, `${where}.banked.origins[${h}]`, 0, known.length * ploidy);
    }
    for (const [h, column] of expectList(dead.ledgers, `${where}.banked.ledgers`).entries()) {
      const at = `${where}.banked.ledgers[${h}]`;
      expectFiniteColumn(expectColumn(column, at, 'Float64Array'), at);
    }
  }
}

function checkFossils(state: unknown, world: RecordedWorld, species: number, rows: ReadonlyMap<number, number>): void {
  for (const [i, one] of expectList(state, 'record.fossils').entries()) {
    const where = `record.fossils[${i}]`;
    const fossil = expectObject(one, where);
    expectWhole(fossil.id, `${where}.id`, i, i);
    const population = expectWhole(fossil.population, `${where}.population`, 0, world.shapes.length - 1);
    if (rows.get(expectWhole(fossil.organism, `${where}.organism`)) !== population) {
      throw new ShapeError(`${where}.organism`, 'is not in the record');
    }
    expectWhole(fossil.tick, `${where}.tick`, 0, world.tick);
    expectWhole(fossil.species, `${where}.species`, 0, species - 1);
    expectWhole(fossil.generation, `${where}.generation`);
    expectOneOf(fossil.reason, `${where}.reason`, ['sample', 'request']);
    expectFinite(fossil.x, `${where}.x`);
    expectFinite(fossil.y, `${where}.y`);
    expectColumn(fossil.traits, `${where}.traits`, 'Float32Array', world.traits);
    const { ploidy, stride } = world.shapes[population];
    expectColumn(fossil.genome, `${where}.genome`, 'Float32Array', ploidy * stride);
  }
}

function checkCensus(state: unknown, where: string, world: RecordedWorld, of?: number): void {
  const census = expectObject(state, where);
  const population = expectWhole(census.population, `${where}.population`, of ?? 0, of ?? world.shapes.length - 1);
  const count = expectWhole(census.count, `${where}.count`);
  expectWhole(census.tick, `${where}.tick`, 0, world.tick);
  expectAscending(expectColumn(census.id, `${where}.id`, 'Float64Array', count), `${where}.id`, true);
  expectWholeColumn(expectColumn(census.clade, `${where}.clade`, 'Float64Array', count), `${where}.clade`);
  if (census.elder !== undefined) expectColumn(census.elder, `${where}.elder`, 'Float64Array', count);
  expectWholeColumn(expectColumn(census.species, `${where}.species`, 'Float64Array', count), `${where}.species`);
  expectFiniteColumn(expectColumn(census.traits, `${where}.traits`, 'Float32Array', count * world.traits), `${where}.traits`);
  const ledgers = expectColumn(census.ledgers, `${where}.ledgers`, 'Float64Array', count * world.traits * world.mechanisms);
  expectFiniteColumn(ledgers, `${where}.ledgers`);
  const { ploidy, stride } = world.shapes[population];
  if (census.genomes !== undefined) expectColumn(census.genomes, `${where}.genomes`, 'Float32Array', count * ploidy * stride);
  if (census.descendants !== undefined) expectColumn(census.descendants, `${where}.descendants`, 'Float64Array', count);
  if (census.locus !== undefined) checkLocusCensus(census.locus, `${where}.locus`, world, population, count);
}

function checkLocusCensus(state: unknown, where: string, world: RecordedWorld, population: number, count: number): void {
  const locus = expectObject(state, where);
  const { ploidy, stride } = world.shapes[population];
  const loci = expectWhole(locus.loci, `${where}.loci`, world.traits, stride);
  expectWhole(locus.ploidy, `${where}.ploidy`, ploidy, ploidy);
  const copies = count * loci * ploidy;
  if (locus.alleles !== undefined) {
    const alleles = expectColumn(locus.alleles, `${where}.alleles`, 'Float32Array', count * world.traits * ploidy);
    expectFiniteColumn(alleles, `${where}.alleles`);
  } else if (ploidy === 2) throw new ShapeError(`${where}.alleles`, 'is missing');
  if (locus.ledgers !== undefined) {
    const width = world.writers[population] * world.traits * ploidy;
    expectFiniteColumn(expectColumn(locus.ledgers, `${where}.ledgers`, 'Float64Array', count * width), `${where}.ledgers`);
  }
  const descent = expectOneOf(locus.descent, `${where}.descent`, ['founders', 'clades', 'loci', 'unknown']);
  if ((descent === 'loci') !== (locus.origins !== undefined))
    throw new ShapeError(`${where}.origins`, `do not match '${descent}'`);
  if (locus.origins !== undefined) {
    expectWithin(expectColumn(locus.origins, `${where}.origins`, 'Int32Array', copies), `${where}.origins`, 0, 0x7fff_ffff);
  }
  if (locus.elders !== undefined) expectColumn(locus.elders, `${where}.elders`, 'Float64Array', copies);
  if (locus.added === undefined) return;
  for (const [channel, column] of Object.entries(expectObject(locus.added, `${where}.added`))) {
    expectOneOf(channel, `${where}.added`, copyChannels);
    expectFiniteColumn(expectColumn(column, `${where}.added.${channel}`, 'Float32Array', copies), `${where}.added.${channel}`);
  }
}
