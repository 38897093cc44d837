import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { performRun } from '../../../src/experiment/perform-run.ts';
import { mechanism } from '../../../src/mechanisms/declare-mechanism.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { applyChanges } from '../../../src/scene/set-path.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { WorldSimulation } from '../../../src/simulation/world-simulation.ts';
import { call, smallScene, testIo, Workplace } from '../cli/test-io.ts';
import { smallWorld } from './worlds.ts';

/** A mechanism with a fault: at tick 37 the third organism divides 0 by 0. */
const faulty = 'faulty';
const catalogue = standard.with({
  name: 'test',
  version: '1',
  mechanisms: [
    mechanism({
      id: faulty,
      title: 'Faulty',
      summary: 'Divides zero by zero at tick 37.',
      lookFor: 'A run that ends.',
      source: 'test',
      needs: ['energy'],
      parameters: z.strictObject({}),
      duringLife: ({ table }, _parameters, { tick }) => {
        if (tick === 37) table.f32(floatsNamed('energy'))[2] = Number.NaN;
      },
    }),
  ],
});

describe('a number that is not finite', () => {
  const place = new Workplace();
  afterAll(() => place.remove());
  const scene = {
    ...smallScene,
    populations: Object.fromEntries(
      Object.entries(smallScene.populations).map(([name, population]) => [
        name,
        { ...population, mechanisms: { ...population.mechanisms, [faulty]: { on: true } } },
      ]),
    ),
  };

  it('is named with its column, organism and tick, in any state column and on the ground', () => {
    const simulation = createSimulation(smallWorld(), '1') as WorldSimulation;
    simulation.step(5);
    const [{ table }] = simulation.populations;
    for (const column of table.state.filter(({ type }) => type === 'f32' || type === 'f64')) {
      const values = column.type === 'f32' ? table.f32(floatsNamed(column.name)) : table.f64({ name: column.name, type: 'f64' });
      // An id that is NaN cannot be named; a row with another.
      const row = Math.min(7, table.count - 1);
      const at = row * column.width + (column.width - 1);
      const was = values[at];
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        values[at] = bad;
        expect(() => simulation.snapshot()).toThrow(new RegExp(`column ${column.name}.* of organism .* is ${bad} at tick 5`));
      }
      values[at] = was;
      simulation.assertFinite();
    }
    const ground = simulation.ground?.values() as Float32Array;
    ground[9] = Number.NaN;
    expect(() => simulation.assertFinite()).toThrow('the ground at place 9, tick 5');
    simulation.dispose();
  });

  it('ends a run with status 1 and one line, and leaves it to be looked at', async () => {
    const path = place.at('faulty.json');
    writeFileSync(path, JSON.stringify(scene));
    const { status, err } = await call(['run', path, '--seed', '7', '--out', place.at('broken'), '--every', '10'], {
      ...testIo(),
      catalogue,
    });
    expect(status).toBe(1);
    expect(err.split('\n').at(-2)).toMatch(/^upslope: not finite: column \w+ of organism \d+ of \w+ is NaN at tick 40; /);
    // No end is claimed: the folder holds an unfinished run.
    expect(place.names('broken')).not.toContain('summary.json');
  });

  it('ends a run of a sweep, and what it says is told of that run', () => {
    const task = {
      id: 'x',
      scene: catalogue.parseScene(scene, 'faulty.json'),
      seed: '7',
      changes: [],
      ticks: 60,
      every: 20,
      keep: [],
    };
    expect(() => performRun(task)).toThrow(/^not finite: column /);
  });

  it('kernels find the first one at any place', () => {
    const simulation = createSimulation(smallWorld(), '1') as WorldSimulation;
    const [{ table, arena }] = simulation.populations;
    const values = table.of(floatsNamed('energy'));
    const energy = values.values;
    const count = Math.min(23, table.count);
    for (let at = 0; at < count; at++) {
      const was = energy[at];
      energy[at] = Number.NEGATIVE_INFINITY;
      expect(arena.kernel.firstNonFinite({ values, count })).toBe(at);
      energy[at] = was;
    }
    energy[count] = Number.NaN;
    expect(arena.kernel.firstNonFinite({ values, count })).toBe(-1);
    simulation.dispose();
  });
});

it('imitation in the second world of a process is imitation in the first', () => {
  const json = JSON.parse(readFileSync('scenes/rock-paper-scissors.json', 'utf8'));
  const scene = applyChanges(
    parseScene(json, 'rock-paper-scissors.json'),
    [{ path: 'populations.players.mechanisms.imitation.on', value: true }],
    { atStart: true },
  );
  const hashes = ['1', '2'].map((seed) => {
    const task = { id: seed, scene, seed, changes: [], ticks: 60, every: 20, keep: [] };
    return performRun(task).summary.hash;
  });
  // What `upslope run` alone gives, in a process of its own.
  expect(hashes[1]).toBe('2ffab2c94b1ac4ca');
});
