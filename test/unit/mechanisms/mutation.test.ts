// Mutations by tables of sizes in worlds: snapshots, changes while a world runs, and what the page expects of a landscape.
import { expect, it } from 'vitest';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { LandscapeSimulation } from '../../../src/simulation/kinds.ts';
import { LandscapeSampler } from '../../../src/worker/landscape/landscape-sampler.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

const diploid = (mutation: object) =>
  smallWorld({
    foragers: {
      genome: { ploidy: 2 },
      mechanisms: { mutation: { on: true, evolvable: true, ...mutation } },
    },
  });

it('a world with them goes on from a snapshot to the same hash', () => {
  const straight = makeWorld(diploid({ effects: 'gamma', shape: 0.3, upward: 0.2, rate: 0.05 }), 'sizes');
  straight.step(30);
  const restored = simulationFromSnapshot(straight.snapshot());
  straight.step(30);
  restored.step(30);
  expect(straight.populations[0].count).toBeGreaterThan(20);
  expect(restored.hash()).toBe(straight.hash());
  straight.dispose();
  restored.dispose();
});

it('shape, distribution and direction may change while a world runs, and back', () => {
  const path = 'populations.foragers.mechanisms.mutation';
  const run = (changes: readonly (readonly [tick: number, name: string, value: unknown])[]) => {
    const world = makeWorld(diploid({ effects: 'gamma', shape: 0.3 }), 'sizes');
    for (let tick = 0; tick < 40; tick++) {
      for (const [at, name, value] of changes) if (at === tick) world.set(`${path}.${name}`, value);
      world.step();
    }
    const hash = world.hash();
    world.dispose();
    return hash;
  };
  const plain = run([]);
  // There and back before any birth: the table is that of the present parameters.
  const changed = (name: string, value: unknown, former: unknown) => [
    run([[10, name, value]]),
    run([
      [0, name, value],
      [0, name, former],
    ]),
  ];
  for (const [name, value, former] of [
    ['shape', 3, 0.3],
    ['effects', 'fixed', 'gamma'],
    ['effects', 'normal', 'gamma'],
    ['upward', 0.9, 0.5],
  ] as const) {
    const [other, same] = changed(name, value, former);
    expect(other, name).not.toBe(plain);
    expect(same, name).toBe(plain);
  }
});

it('theory expects no step where mutation has a direction, nor of the step rule where sizes are not normal', () => {
  const expected = (model: string, rule: string, mutation: object) => {
    const world = createSimulation(
      parseScene(
        {
          version: 1,
          name: 'slope',
          title: 'Slope',
          habitat: { kind: 'landscape', form: 'linear', model, dimensions: 6, annealing: { rule } },
          populations: {
            line: {
              founders: model === 'annealing' ? 1 : 30,
              mechanisms: { mutation: { on: true, rate: 1, deviation: 0.02, ...mutation } },
            },
          },
        },
        'slope',
      ),
      'a',
    ) as LandscapeSimulation;
    const sampler = new LandscapeSampler(world);
    for (let tick = 0; tick < 5; tick++) {
      world.step();
      sampler.afterTick();
    }
    const value = sampler.sample()[sampler.columns.findIndex(({ name }) => name === 'line.along.expected')];
    world.dispose();
    return value;
  };
  const [gamma, down] = [{ effects: 'gamma' }, { upward: 0.1 }];
  expect(expected('wright-fisher', 'step', gamma)).toBeGreaterThan(0);
  expect(expected('annealing', 'metropolis', gamma)).toBeGreaterThan(0);
  expect(expected('annealing', 'step', {})).toBeGreaterThan(0);
  expect(expected('annealing', 'step', gamma)).toBeNaN();
  expect(expected('wright-fisher', 'step', down)).toBeNaN();
  expect(expected('wright-fisher', 'step', { ...down, on: false })).not.toBeNaN();
});
