import { expect, test } from 'vitest';
import { idsOfTwin, namesOrganisms } from '../../../src/app/twins/ids-of-twin.ts';
import { planReplicates } from '../../../src/app/twins/plan-replicates.ts';
import { listOf, orderOf, signOf, type Target, type TwinChange } from '../../../src/app/twins/twin-change.ts';
import { TwinChanges } from '../../../src/app/twins/twin-changes.svelte.ts';
import { subtractSeries, twinMeasures } from '../../../src/app/twins/twin-measures.ts';
import { performReplicate } from '../../../src/experiment/twins/perform-replicate.ts';
import { simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { WorldText } from '../../../src/worker/describe-world.ts';
import { Session } from '../../../src/worker/session.ts';
import type { SeriesNow } from '../../../src/worker/topics/twins.ts';
import { tinyScene } from '../experiment/small-plan.ts';

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

const mutation = 'populations.grazers.mechanisms.mutation.on';
const regrowth = 'habitat.grass.regrowth';
const made = (target: Target, path: string, value: unknown): TwinChange => ({ at: 20, target, path, value });

test('a difference is named by its change where there is one, otherwise all changes are listed', () => {
  const describe = (...changes: TwinChange[]) => [signOf(changes), orderOf(changes), listOf(changes)];
  expect(describe()).toEqual([1, 'this world minus its twin', '']);
  expect(describe(made('there', mutation, false))).toEqual([1, 'with mutation minus without', '']);
  expect(describe(made('there', mutation, true))).toEqual([-1, 'with mutation minus without', '']);
  expect(describe(made('here', mutation, false))).toEqual([-1, 'with mutation minus without', '']);
  expect(describe(made('there', regrowth, 0.02))).toEqual([-1, 'with regrowth 0.02 minus without', '']);
  // What both get is not a difference.
  expect(describe(made('there', mutation, true), made('both', regrowth, 0.02))[1]).toBe('with mutation minus without');
  const several = [made('there', mutation, true), made('both', regrowth, 0.02), made('here', regrowth, 0.03)];
  expect(describe(...several, made('there', regrowth, 0.04))).toEqual([
    1,
    'this world minus its twin',
    'Here: regrowth 0.03. There: mutation on, regrowth 0.04.',
  ]);
});

/** Changes of two worlds at tick 20 that are alike. */
function changesAt20() {
  const [first, second] = [new Session(), new Session()];
  for (const session of [first, second]) {
    session.run.load({ scene: tinyScene, file: 'tiny', seed: '3', changes: [] });
    session.transport.step(20);
  }
  let changed = 0;
  const twins = {
    world: { worker: first, refresh: async () => {} },
    worker: second,
    ended: false,
    gone: new Promise<undefined>(() => {}),
    twinOf: async () => undefined,
    changed: () => changed++,
  } as unknown as ConstructorParameters<typeof TwinChanges>[0];
  return { changes: new TwinChanges(twins), first, second, changed: () => changed };
}

test('replicates repeat what was changed from the parting on, and not what both got before', async () => {
  const { changes, first, second, changed } = changesAt20();
  changes.choose('both');
  const food = { x: 20, y: 20, radius: 12, food: 'grass', amount: 2 };
  await changes.set('acts.food', food);
  changes.choose('there');
  await changes.set(mutation, false);
  changes.choose('both');
  await changes.set(regrowth, 0.01);
  const { parting } = changes;
  if (!parting) throw new Error('they have not parted');
  expect(changes.made.map(({ path, target }) => [path, target])).toEqual([
    [mutation, 'there'],
    [regrowth, 'both'],
  ]);
  expect(changed()).toBe(3);
  expect(await changes.share()).toMatchObject({ parting: 20, shared: 1, changes: [{ path: mutation }, { path: regrowth }] });

  // The pair that is watched, with the draws of a replicate: food was given once.
  const plan = planReplicates(parting, changes.made, [{ probe: 'census', name: 'grazers.population' }], '3');
  const { worlds } = performReplicate({ ...plan, worlds: [parting.snapshot], seed: 'own', ticks: 20 });
  const forks = [first, second].map((session) => {
    const world = simulationFromSnapshot(session.run.snapshot() as ArrayBuffer).fork({ seed: 'own' });
    world.step(20);
    return world.hash();
  });
  expect(worlds.map((state) => simulationFromSnapshot(state).hash())).toEqual(forks);
  expect(forks[0]).not.toBe(forks[1]);
});

test('a link of twins that have not parted says so: the twin has all changes of its world', async () => {
  const { changes } = changesAt20();
  expect(await changes.share()).toEqual({ parting: 20, shared: 0, changes: [] });
  changes.choose('both');
  await changes.set(regrowth, 0.01);
  expect(await changes.share()).toEqual({ parting: 20, shared: 1, changes: [] });
});
