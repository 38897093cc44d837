import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSceneText } from '../../src/scene/parse.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { createSimulation, simulationFromSnapshot } from '../../src/simulation/create.ts';
import { inspectOrganism } from '../../src/simulation/inspect.ts';
import { probesOf } from '../../src/simulation/probes.ts';
import type { Simulation } from '../../src/simulation/types.ts';

// What each scene comes to, to the bit. A change of these numbers is a change of every result: it must be meant.
// UPDATE_GOLDEN=1 npm test -- golden writes them anew.
const file = new URL('./hashes.json', import.meta.url);
const golden: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
const updating = process.env.UPDATE_GOLDEN === '1';
const seed = '7';
const ticks = 2000;

function sceneOf(name: string) {
  const path = `scenes/${name}.json`;
  return readSceneText(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), path);
}

/** Hash of a world at a tick, that of the golden hashes unless told; the world is given back. */
function finish(simulation: Simulation, tick = ticks): string {
  simulation.step(tick - simulation.tick);
  const hash = simulation.hash();
  simulation.dispose();
  return hash;
}

it.each([
  'meadow',
  'arms-race',
  'bloom',
  'islands',
  'annealing',
  'one-mutant-at-a-time',
  'mutations-in-flight',
  'population-based-training',
])(
  '%s, seed 7, tick 2,000',
  (name) => {
    const hash = finish(createSimulation(sceneOf(name), seed));
    if (updating) {
      golden[name] = hash;
      writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
      process.stdout.write(`golden hash of ${name} is now ${hash}\n`);
    }
    expect(hash).toBe(golden[name]);
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
  expect(finish(restored)).toBe(golden.meadow);
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
  expect(finish(simulation)).toBe(golden.meadow);
}, 60_000);
