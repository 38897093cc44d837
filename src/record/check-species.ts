import type { RecordedWorld } from './check-record.ts';
import {
  expectAscending,
  expectColumn,
  expectList,
  expectObject,
  expectOneOf,
  expectText,
  expectWhole,
  ShapeError,
} from './expect-shape.ts';

/** What other checks need of a species of a saved record. */
export interface SavedSpecies {
  readonly population: number;
  readonly living: boolean;
}

const fates = ['living', 'extinct', 'merged'] as const;
const kinds = ['origin', 'split', 'merge', 'extinction'] as const;

/** Checks the species of a saved record. @throws {ShapeError} */
export function checkSpecies(state: unknown, world: RecordedWorld): readonly SavedSpecies[] {
  const { entries, events, looks, roots, memories } = expectObject(state, 'record.species');
  const populations = world.shapes.length;
  const all = expectList(entries, 'record.species.entries');
  const list = all.map((one, i) => checkEntry(one, `record.species.entries[${i}]`, i, all.length, world));
  const indexOf = (value: unknown, where: string, least = 0) => expectWhole(value, where, least, list.length - 1);
  for (const [i, one] of expectList(events, 'record.species.events').entries()) {
    const where = `record.species.events[${i}]`;
    const event = expectObject(one, where);
    expectWhole(event.tick, `${where}.tick`, 0, world.tick);
    expectOneOf(event.kind, `${where}.kind`, kinds);
    indexOf(event.species, `${where}.species`);
    indexOf(event.other, `${where}.other`, -1);
  }
  for (const [i, one] of expectList(looks, 'record.species.looks').entries()) {
    const where = `record.species.looks[${i}]`;
    const look = expectObject(one, where);
    expectWhole(look.tick, `${where}.tick`, 0, world.tick);
    expectWhole(look.population, `${where}.population`, 0, populations - 1);
    const found = expectList(look.species, `${where}.species`).map((id) => indexOf(id, `${where}.species`));
    expectAscending(found, `${where}.species`, true);
    for (const count of expectList(look.counts, `${where}.counts`, found.length)) expectWhole(count, `${where}.counts`);
    const moments = 'Float64Array';
    const traits = expectColumn(look.traitMeans, `${where}.traitMeans`, moments).length;
    if (traits % Math.max(1, found.length) !== 0)
      throw new ShapeError(`${where}.traitMeans`, 'does not have the same number of values for each species');
    expectColumn(look.traitVariances, `${where}.traitVariances`, moments, traits);
  }
  for (const [i, root] of expectList(roots, 'record.species.roots', populations).entries()) {
    if (list[indexOf(root, `record.species.roots[${i}]`)].population !== i) {
      throw new ShapeError(`record.species.roots[${i}]`, 'is a species of another population');
    }
  }
  for (const [i, one] of expectList(memories, 'record.species.memories', populations).entries()) {
    checkMemory(one, `record.species.memories[${i}]`);
  }
  return list;
}

function checkEntry(state: unknown, where: string, id: number, all: number, world: RecordedWorld): SavedSpecies {
  const entry = expectObject(state, where);
  expectWhole(entry.id, `${where}.id`, id, id);
  const population = expectWhole(entry.population, `${where}.population`, 0, world.shapes.length - 1);
  expectWhole(entry.parent, `${where}.parent`, -1, id - 1);
  const origin = expectWhole(entry.originTick, `${where}.originTick`, 0, world.tick);
  const fate = expectOneOf(entry.fate, `${where}.fate`, fates);
  if (fate !== 'living') expectWhole(entry.endTick, `${where}.endTick`, origin, world.tick);
  else if (entry.endTick !== null) throw new ShapeError(`${where}.endTick`, 'is set although the species lives');
  expectWhole(entry.mergedInto, `${where}.mergedInto`, -1, all - 1);
  expectWhole(entry.representative, `${where}.representative`, -1);
  const { ploidy, stride } = world.shapes[population];
  const genome = expectColumn(entry.genome, `${where}.genome`, 'Float32Array');
  if (genome.length > 0) expectColumn(genome, `${where}.genome`, 'Float32Array', ploidy * stride);
  expectWhole(entry.count, `${where}.count`);
  expectWhole(entry.peak, `${where}.peak`);
  return { population, living: fate === 'living' };
}

function checkMemory(state: unknown, where: string): void {
  const memory = expectObject(state, where);
  for (const [i, one] of expectList(memory.candidates, `${where}.candidates`).entries()) {
    const candidate = expectObject(one, `${where}.candidates[${i}]`);
    expectWhole(candidate.seen, `${where}.candidates[${i}].seen`);
    expectColumn(candidate.members, `${where}.candidates[${i}].members`, 'Float64Array');
  }
  expectWhole(memory.lastId, `${where}.lastId`, -1);
  for (const pair of expectList(memory.pending, `${where}.pending`)) {
    const [what, seen] = expectList(pair, `${where}.pending`, 2);
    expectText(what, `${where}.pending`);
    expectWhole(seen, `${where}.pending`);
  }
}
