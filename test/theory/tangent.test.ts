import { describe, expect, it } from 'vitest';
import { type PolicyProperty, propertyGradient } from '../../src/analysis/tangent/policy-twin.ts';
import { tangentCovariance, tangentMatrix } from '../../src/analysis/tangent/tangent-covariance.ts';
import { namedStream } from '../../src/math/streams.ts';
import { planNetwork } from '../../src/policy/network.ts';

const properties: readonly PolicyProperty[] = [
  { kind: 'output', output: 2 },
  { kind: 'chance', output: 2 },
  { kind: 'chance', output: 4 },
  { kind: 'turn' },
  { kind: 'thrust' },
];

/** A random network of a random shape and an observation. */
function network(seed: string) {
  const stream = namedStream(seed, 'network');
  const plan = planNetwork(1 + stream.integer(9), 1 + stream.integer(11), 5 + stream.integer(4));
  const used = new Float64Array(plan.length);
  const keep = (slot: number) => {
    used[slot] = 0.7 * stream.normal();
  };
  for (let h = 0; h < plan.hidden; h++) keep(h);
  for (let i = 0; i < plan.inputs; i++)
    for (let h = 0; h < plan.hidden; h++) keep(plan.inputWeights + i * 4 * plan.hiddenBlocks + h);
  for (let o = 0; o < plan.outputs; o++) keep(plan.outputBias + o);
  for (let h = 0; h < plan.hidden; h++)
    for (let o = 0; o < plan.outputs; o++) keep(plan.outputWeights + h * 4 * plan.outputBlocks + o);
  return { plan, weights: used, inputs: Float64Array.from({ length: plan.inputs }, () => stream.normal()) };
}

/** Gradient by Richardson's extrapolation of central differences. */
function numericGradient({ plan, weights, inputs }: ReturnType<typeof network>, property: PolicyProperty): Float64Array {
  const at = (slot: number, step: number) => {
    const moved = weights.slice();
    moved[slot] += step;
    return propertyGradient(plan, moved, 0, inputs, property).value;
  };
  const central = (slot: number, h: number) => (at(slot, h) - at(slot, -h)) / (2 * h);
  return Float64Array.from(weights, (_, slot) => (4 * central(slot, 5e-4) - central(slot, 1e-3)) / 3);
}

const norm = (vector: ArrayLike<number>) => Math.sqrt(tangentCovariance(vector, vector));

describe('neural tangent covariance (tailcalled 2022)', () => {
  it('agrees with finite differences to 1e-6 on random networks', () => {
    for (let seed = 0; seed < 40; seed++) {
      const net = network(String(seed));
      const exact = properties.map((property) => propertyGradient(net.plan, net.weights, 0, net.inputs, property).gradient);
      const numeric = properties.map((property) => numericGradient(net, property));
      for (const [a, x] of exact.entries()) {
        for (const [b, y] of exact.entries()) {
          const difference = Math.abs(tangentCovariance(x, y) - tangentCovariance(numeric[a], numeric[b]));
          expect(difference).toBeLessThan(1e-6 * norm(x) * norm(y));
        }
      }
    }
  });

  it('of a Bernoulli action with a trainable bias alone is p^2 (1 - p)^2', () => {
    const plan = planNetwork(1, 1, 3);
    for (const bias of [-4, -1, 0, 0.5, 3]) {
      const weights = new Float64Array(plan.length);
      weights[plan.outputBias + 2] = bias;
      const { value: p, gradient } = propertyGradient(plan, weights, 0, [0], { kind: 'chance', output: 2 });
      const own = gradient[plan.outputBias + 2] ** 2;
      // The rational logistic departs from the true one by 2.3e-5, its slope by as little.
      expect(Math.abs(own - (p * (1 - p)) ** 2)).toBeLessThan(3e-5);
    }
  });

  it('chain rule: ntcov(F x, H y) = F ntcov(x, y) H^T for random linear maps, and Jacobians of others', () => {
    const stream = namedStream('chain', '1');
    for (let seed = 0; seed < 30; seed++) {
      const net = network(`chain ${seed}`);
      const gradients = properties.map((property) => propertyGradient(net.plan, net.weights, 0, net.inputs, property).gradient);
      const n = gradients.length;
      const [F, H] = [0, 1].map(() => Array.from({ length: 3 }, () => Array.from({ length: n }, () => stream.normal())));
      const mapped = (M: readonly number[][]) =>
        M.map((row) => gradients[0].map((_, slot) => row.reduce((sum, factor, k) => sum + factor * gradients[k][slot], 0)));
      const direct = tangentMatrix(mapped(F), mapped(H));
      const inner = tangentMatrix(gradients, gradients);
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          let expected = 0;
          for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) expected += F[a][i] * inner[i * n + j] * H[b][j];
          expect(Math.abs(direct[a * 3 + b] - expected)).toBeLessThan(1e-10 * (1 + Math.abs(expected)));
        }
      }
    }
  });

  it('predicts what a small gradient step changes; the error falls in proportion to the step', () => {
    for (let seed = 0; seed < 10; seed++) {
      const net = network(`step ${seed}`);
      const [x, U] = [properties[1], properties[4]].map((property) =>
        propertyGradient(net.plan, net.weights, 0, net.inputs, property),
      );
      const predicted = tangentCovariance(x.gradient, U.gradient);
      const errors = [1e-2, 1e-3, 1e-4].map((step) => {
        const moved = net.weights.map((weight, slot) => weight + step * U.gradient[slot]);
        const { value } = propertyGradient(net.plan, moved, 0, net.inputs, properties[1]);
        return Math.abs((value - x.value) / step - predicted);
      });
      // In proportion, until rounding of the difference of two values of order 1 comes through.
      for (const k of [1, 2]) expect(errors[k]).toBeLessThan(0.15 * errors[k - 1] + 1e-11);
    }
  });
});
