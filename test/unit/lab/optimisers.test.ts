import { describe, expect, it } from 'vitest';
import {
  type OptimiserParameters,
  referenceOptimiser,
  referenceOptimisers,
} from '../../../src/analysis/lab/reference-optimisers.ts';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import { namedStream } from '../../../src/math/streams.ts';

/** The same rules as their papers write them, over the whole history of one locus's gradients. */
const naive: Readonly<Record<string, (g: readonly number[], p: Required<OptimiserParameters>) => number>> = {
  sgd: (g, { rate }) => rate * g[g.length - 1],
  momentum: (g, { rate, momentum }) => g.reduce((sum, value, i) => sum + rate * momentum ** (g.length - 1 - i) * value, 0),
  rmsprop: (g, { rate, decay, epsilon }) => {
    const square = g.reduce((sum, value, i) => sum + (1 - decay) * decay ** (g.length - 1 - i) * value * value, 0);
    return (rate * g[g.length - 1]) / (Math.sqrt(square) + epsilon);
  },
  adagrad: (g, { rate, epsilon }) =>
    (rate * g[g.length - 1]) / (Math.sqrt(g.reduce((sum, value) => sum + value * value, 0)) + epsilon),
  adam: (g, { rate, beta1, beta2, epsilon }) => {
    const t = g.length;
    const m = g.reduce((sum, value, i) => sum + (1 - beta1) * beta1 ** (t - 1 - i) * value, 0) / (1 - beta1 ** t);
    const v = g.reduce((sum, value, i) => sum + (1 - beta2) * beta2 ** (t - 1 - i) * value * value, 0) / (1 - beta2 ** t);
    return (rate * m) / (Math.sqrt(v) + epsilon);
  },
};

describe('reference optimisers', () => {
  it('are the five', () => {
    expect(referenceOptimisers.map(({ id }) => id)).toEqual(['sgd', 'momentum', 'rmsprop', 'adagrad', 'adam']);
    expect(() => referenceOptimiser('lbfgs')).toThrow("no optimiser 'lbfgs'; known: sgd, momentum");
  });

  it.each(referenceOptimisers)('$id follows its formula', ({ id, memory, step }) => {
    const stream = namedStream('optimiser', id);
    const given = { rate: 0.02, momentum: 0.8, decay: 0.95, beta1: 0.85, beta2: 0.99, epsilon: 1e-6 };
    const state = new Float64Array(memory * 3);
    const out = new Float64Array(3);
    const history: number[][] = [[], [], []];
    for (let time = 1; time <= 60; time++) {
      const gradient = history.map((past, l) => {
        past.push((l + 1) * stream.normal() + 0.5);
        return past[past.length - 1];
      });
      step(given, state, time, gradient, out);
      for (let l = 0; l < 3; l++) expect(out[l]).toBeCloseTo(naive[id](history[l], given), 12);
    }
  });

  it.each(referenceOptimisers)('$id has the defaults of its paper', ({ id, memory, step }) => {
    const defaults = { rate: 0.1, momentum: 0.9, decay: 0.9, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const [a, b] = [new Float64Array(1), new Float64Array(1)];
    const [stateA, stateB] = [new Float64Array(memory), new Float64Array(memory)];
    for (let time = 1; time <= 3; time++) {
      step({ rate: 0.1 }, stateA, time, [time], a);
      step(defaults, stateB, time, [time], b);
      expect(a).toEqual(b);
    }
    // With nothing kept, Adam is the sign of the gradient.
    if (id === 'adam') {
      step({ rate: 0.1, beta1: 0, beta2: 0 }, stateA, 4, [-5], a);
      expect(a[0]).toBeCloseTo(-0.1, 8);
    }
  });

  it.each(referenceOptimisers)('$id climbs the bowl', ({ id, memory, step }) => {
    const landscape = makeLandscape('bowl', 4, {}, 'x');
    const place = Float64Array.of(2, -1, 0.5, 3);
    const [state, gradient, out] = [new Float64Array(memory * 4), new Float64Array(4), new Float64Array(4)];
    const before = landscape.logFitness(place, 0);
    for (let time = 1; time <= 600; time++) {
      landscape.gradient(place, 0, gradient);
      step({ rate: id === 'adagrad' ? 0.5 : 0.02 }, state, time, gradient, out);
      for (let l = 0; l < 4; l++) place[l] += out[l];
    }
    expect(landscape.logFitness(place, 0)).toBeGreaterThan(before / 1000);
  });
});
