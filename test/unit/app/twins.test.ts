import { expect, test } from 'vitest';
import { idsOfTwin, namesOrganisms } from '../../../src/app/twins/ids-of-twin.ts';
import { subtractSeries, twinMeasures } from '../../../src/app/twins/twin-measures.ts';
import type { WorldText } from '../../../src/worker/describe-world.ts';
import type { SeriesNow } from '../../../src/worker/topics/twins.ts';

const twins = { twinOf: async (_: string, id: number) => (id === 3 ? 30 : undefined) };

test('an act that names an organism names its twin there, and anything else stays as it is', async () => {
  const value = (act: object) => idsOfTwin(twins, 'acts.place', { population: 'foragers', ...act });
  expect(await value({ id: 3 })).toEqual({ population: 'foragers', id: 30 });
  expect(await value({ genome: { of: 3 } })).toEqual({ population: 'foragers', genome: { of: 30 } });
  const plain = { population: 'foragers', ids: [3], genome: { loci: [] } };
  expect(await idsOfTwin(twins, 'acts.remove', plain)).toBe(plain);
  expect(await idsOfTwin(twins, 'habitat.grass.regrowth', 3)).toBe(3);
  await expect(value({ id: 4 })).rejects.toThrow('Organism 4 does not live in the twin. Pick another one.');
});

const column = (probe: string, name: string, title: string) => ({ probe, name, title, unit: 'x' });
const world = (view: WorldText['view'], populations: readonly string[]) =>
  ({
    view,
    populations: populations.map((name) => ({
      name,
      title: name.toUpperCase(),
      traits: [{ id: 'body.size' }, { id: 'diet' }, { id: 'late' }],
    })),
    columns: populations.flatMap((name) => [
      column('census', `${name}.population`, 'Living'),
      column('traits', `${name}.body.size.mean`, 'Mean size'),
    ]),
  }) as unknown as WorldText;

test('measures are those of the scene, otherwise numbers and first traits that there are, and name the population where there are several', () => {
  const of = (text: WorldText) => twinMeasures(text).map(({ column: at, title }) => `${at} ${title}`);
  expect(of(world({ plots: ['traits/a.body.size.mean', 'census/a.nothing'] }, ['a']))).toEqual(['1 Mean size']);
  expect(of(world({}, ['a']))).toEqual(['0 Living', '1 Mean size']);
  expect(of(world({}, ['a', 'b', 'c']))).toEqual(['0 A: living', '2 B: living', '4 C: living', '1 A: mean size']);
});

test('differences are taken bucket by bucket, and end where the world that is behind ends', () => {
  const series = (tick: number, bucketTicks: number, mean: readonly number[]): SeriesNow => {
    const ticks = Float64Array.from(mean.keys(), (k) => k * bucketTicks);
    return { tick, data: { bucketTicks, ticks, mean: [Float64Array.from(mean)], minimum: [], maximum: [] } };
  };
  const measures = twinMeasures(world({}, ['a'])).slice(0, 1);
  const [one] = subtractSeries(measures, series(32, 10, [1, 2, 3, 4]), series(29, 10, [1, 1, 5]), 1);
  expect([...one.values]).toEqual([0, 1, -2]);
  expect([one.here, one.there, ...one.ticks]).toEqual([3, 5, 0, 10, 20]);
  // A wide bucket counts when all its samples are there: ticks 20 and 30.
  expect(subtractSeries(measures, series(29, 20, [1, 2]), series(29, 20, [3, 3]), -1).map(({ values }) => [...values])).toEqual([
    [2],
  ]);
  expect(subtractSeries(measures, series(31, 20, [1, 2]), series(30, 20, [3, 3]), -1).map(({ values }) => [...values])).toEqual([
    [2, 1],
  ]);
  expect(subtractSeries(measures, series(9, 10, [1]), series(9, 20, [1]), 1)).toEqual([]);
});

test('replicates can repeat what does not name organisms', () => {
  expect(namesOrganisms('acts.remove', { population: 'foragers', ids: [1] })).toBe(true);
  expect(namesOrganisms('acts.move', { population: 'foragers', id: 1 })).toBe(true);
  expect(namesOrganisms('acts.place', { population: 'foragers', genome: { of: 1 } })).toBe(true);
  expect(namesOrganisms('acts.place', { population: 'foragers', genome: { loci: [] } })).toBe(false);
  expect(namesOrganisms('acts.food', { x: 1, y: 1 })).toBe(false);
  expect(namesOrganisms('habitat.grass.regrowth', { id: 1 })).toBe(false);
});
