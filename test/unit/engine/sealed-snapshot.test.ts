import { describe, expect, it } from 'vitest';
import type { PlaneScene } from '../../../src/scene/schema.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { SnapshotText } from '../../../src/simulation/snapshot.ts';
import { partsOf, sealSnapshot } from '../../torture/fuzz/snapshots.ts';
import { smallWorld } from './worlds.ts';

/** A snapshot with a change inside and check sums that hold. */
function changed(change: (text: SnapshotText, column: (name: string) => DataView) => void): ArrayBuffer {
  const world = createSimulation(smallWorld(), 'sealed');
  world.step(5);
  const { text, columns } = partsOf(world.snapshot());
  world.dispose();
  const names = text.columns.flat().map((name) => name.split(' ')[0]);
  // The ground comes first.
  change(text, (name) => new DataView(columns[1 + names.indexOf(name)].buffer));
  return sealSnapshot(text, columns).buffer as ArrayBuffer;
}

describe('a snapshot whose check sums hold and whose inside does not', () => {
  it('opens where nothing was changed', () => {
    const world = simulationFromSnapshot(changed(() => {}));
    expect(world.tick).toBe(5);
    world.dispose();
  });

  it.each<[string, Parameters<typeof changed>[0], RegExp]>([
    [
      'an organism twice',
      (_, column) => column('id').setFloat64(8, column('id').getFloat64(0, true), true),
      /organism \d+ is listed twice/,
    ],
    [
      'an id to come',
      ({ nextId }, column) => column('id').setFloat64(0, nextId, true),
      /id of foragers holds a value that is not an organism/,
    ],
    [
      'a founder that is not a number',
      (_, column) => column('founder').setFloat64(0, Number.NaN, true),
      /founder of foragers holds/,
    ],
    [
      'a parent without end',
      (_, column) => column('parent').setFloat64(0, Number.POSITIVE_INFINITY, true),
      /parent of foragers holds/,
    ],
    ['a birth to come', (_, column) => column('birthTick').setInt32(0, 6, true), /an organism of foragers was born at tick 6/],
    ['an age past counting', (_, column) => column('birthTick').setInt32(0, -(2 ** 31), true), /was born at tick -2147483648/],
    [
      'ids past whole numbers',
      (text) => (text.nextId = 2 ** 53 - 1),
      /nextId: 9007199254740991 is too large; give a whole number/,
    ],
    ['a text of another type', (text) => (text.notices = 3 as never), /notices: 3 is not allowed here; give a list/],
    ['a text that lacks something', (text) => (text.seed = undefined as never), /seed: is missing; give a text/],
  ])('is refused: %s', (_, change, message) => {
    expect(() => simulationFromSnapshot(changed(change))).toThrow(message);
    expect(() => simulationFromSnapshot(changed(change))).toThrow(/^snapshot: it is damaged: .*$/);
  });

  it('is refused where it began as another world', () => {
    const renamed = changed((text) => {
      const { foragers } = (text.initialScene as PlaneScene).populations;
      text.initialScene = { ...(text.initialScene as PlaneScene), populations: { grazers: foragers } };
    });
    expect(() => simulationFromSnapshot(renamed)).toThrow(/its scene is not of the world that it began with$/);
  });
});
