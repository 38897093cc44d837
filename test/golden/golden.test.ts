import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSceneText } from '../../src/scene/parse.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { createSimulation, simulationFromSnapshot } from '../../src/simulation/create.ts';
import { inspectOrganism } from '../../src/simulation/inspect.ts';
import { probesOf } from '../../src/simulation/probes-of.ts';
import type { Simulation } from '../../src/simulation/types.ts';

// What each scene comes to, bit for bit. A change of these numbers is a change of every result: it must be meant, and the tables
// of the documents that were made before it are then named as stale. UPDATE_GOLDEN=1 npm test -- golden writes them again.
//
// hashes.json is what tables say they were made with. A scene that is new says nothing about older tables: it is pinned in new-scenes.json.
const files = ['hashes.json', 'new-scenes.json'].map((name) => {
  const file = new URL(`./${name}`, import.meta.url);
  return { file, hashes: JSON.parse(readFileSync(file, 'utf8')) as Record<string, string> };
});
const updating = process.env.UPDATE_GOLDEN === '1';
const seed = '7';
const ticks = 2000;

const sceneText = (name: string) => readFileSync(new URL(`../../scenes/${name}.json`, import.meta.url), 'utf8');
const sceneOf = (name: string) => readSceneText(sceneText(name), `scenes/${name}.json`);

/** Hash of a world at a tick, that of the golden hashes unless told; the world is given back. */
function finish(simulation: Simulation, tick = ticks): string {
  simulation.step(tick - simulation.tick);
  const hash = simulation.hash();
  simulation.dispose();
  return hash;
}

/** Compares a hash with the golden one of that name; writes it where golden hashes are being updated. */
function expectGolden(name: string, hash: string): void {
  const { file, hashes } = files.find((one) => name in one.hashes) ?? files[1];
  if (updating) {
    hashes[name] = hash;
    writeFileSync(file, `${JSON.stringify(hashes, null, 2)}\n`);
    process.stdout.write(`golden hash of ${name} is now ${hash}\n`);
  }
  expect(hash).toBe(hashes[name]);
}

/** Scenes that are followed for 2,000 ticks. */
const long = [
  'meadow',
  'arms-race',
  'bloom',
  'islands',
  'annealing',
  'one-mutant-at-a-time',
  'mutations-in-flight',
  'population-based-training',
];
/** The others: every scene pins what its own mechanisms do. */
const short = readdirSync(new URL('../../scenes/', import.meta.url))
  .map((name) => name.replace(/\.json$/, ''))
  .filter((name) => !long.includes(name));

it.each(long)('%s, seed 7, tick 2,000', (name) => expectGolden(name, finish(createSimulation(sceneOf(name), seed))), 60_000);

it.each(short)('%s, seed 7, tick 500', (name) => expectGolden(name, finish(createSimulation(sceneOf(name), seed), 500)), 60_000);

/** What no scene has switched on, named one by one: a new mechanism is none of theirs and changes no hash. */
const further: Readonly<Record<string, readonly [scene: string, population: string, set: Readonly<Record<string, unknown>>]>> = {
  'meadow with mechanisms of no scene': [
    'meadow',
    'foragers',
    {
      founders: 1000,
      'genome.carries': ['learning.rate', 'reward.energy', 'reward.novelty', 'imitation.rate', 'offspring.preference'],
      'mechanisms.sexual-reproduction.on': true,
      'mechanisms.recombination.on': true,
      'mechanisms.transfer.on': true,
      'mechanisms.learning.on': true,
      'mechanisms.curiosity.on': true,
      'mechanisms.imitation.on': true,
      'mechanisms.epigenetic-marks.on': true,
      'mechanisms.offspring-preference.on': true,
    },
  ],
  'mutations-in-flight with gamma effects': [
    'mutations-in-flight',
    'lineage',
    { 'mechanisms.mutation.effects': 'gamma', 'mechanisms.mutation.upward': 0.3, 'mechanisms.mutation.rate': 0.05 },
  ],
  'mutations-in-flight with sex and demes': [
    'mutations-in-flight',
    'lineage',
    { 'mechanisms.sexual-reproduction.on': true, 'mechanisms.recombination.on': true, 'mechanisms.migration.on': true },
  ],
};

it.each(Object.keys(further))(
  '%s, seed 7, tick 200',
  (name) => {
    const [scene, population, set] = further[name];
    const changes = Object.entries(set).map(([path, value]) => ({ path: `populations.${population}.${path}`, value }));
    const simulation = createSimulation(applyChanges(sceneOf(scene), changes, { atStart: true }), seed);
    simulation.step(200);
    // A world that has died out would pin nothing.
    expect(simulation.populations[0].count).toBeGreaterThan(100);
    expectGolden(name, finish(simulation, 200));
  },
  60_000,
);

it('meadow restored from a snapshot of tick 1,000 goes on in lockstep to the same hash', () => {
  const straight = createSimulation(sceneOf('meadow'), seed);
  straight.step(1000);
  const restored = simulationFromSnapshot(straight.snapshot());
  for (let tick = 1000; tick < 1100; tick++) {
    straight.step();
    restored.step();
    expect(restored.hash(), `first tick that differs: ${tick + 1}`).toBe(straight.hash());
  }
  straight.dispose();
  expect(finish(restored)).toBe(files[0].hashes.meadow);
}, 60_000);

it('meadow with a parameter set before tick 0 equals the scene with that value', () => {
  const scene = sceneOf('meadow');
  const changes = [{ path: 'habitat.grass.regrowth', value: 0.02 }];
  // Long enough for many births; more food feeds many, and every tick costs more.
  const until = 400;
  const written = finish(createSimulation(applyChanges(scene, changes), seed), until);
  const live = createSimulation(scene, seed);
  live.set('habitat.grass.regrowth', 0.02);
  expect(finish(live, until)).toBe(written);
  const scheduled = createSimulation({ ...scene, changes: [{ at: 0, ...changes[0] }] }, seed);
  expect(finish(scheduled, until)).toBe(written);
  expect(finish(createSimulation(scene, seed), until)).not.toBe(written);
}, 60_000);

it('meadow comes to the same hash whatever is being watched', () => {
  const simulation = createSimulation(sceneOf('meadow'), seed);
  const samplers = probesOf(simulation).map((probe) => probe.start(simulation));
  for (const { afterTick } of samplers) if (afterTick) simulation.observe({ afterTick });
  simulation.profile(() => 0);
  for (let tick = 0; tick < ticks; tick += 100) {
    simulation.step(100);
    for (const sampler of samplers) sampler.sample(simulation);
    const [population] = simulation.populations;
    inspectOrganism(simulation, population.name, population.table.f64('id')[0]);
    simulation.snapshot();
    simulation.fork().dispose();
  }
  expect(finish(simulation)).toBe(files[0].hashes.meadow);
}, 60_000);
