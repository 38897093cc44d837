import type { RecordedWorld } from './check-record.ts';
import type { SavedSpecies } from './check-species.ts';
import {
  expectAscending,
  expectColumn,
  expectFiniteColumn,
  expectObject,
  expectWholeColumn,
  expectWithin,
  ShapeError,
} from './expect-shape.ts';
import { fitsShape, isFull, runWords } from './genome-runs.ts';
import { flag } from './row-chunk.ts';

const whereAt = 'record.individuals';
const allFlags = flag.kept | flag.living | flag.held | flag.fossil | flag.banked;

/**
 * Checks the individuals of a saved record: parents before their children, genomes that can be rebuilt, and exactly the world's
 * living organisms.
 * @returns the population of each kept individual, by its id
 * @throws {ShapeError}
 */
export function checkIndividuals(
  state: unknown,
  world: RecordedWorld,
  species: readonly SavedSpecies[],
): ReadonlyMap<number, number> {
  const saved = expectObject(state, whereAt);
  const columns = expectObject(saved.columns, `${whereAt}.columns`);
  const id = expectColumn(columns.id, `${whereAt}.columns.id`, 'Float64Array');
  const n = id.length;
  const column = <T extends 'Uint8Array' | 'Int32Array' | 'Float32Array' | 'Float64Array'>(name: string, type: T) =>
    expectColumn(columns[name], `${whereAt}.columns.${name}`, type, n);
  for (let i = 0; i < n; i++) {
    if (!Number.isSafeInteger(id[i]) || id[i] < 0) throw new ShapeError(`${whereAt}.columns.id[${i}]`, 'is not an id');
  }
  expectAscending(id, `${whereAt}.columns.id`, true);
  column('share', 'Float64Array');
  for (const name of ['second', 'founder']) expectWholeColumn(column(name, 'Float64Array'), `${whereAt}.${name}`, -1);
  for (const name of ['lineTick', 'deathTick', 'generation', 'offspring']) column(name, 'Int32Array');
  for (const name of ['x', 'y']) column(name, 'Float32Array');
  const birthTick = column('birthTick', 'Int32Array');
  const speciesOf = column('species', 'Int32Array');
  const cause = column('cause', 'Uint8Array');
  const population = column('population', 'Uint8Array');
  const flags = column('flags', 'Uint8Array');
  expectWithin(population, `${whereAt}.columns.population`, 0, world.shapes.length - 1);
  expectWithin(speciesOf, `${whereAt}.columns.species`, 0, species.length - 1);
  expectWithin(flags, `${whereAt}.columns.flags`, flag.kept, allFlags);
  expectWithin(birthTick, `${whereAt}.columns.birthTick`, -0x8000_0000, world.tick);
  const first = expectColumn(saved.first, `${whereAt}.first`, 'Int32Array', n);
  const second = expectColumn(saved.second, `${whereAt}.second`, 'Int32Array', n);
  const living = world.living.map(() => 0);
  let banked = 0;
  for (let i = 0; i < n; i++) {
    const at = `${whereAt}: individual ${id[i]}`;
    const p = population[i];
    for (const parent of [first[i], second[i]]) {
      if (!(parent >= -1 && parent < i)) throw new ShapeError(at, 'has a parent that is not before it');
      if (parent >= 0 && (birthTick[parent] > birthTick[i] || population[parent] !== p)) {
        throw new ShapeError(at, 'has a parent that was born later or elsewhere');
      }
    }
    if (first[i] < 0 && second[i] >= 0) throw new ShapeError(at, 'has a second parent only');
    if (cause[i] >= Math.max(1, world.causes[p])) throw new ShapeError(at, 'died of no known cause');
    if ((flags[i] & flag.kept) === 0) throw new ShapeError(at, 'is not kept');
    if (species[speciesOf[i]].population !== p) throw new ShapeError(at, 'is of a species of another population');
    if ((flags[i] & flag.banked) !== 0) {
      if ((flags[i] & (flag.living | flag.held)) !== flag.held)
        throw new ShapeError(at, 'is in a bank of the dead and lives or is not held');
      banked++;
    }
    if ((flags[i] & flag.living) === 0) continue;
    if ((flags[i] & flag.held) === 0) throw new ShapeError(at, 'lives and is not held');
    if (!species[speciesOf[i]].living) throw new ShapeError(at, 'lives and its species does not');
    living[p]++;
  }
  const places = new Map(Array.from(id, (one, i) => [one, i]));
  checkLiving(world, living, places, flags, population);
  checkGenomes(saved.genomes, world, first, population);
  checkTransfers(saved.transfers, world, birthTick, population);
  const count = living.reduce((sum, one) => sum + one, banked);
  const ledgers = expectColumn(saved.ledgers, `${whereAt}.ledgers`, 'Float64Array', count * world.traits * world.mechanisms);
  expectFiniteColumn(ledgers, `${whereAt}.ledgers`);
  expectWholeColumn(expectColumn(saved.clades, `${whereAt}.clades`, 'Float64Array', count), `${whereAt}.clades`, -1);
  return new Map(Array.from(id, (one, i) => [one, population[i]]));
}

