import { describe, expect, it } from 'vitest';
import { binomial, binomialProbability } from '../../../src/math/binomial.ts';
import { expm1, log1p } from '../../../src/math/expm1.ts';
import { namedStream } from '../../../src/math/streams.ts';

/** By its definition in whole numbers: p = above / 2^shift. */
function exactProbability(k: number, n: number, above: bigint, shift: bigint): number {
  let choose = 1n;
  for (let i = 1n; i <= BigInt(k); i++) choose = (choose * (BigInt(n) - i + 1n)) / i;
  const whole = choose * above ** BigInt(k) * ((1n << shift) - above) ** BigInt(n - k);
  const bits = whole.toString(2).length;
  const cut = BigInt(Math.max(0, bits - 60));
  return Number(whole >> cut) * 2 ** (Number(cut) - Number(shift) * n);
}

describe('expm1 and log1p', () => {
  it.each([1e-300, 1e-17, 1e-9, 3e-5, 0.01, 0.4, 0.99, 1.01, 5, 40])('at ±%d', (size) => {
    for (const x of [size, -size]) {
      expect(Math.abs(expm1(x) / Math.expm1(x) - 1)).toBeLessThan(1e-15);
      if (x > -1) expect(Math.abs(log1p(x) / Math.log1p(x) - 1)).toBeLessThan(1e-15);
    }
  });

  it('at the ends', () => {
    expect([expm1(0), expm1(Infinity), expm1(-Infinity), expm1(800)]).toEqual([0, Infinity, -1, Infinity]);
    expect([log1p(0), log1p(-1), log1p(-2), log1p(Infinity)]).toEqual([0, -Infinity, NaN, Infinity]);
  });
});

describe('binomial probability', () => {
  it.each([
    [1, 1n, 2n],
    [7, 3n, 3n],
    [40, 1n, 1n],
    [100, 1n, 7n],
    [200, 37n, 6n],
  ])('of %d trials equals its definition', (n, above, shift) => {
    let sum = 0;
    for (let k = 0; k <= n; k++) {
      const probability = binomialProbability(k, n, Number(above) / 2 ** Number(shift));
      const exact = exactProbability(k, n, above, shift);
      expect(Math.abs(probability / exact - 1), `k ${k}`).toBeLessThan(1e-14 * Math.max(1, -Math.log(exact)));
      sum += probability;
    }
    expect(Math.abs(sum - 1)).toBeLessThan(1e-13);
  });
});

describe('binomial', () => {
  it.each([
    [1, 0.3],
    [5, 0.5],
    [12, 0.97],
    [50, 0.02],
    [100, 0.2],
    [1000, 0.499],
    [10000, 0.001],
    [100000, 0.73],
  ])('of %d trials at %d fits its distribution', (n, p) => {
    const draws = 100000;
    const stream = namedStream('binomial', `${n} ${p}`);
    const counts = new Float64Array(n + 1);
    let [one, two, three] = [0, 0, 0];
    for (let i = 0; i < draws; i++) {
      const k = binomial(stream.uniform(), n, p);
      counts[k]++;
      const z = (k - n * p) / Math.sqrt(n * p * (1 - p));
      one += z;
      two += z * z;
      three += z ** 3;
    }
    // Standard errors from the standardised fourth and sixth moments, by sums over the distribution.
    let [m3, m4, m6] = [0, 0, 0];
    for (let k = 0; k <= n; k++) {
      const [z, weight] = [(k - n * p) / Math.sqrt(n * p * (1 - p)), binomialProbability(k, n, p)];
      m3 += weight * z ** 3;
      m4 += weight * z ** 4;
      m6 += weight * z ** 6;
    }
    expect(Math.abs(one / draws)).toBeLessThan(4 / Math.sqrt(draws));
    expect(Math.abs(two / draws - 1)).toBeLessThan(4 * Math.sqrt((m4 - 1) / draws) + 1e-9);
    expect(Math.abs(three / draws - m3)).toBeLessThan(4 * Math.sqrt((m6 - m3 * m3) / draws) + 1e-9);
    // Chi-square over bins of at least 20 expected counts, made a standard normal (Wilson & Hilferty 1931): few bins make it lean.
    let [chi, bins, seen, due, dueAll] = [0, 0, 0, 0, 0];
    for (let k = 0; k <= n; k++) {
      seen += counts[k];
      due += draws * binomialProbability(k, n, p);
      const later = draws - dueAll - due;
      if ((due < 20 || later < 20) && k < n) continue;
      chi += (seen - due) ** 2 / due;
      bins++;
      dueAll += due;
      [seen, due] = [0, 0];
    }
    const spread = 2 / (9 * (bins - 1));
    const normal = (Math.cbrt(chi / (bins - 1)) - 1 + spread) / Math.sqrt(spread);
    expect(normal, `chi-square ${chi} of ${bins} bins`).toBeLessThan(4);
  });

  it('of a large population has that mean, variance and lean', () => {
    const [n, p, draws] = [1e8, 0.3, 2000];
    const stream = namedStream('binomial', 'large');
    let [one, two, three] = [0, 0, 0];
    for (let i = 0; i < draws; i++) {
      const z = (binomial(stream.uniform(), n, p) - n * p) / Math.sqrt(n * p * (1 - p));
      one += z;
      two += z * z;
      three += z ** 3;
    }
    expect(Math.abs(one / draws)).toBeLessThan(4 / Math.sqrt(draws));
    expect(Math.abs(two / draws - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
    expect(Math.abs(three / draws)).toBeLessThan(4 * Math.sqrt(15 / draws));
  });

  it('covers each count by an interval of uniforms as long as its probability', () => {
    const [n, p, grid] = [6, 0.35, 200000];
    const counts = new Float64Array(n + 1);
    for (let i = 0; i < grid; i++) counts[binomial((i + 0.5) / grid, n, p)]++;
    for (let k = 0; k <= n; k++) expect(Math.abs(counts[k] / grid - binomialProbability(k, n, p))).toBeLessThan(2 / grid);
  });

  it('keeps to its ends, and refuses what is no binomial', () => {
    expect([binomial(0.7, 0, 0.3), binomial(0.7, 9, 0), binomial(0.7, 9, 1)]).toEqual([0, 0, 9]);
    expect(binomial(1 - 2 ** -53, 3, 1e-300)).toBe(0);
    for (const [n, p] of [
      [-1, 0.5],
      [1.5, 0.5],
      [2e9, 0.5],
      [5, -0.1],
      [5, 1.1],
      [5, Number.NaN],
    ]) {
      expect(() => binomial(0.5, n, p)).toThrow(RangeError);
    }
  });
});
