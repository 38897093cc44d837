import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { performAssayFork } from '../../../src/analysis/assay/perform-assay-fork.ts';
import { assayedSlots } from '../../../src/analysis/assay/prepare-fork.ts';
import { policyDemands } from '../../../src/analysis/gains/policy-demands.ts';
import { propertyValues } from '../../../src/analysis/tangent/policy-twin.ts';
import { founderAt } from '../../../src/app/instruments/organism/climb-of-line.ts';
import { inputLabelsOf } from '../../../src/population/policy.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { cloudStride } from '../../../src/worker/cloud-layout.ts';
import { Session } from '../../../src/worker/session.ts';
import type { Story } from '../../../src/worker/story/story.ts';
import { measureInterval } from '../../../src/worker/tasks/measure-interval.ts';
import type { ClimbStep } from '../../../src/worker/topics/climb.ts';

const meadow = JSON.parse(readFileSync(new URL('../../../scenes/meadow.json', import.meta.url), 'utf8'));
const small = { ...meadow, populations: { foragers: { ...meadow.populations.foragers, founders: 200 } } };
const request = { scene: small, file: 'meadow', seed: '7', changes: [] };

test('a climb is followed from interval to interval and leaves the state alone', async () => {
  const session = new Session();
  session.run.load(request);
  session.transport.step(160);
  const plain = session.run.hash();
  session.run.load(request);
  session.transport.step(40);
  let start = session.climb.open('');
  expect(start.population).toBe('foragers');
  expect(session.climb.close(1000)).toBe('early');
  const across = start.scales.map((scale, l) => (l === 0 ? 1 / scale : 0));
  const up = start.scales.map((scale, l) => (l === 1 ? 1 / scale : 0));
  const places = (founders: readonly number[], offsets: readonly number[]) =>
    session.climb.cloud({
      across,
      up,
      founders: Float64Array.from(founders),
      offsets: Float64Array.from(offsets),
      otherwise: 0,
      palette: 'lineage',
      highlight: undefined,
    });
  let founders: Float64Array | undefined;
  const past = [];
  for (let k = 0; k < 2; k++) {
    const { population, snapshot, organisms, seed, segments, scales } = start;
    const forks = ['a', 'b'].map((own) =>
      performAssayFork(snapshot, {
        population,
        kind: 'perturbed',
        ticks: 20,
        size: 1,
        policySize: 2,
        seed: `${own}${k}`,
        clades: new Uint32Array(organisms),
      }),
    );
    session.transport.step(60);
    const step = session.climb.close(0) as ClimbStep;
    const { interval } = step;
    const next = interval.ancestors.slice();
    const ask = { interval, forks, horizon: 20, segments, scales, directed: false, seed, past, founders, across: undefined };
    const measured = measureInterval(ask);
    if (!measured) throw new Error('none lives');
    expect(measured.space.groups.length).toBeGreaterThan(2);
    expect(measured.picture.path).toHaveLength(k + 2);
    // The mean of the picture is that of the world.
    expect(measured.space.after[0]).toBeCloseTo(step.start.mean[0], 4);
    // As a story finds it: the ancestor at the opening is the youngest of the line that was born by then.
    const { from } = measured.space;
    const some = Array.from(interval.closed.ids).filter((_, at) => at % 12 === 0);
    const lines = await Promise.all(some.map((id) => session.record.story(id)));
    expect(lines.map((story) => founderAt((story as Story).line, from))).toEqual([...next].filter((_, at) => at % 12 === 0));
    past.push(measured.space);
    founders = next;
    start = step.start;
  }
  // A group is lifted by its own offset, and all others by none.
  const [largest] = past[1].groups;
  const [low, high] = [places([], []), places([largest.founder], [10])];
  if (!low || !high) throw new Error('nothing is followed');
  let lifted = 0;
  for (let at = 1; at < low.points.length; at += cloudStride) if (high.points[at] - low.points[at] > 9) lifted++;
  expect(lifted).toBe(largest.organisms);
  expect(session.run.hash()).toBe(plain);
  // Another run is not followed.
  session.run.load(request);
  expect(session.climb.close(0)).toBeUndefined();
  expect(places([], [])).toBeUndefined();
});

test('demands of a step of weights are those that a small step has', () => {
  const simulation = createSimulation(parseScene(small, 'meadow'), 'demands');
  simulation.step(30);
  const [population] = simulation.populations;
  if (!population.has('policy')) throw new Error('a policy');
  const { network } = population.policy;
  const slots = assayedSlots(population);
  const step = Float64Array.from(slots, (slot) => (slot < network.length ? ((slot * 7919) % 13) - 6 : 0));
  const found = policyDemands(population, slots, step);
  const [weights, inputs, width] = [
    population.table.f32('genome'),
    population.table.f32('inputs'),
    population.table.columns.inputs.width,
  ];
  const labels = inputLabelsOf(population.policy);
  const { count } = population;
  const some = Math.min(count, 32);
  const rows = Array.from({ length: some }, (_, k) => Math.floor((k * count) / some));
  const small1 = 1e-4;
  for (const { action, input, change } of found) {
    if (input === '') continue;
    const output = population.policy.actions.findIndex(({ id }) => id === action);
    const i = labels.indexOf(input);
    const column = Array.from({ length: count }, (_, row) => inputs[row * width + i]);
    const mean = column.reduce((sum, value) => sum + value / count, 0);
    const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2 / count, 0));
    const outputOf = (row: number, moved: number, shift: number) => {
      const own = Float64Array.from(
        weights.subarray(row * population.layout.stride, row * population.layout.stride + network.length),
      );
      for (const [l, slot] of slots.entries()) if (slot < network.length) own[slot] += shift * step[l];
      const seen = Float64Array.from(inputs.subarray(row * width, row * width + network.inputs));
      seen[i] += moved;
      return propertyValues(network, own, 0, seen, [{ kind: 'output', output }])[0];
    };
    let slope = 0;
    for (const row of rows) {
      const at = (shift: number) => outputOf(row, spread / 2, shift) - outputOf(row, -spread / 2, shift);
      slope += (at(small1) - at(-small1)) / (2 * small1) / some;
    }
    expect(change).toBeCloseTo(slope, 2);
  }
  expect(found.some(({ input }) => input !== '')).toBe(true);
  simulation.dispose();
});