/** The same organisms must live in the record and in the world. */
function checkLiving(
  world: RecordedWorld,
  counts: readonly number[],
  places: ReadonlyMap<number, number>,
  flags: Uint8Array,
  population: Uint8Array,
): void {
  for (const [p, ids] of world.living.entries()) {
    if (counts[p] !== ids.length) {
      throw new ShapeError(whereAt, `has ${counts[p]} living in population ${p} and the world has ${ids.length}`);
    }
    for (const one of ids) {
      const i = places.get(one);
      if (i === undefined || population[i] !== p || (flags[i] & flag.living) === 0) {
        throw new ShapeError(whereAt, `does not know organism ${one}: it belongs to another tick or run`);
      }
    }
  }
}

/** Genomes one behind the other; those not stored in full are rebuilt from parents. */
function checkGenomes(state: unknown, world: RecordedWorld, first: Int32Array, population: Uint8Array): void {
  const where = `${whereAt}.genomes`;
  const genomes = expectColumn(state, where, 'Int32Array');
  const words = new Uint32Array(genomes.buffer, genomes.byteOffset, genomes.length);
  let at = 0;
  for (let i = 0; i < first.length; i++) {
    if (at >= words.length) throw new ShapeError(where, 'are cut off');
    const length = runWords(words[at]);
    if (at + length > words.length) throw new ShapeError(where, 'are cut off');
    const { ploidy, stride } = world.shapes[population[i]];
    if (!fitsShape(words.subarray(at, at + length), ploidy, stride)) throw new ShapeError(where, `do not fit at individual ${i}`);
    if (first[i] < 0 && !isFull(words[at])) throw new ShapeError(where, `lack a parent at individual ${i}`);
    at += length;
  }
  if (at !== words.length) throw new ShapeError(where, 'continue after the last individual');
}

function checkTransfers(state: unknown, world: RecordedWorld, birthTick: Int32Array, population: Uint8Array): void {
  const where = `${whereAt}.transfers`;
  const saved = expectObject(state, where);
  const recipient = expectColumn(saved.recipient, `${where}.recipient`, 'Int32Array');
  const n = recipient.length;
  const donor = expectColumn(saved.donor, `${where}.donor`, 'Int32Array', n);
  expectWholeColumn(expectColumn(saved.donorId, `${where}.donorId`, 'Float64Array', n), `${where}.donorId`, -1);
  const tick = expectColumn(saved.tick, `${where}.tick`, 'Int32Array', n);
  const into = expectColumn(saved.recipientHaplotype, `${where}.recipientHaplotype`, 'Uint8Array', n);
  const from = expectColumn(saved.donorHaplotype, `${where}.donorHaplotype`, 'Uint8Array', n);
  const start = expectColumn(saved.start, `${where}.start`, 'Int32Array', n);
  const end = expectColumn(saved.end, `${where}.end`, 'Int32Array', n);
  expectWithin(recipient, `${where}.recipient`, 0, population.length - 1);
  expectWithin(donor, `${where}.donor`, -1, population.length - 1);
  expectWithin(tick, `${where}.tick`, -0x8000_0000, world.tick);
  expectAscending(tick, `${where}.tick`, false);
  let values = 0;
  for (let k = 0; k < n; k++) {
    const at = `${where}[${k}]`;
    const { ploidy, stride } = world.shapes[population[recipient[k]]];
    if (into[k] >= ploidy || from[k] >= ploidy) throw new ShapeError(at, 'is to a haplotype that does not exist');
    if (!(start[k] >= 0 && end[k] > start[k] && end[k] <= stride)) throw new ShapeError(at, 'is outside the genome');
    // A donor is needed as it was before the transfer. It was alive by then, which keeps references from forming a circle.
    if (donor[k] >= 0 && birthTick[donor[k]] >= tick[k]) throw new ShapeError(at, 'comes from a donor that was not born');
    values += end[k] - start[k];
  }
  expectColumn(saved.values, `${where}.values`, 'Float32Array', values);
}
