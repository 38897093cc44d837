import { expect, it } from 'vitest';
import { effectCoordinates, effectMetric, effectRidge } from '../../../src/analysis/assay/effect-metric.ts';
import { assayedSlots } from '../../../src/analysis/assay/prepare-fork.ts';
import { cosine, dot } from '../../../src/analysis/lab/direction.ts';
import { type PolicyProperty, propertyValues } from '../../../src/analysis/tangent/policy-twin.ts';
import { floatsNamed } from '../../../src/ecs/table.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { makeWorld, smallWorld } from '../engine/worlds.ts';

function world() {
  const simulation = makeWorld(smallWorld({ foragers: { founders: 60 } }), 'effects');
  simulation.step(10);
  const [population] = simulation.populations;
  return { simulation, population, slots: assayedSlots(population) };
}

it('half of D F D is the divergence of actions after a small step D, and twice a step four times it', () => {
  const { simulation, population, slots } = world();
  const { table, layout, count } = population;
  const { network, actions } = population.policy;
  const metric = effectMetric(population, slots);
  if (!metric) throw new Error('the foragers have a policy');
  expect(actions.map(({ id }) => id)).toEqual(['turn', 'thrust', 'eat']);
  const properties: readonly PolicyProperty[] = [{ kind: 'turn' }, { kind: 'thrust' }, { kind: 'chance', output: 2 }];
  const spreads = ['turn', 'thrust'].map((id) => table.f32(floatsNamed(`policy.spread.${id}`)));
  const width = table.columns.inputs.width;
  const stream = namedStream('effects', 'step');
  const step = Float64Array.from(metric.loci, () => stream.normal());
  /** Mean over organisms of the divergence of the old from the new distribution of actions. */
  const divergence = (size: number) => {
    let sum = 0;
    for (let row = 0; row < count; row++) {
      const inputs = table.f32('inputs').subarray(row * width, row * width + network.inputs);
      const weights = Float64Array.from(table.f32('genome').subarray(row * layout.stride, (row + 1) * layout.stride));
      const before = propertyValues(network, weights, 0, inputs, properties);
      for (const [i, l] of metric.loci.entries()) weights[slots[l]] += size * step[i];
      const after = propertyValues(network, weights, 0, inputs, properties);
      for (const g of [0, 1]) sum += (after[g] - before[g]) ** 2 / (2 * spreads[g][row] ** 2);
      const [p, q] = [before[2], after[2]];
      sum += p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    }
    return sum / count;
  };
  const d = metric.loci.length;
  const square = dot(
    step,
    Float64Array.from(step, (_, i) => dot(metric.information.subarray(i * d, (i + 1) * d), step)),
  );
  // The third order of a divergence is relative to the step: a symmetric difference leaves the fourth.
  const half = (size: number) => (divergence(size) + divergence(-size)) / size ** 2;
  expect(half(1e-3) / square).toBeCloseTo(1, 4);
  expect(divergence(2e-3) / divergence(1e-3)).toBeCloseTo(4, 1);
  simulation.dispose();
});

it('its coordinates keep gains, and give the cosine D b / sqrt(D F D b F^-1 b) with the ridge', () => {
  const { simulation, population, slots } = world();
  const metric = effectMetric(population, slots);
  if (!metric) throw new Error('the foragers have a policy');
  const loci = metric.loci.slice(5, 9);
  const coordinates = effectCoordinates(metric, loci);
  if (!coordinates) throw new Error('these loci are of the policy');
  const stream = namedStream('effects', 'pair');
  const [step, b] = [0, 1].map(() => Float64Array.from(loci, () => stream.normal()));
  const [moved, slope] = [coordinates.ofSteps(step), coordinates.ofGradient(b)];
  expect(dot(moved, slope)).toBeCloseTo(dot(step, b), 9);
  const n = metric.loci.length;
  const trace = loci.reduce((sum, l) => sum + metric.information[l * n + l], 0);
  const f = (i: number, j: number) => metric.information[loci[i] * n + loci[j]] + (i === j ? (effectRidge * trace) / 4 : 0);
  const square = step.reduce((sum, x, i) => sum + step.reduce((own, y, j) => own + x * y * f(i, j), 0), 0);
  expect(dot(moved, moved)).toBeCloseTo(square, 9);
  // F (F^-1 b) = b: F^-1 b is what the coordinates of the gradient are as a step.
  const [first] = [coordinates.ofGradient(Float64Array.from(loci, (_, i) => step.reduce((sum, y, j) => sum + f(i, j) * y, 0)))];
  expect(cosine(first, moved)).toBeCloseTo(1, 9);
  // Two steps one behind the other are two rows.
  const both = coordinates.ofSteps(Float64Array.of(...step, ...b));
  expect(both.subarray(0, 4)).toEqual(moved);
  expect(both.subarray(4)).toEqual(coordinates.ofSteps(b));
  // Traits have no such metric.
  expect(effectCoordinates(metric, [loci[0], slots.length - 1])).toBeUndefined();
  simulation.dispose();
});
