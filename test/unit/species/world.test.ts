import { expect, it } from 'vitest';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import { huntWorld, makeWorld, smallWorld } from '../engine/worlds.ts';
import { told } from './clouds.ts';

// Founders are 0.85 apart at every weight: families become species, and most of them die out.
const scene = smallWorld({
  foragers: { founders: 200, mechanisms: { mutation: { on: true, rate: 0.5, deviation: 0.1 } } },
  record: { species: { every: 10, sample: 80, distance: 0.5, smallest: 6, patience: 2 } },
});

it('a saved record of a world goes on in lockstep', () => {
  const world = makeWorld(scene, 'species');
  const record = new LifeRecord(world);
  world.observe(record);
  world.step(150);
  const twin = simulationFromSnapshot(world.snapshot());
  const restored = new LifeRecord(twin, { saved: record.state() });
  twin.observe(restored);
  for (let look = 0; look < 15; look++) {
    world.step(10);
    twin.step(10);
    expect(restored.species.state(), `at tick ${world.tick}`).toEqual(record.species.state());
  }
  const kinds = new Set(record.species.events.map(({ kind }) => kind));
  expect([...kinds].sort(), told(record.species).join('\n')).toEqual(expect.arrayContaining(['extinction', 'origin', 'split']));
  expect(record.species.events.at(-1)?.tick).toBeGreaterThan(150);
  twin.dispose();
});

it('counts are those of the living, and everybody is of a species that lives', () => {
  const world = makeWorld(scene, 'count');
  const record = new LifeRecord(world);
  world.observe(record);
  const [{ table }] = world.populations;
  for (let look = 0; look < 30; look++) {
    world.step(10);
    const names = [...table.f64('id').subarray(0, table.count)].map((id) =>
      record.individuals.speciesOf(record.individuals.rowOf(id)),
    );
    const { species, counts } = record.species.looks.at(-1) ?? { species: [], counts: [] };
    expect(species).toEqual([...new Set(names)].sort((a, b) => a - b));
    expect(counts).toEqual(species.map((one) => names.filter((name) => name === one).length));
    const living = record.species.entries.filter(({ fate }) => fate === 'living');
    expect(living.map(({ id }) => id)).toEqual(species);
    expect(living.map(({ count }) => count)).toEqual(counts);
    for (const { id, count, peak, fate, endTick, parent } of record.species.entries) {
      expect(peak).toBeGreaterThanOrEqual(count);
      expect(endTick === null).toBe(fate === 'living');
      expect(parent).toBeLessThan(id);
    }
  }
});

it('each population has species of its own, numbered together', () => {
  const world = makeWorld(huntWorld(), 'two');
  const { species } = new LifeRecord(world);
  expect(species.entries.map(({ id, population, parent }) => [id, population, parent])).toEqual([
    [0, 0, -1],
    [1, 1, -1],
  ]);
  expect([0, 1].map((index) => species.rootOf(index))).toEqual([0, 1]);
  expect(species.looks.map(({ population, counts }) => [population, counts])).toEqual([
    [0, [world.populations[0].count]],
    [1, [world.populations[1].count]],
  ]);
});
