import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBernoulli, drawCategorical, drawNormal, drawPoisson, drawUniform } from '../../../src/math/draws.ts';
import { philox4x32 } from '../../../src/math/philox.ts';
import { streamKey } from '../../../src/math/streams.ts';

const key = streamKey('draws', 'test');
const N = 200000;

/** Asserts that a chi-square statistic lies within 4 standard errors of its degrees of freedom. */
function expectChiSquare(observed: number[], expected: number[], name: string): void {
  const degrees = observed.length - 1;
  const chi = observed.reduce((sum, count, i) => sum + (count - expected[i]) ** 2 / expected[i], 0);
  expect(Math.abs(chi - degrees), `${name}: chi-square ${chi} on ${degrees}`).toBeLessThan(4 * Math.sqrt(2 * degrees));
}

describe('draws', () => {
  it('are functions of their address alone', () => {
    const values = () => [
      drawUniform(key, 1, 2, 3, 4),
      drawNormal(key, 1, 2, 3, 4),
      drawPoisson(key, 1, 2, 3, 4, 7.5),
      drawCategorical(key, 1, 2, 3, 4, [1, 2, 3]),
    ];
    const first = values();
    drawUniform(key, 9, 9, 9, 9);
    expect(values()).toEqual(first);
    // Pinned: a change here changes every run.
    expect(first.slice(0, 3)).toEqual([0.5383768077209066, 1.017837410695891, 5]);
    const others = [
      drawUniform([key[0] ^ 1, key[1]], 1, 2, 3, 4),
      drawUniform([key[0], key[1] ^ 1], 1, 2, 3, 4),
      drawUniform(key, 2, 2, 3, 4),
      drawUniform(key, 1, 3, 3, 4),
      drawUniform(key, 1, 2, 4, 4),
      drawUniform(key, 1, 2, 3, 5),
      first[0],
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  it('read one Philox block', () => {
    const words = new Uint32Array(4);
    philox4x32(key[0], key[1], 1, 2, 3, 4, words);
    expect(drawUniform(key, 1, 2, 3, 4)).toBe(((words[0] >>> 5) * 2 ** 26 + (words[1] >>> 6)) / 2 ** 53);
  });

  it('normal has mean 0, variance 1, fourth moment 3', () => {
    let [one, two, four] = [0, 0, 0];
    for (let i = 0; i < N; i++) {
      const z = drawNormal(key, i, 0, 1, 0);
      one += z;
      two += z * z;
      four += z ** 4;
    }
    expect(Math.abs(one / N)).toBeLessThan(4 / Math.sqrt(N));
    expect(Math.abs(two / N - 1)).toBeLessThan(4 * Math.sqrt(2 / N));
    expect(Math.abs(four / N - 3)).toBeLessThan(4 * Math.sqrt(96 / N));
  });

  it.each([0, 0.001, 0.3, 0.999, 1])('bernoulli(%d)', (p) => {
    let count = 0;
    for (let i = 0; i < N; i++) if (drawBernoulli(key, i, 0, 2, 0, p)) count++;
    if (p === 0 || p === 1) expect(count).toBe(p * N);
    else expect(Math.abs(count - N * p)).toBeLessThan(4 * Math.sqrt(N * p * (1 - p)));
  });
});

/** Poisson probability by its definition, in logarithms. */
function poissonProbability(k: number, mean: number): number {
  let logFactorial = 0;
  for (let i = 2; i <= k; i++) logFactorial += Math.log(i);
  return Math.exp(k * Math.log(mean) - mean - logFactorial);
}

describe('poisson', () => {
  it.each([0.01, 0.5, 1, 3.7, 15.99, 16, 16.5, 40, 250.25])('of mean %d fits its distribution', (mean) => {
    const counts = new Map<number, number>();
    let sum = 0;
    for (let i = 0; i < N; i++) {
      const k = drawPoisson(key, i, 0, 3, 0, mean);
      counts.set(k, (counts.get(k) ?? 0) + 1);
      sum += k;
    }
    expect(Math.abs(sum / N - mean)).toBeLessThan(4 * Math.sqrt(mean / N));
    // Bins of at least 20 expected counts; the tails are pooled into their neighbours.
    const observed: number[] = [];
    const expected: number[] = [];
    let [seen, due, seenAll, dueAll] = [0, 0, 0, 0];
    for (let k = 0; N - dueAll > 20; k++) {
      seen += counts.get(k) ?? 0;
      due += N * poissonProbability(k, mean);
      if (due < 20) continue;
      observed.push(seen);
      expected.push(due);
      seenAll += seen;
      dueAll += due;
      [seen, due] = [0, 0];
    }
    observed[observed.length - 1] += N - seenAll;
    expected[expected.length - 1] += N - dueAll;
    expectChiSquare(observed, expected, `mean ${mean}`);
  });

  it.each([1e4, 1e6])('of mean %d has that mean, variance and lean', (mean) => {
    const n = 2000;
    let [one, two, three] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const z = (drawPoisson(key, i, 0, 4, 0, mean) - mean) / Math.sqrt(mean);
      one += z;
      two += z * z;
      three += z ** 3;
    }
    expect(Math.abs(one / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(two / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(three / n)).toBeLessThan(4 * Math.sqrt(15 / n));
  });

  it('of mean 0 is 0, and a mean out of range is refused', () => {
    expect(drawPoisson(key, 1, 2, 3, 4, 0)).toBe(0);
    for (const mean of [-1, Number.NaN, Infinity, 2e9]) {
      expect(() => drawPoisson(key, 1, 2, 3, 4, mean)).toThrow(RangeError);
    }
  });

  it('is a whole number, not negative, for any mean', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.nat(), (mean, id) => {
        const k = drawPoisson(key, id, 0, 5, 0, mean);
        return Number.isInteger(k) && k >= 0;
      }),
      { seed: 5 },
    );
  });
});

describe('categorical', () => {
  it('fits its weights', () => {
    const weights = [1, 0, 5, 0.5, 3, 0];
    const counts = weights.map(() => 0);
    for (let i = 0; i < N; i++) counts[drawCategorical(key, i, 1, 6, 0, weights)]++;
    expect([counts[1], counts[5]]).toEqual([0, 0]);
    const used = [0, 2, 3, 4];
    expectChiSquare(
      used.map((i) => counts[i]),
      used.map((i) => (N * weights[i]) / 9.5),
      'categorical',
    );
  });

  it('never picks a weight of zero', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1e-300, 0.1, 1, 1e300), { minLength: 1 }), fc.nat(), (weights, id) => {
        fc.pre(weights.some((w) => w > 0));
        return weights[drawCategorical(key, id, 0, 7, 0, weights)] > 0;
      }),
      { seed: 6 },
    );
  });

  it.each([[[]], [[0, 0]], [[1, -1]], [[1, Number.NaN]], [[Infinity, 1]]])('refuses %j', (weights) => {
    expect(() => drawCategorical(key, 1, 2, 3, 4, weights)).toThrow(RangeError);
  });
});
