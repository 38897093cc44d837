import { describe, expect, it } from 'vitest';
import { makeLandscape } from '../../../src/habitat/landscape/forms.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { gradientAt } from './cases.ts';

const normals = (count: number, name: string, scale = 1) => {
  const stream = namedStream('frequency', name);
  return Float64Array.from({ length: count }, () => scale * stream.normal());
};

describe('a landscape that has met no organisms', () => {
  it.each(['competition', 'hawk-dove'])('%s says so', (id) => {
    const landscape = makeLandscape(id, 1, {}, 's');
    expect(() => landscape.logFitness(new Float64Array(1), 0)).toThrow(`landscape '${id}' has met no organisms: call meet`);
    expect(() => landscape.gradient(new Float64Array(1), 0, new Float64Array(1))).toThrow(RangeError);
    expect(() => landscape.meet(new Float64Array(1), 0, 1, 0)).toThrow(
      `landscape '${id}' met 0 organisms; it needs at least one`,
    );
  });
});

describe('competition', () => {
  const naive = (x: Float64Array, others: Float64Array, capacity: number, width: number, growth: number) => {
    const d = x.length;
    const count = others.length / d;
    let sum = 0;
    for (let j = 0; j < count; j++) {
      let square = 0;
      for (let k = 0; k < d; k++) square += (x[k] - others[j * d + k]) ** 2;
      sum += Math.exp(-square / (2 * width ** 2)) / count;
    }
    const capacityHere = Math.exp(-x.reduce((a, z) => a + z * z, 0) / (2 * capacity ** 2));
    return growth - Math.log(1 + ((Math.exp(growth) - 1) * sum) / capacityHere);
  };

  it.each([1, 2, 3])('is Beverton and Holt’s in %d dimensions', (d) => {
    const landscape = makeLandscape('competition', d, { capacity: 1.3, competition: 0.6, growth: 0.8 }, 's');
    for (const count of [1, 5, 1000]) {
      const others = normals(count * d, `others ${count} ${d}`);
      landscape.meet(others, count, d, 0);
      for (let i = 0; i < 30; i++) {
        const x = normals(d, `x ${i}`, 1.5);
        expect(landscape.logFitness(x, 0)).toBeCloseTo(naive(x, others, 1.3, 0.6, 0.8), 11);
      }
    }
  });

  it('a population of the best trait has fitness 1, and forgets whom it met before', () => {
    const landscape = makeLandscape('competition', 1, {}, 's');
    landscape.meet(normals(50, 'before'), 50, 1, 0);
    landscape.meet(new Float64Array(7), 7, 1, 0);
    expect(landscape.logFitness(new Float64Array(1), 0)).toBeCloseTo(0, 15);
    expect(gradientAt(landscape, new Float64Array(1))[0] + 0).toBe(0);
  });

  it('keeps nothing of the array it met', () => {
    const landscape = makeLandscape('competition', 1, {}, 's');
    const met = Float32Array.of(0.1, 0.2, 0.3);
    landscape.meet(met, 3, 1, 0);
    const before = landscape.logFitness(Float64Array.of(0.5), 0);
    met.fill(9);
    expect(landscape.logFitness(Float64Array.of(0.5), 0)).toBe(before);
  });

  it.each([1, 2])('is finite and leads back from where nobody is in reach, %d dimensions', (d) => {
    const landscape = makeLandscape('competition', d, { capacity: 1, competition: 0.1 }, 's');
    landscape.meet(new Float64Array(d), 1, d, 0);
    const far = new Float64Array(d).fill(40);
    // The competition from one at 0 has died away, the capacity still faster: log a / K = 40^2 d (1 - 100) / 2.
    expect(landscape.logFitness(far, 0)).toBeCloseTo(1, 12);
    const wide = makeLandscape('competition', d, { capacity: 0.1, competition: 1 }, 's');
    wide.meet(new Float64Array(d), 1, d, 0);
    const drop = (1600 * d * (100 - 1)) / 2;
    expect(wide.logFitness(far, 0)).toBeCloseTo(1 - drop - Math.log(Math.E - 1), 6);
    expect(gradientAt(wide, far)[0]).toBeCloseTo(-40 * (100 - 1), 8);
  });
});

describe('games', () => {
  it('pure strategies earn what the matrix says', () => {
    const landscape = makeLandscape('hawk-dove', 1, { value: 2, cost: 3, base: 1, strength: 1 }, 's');
    const [hawk, dove] = [Float64Array.of(1000), Float64Array.of(-1000)];
    landscape.meet(hawk, 1, 1, 0);
    expect(landscape.logFitness(hawk, 0)).toBeCloseTo(Math.log(1 - 0.5), 14);
    expect(landscape.logFitness(dove, 0)).toBe(0);
    landscape.meet(dove, 1, 1, 0);
    expect(landscape.logFitness(hawk, 0)).toBeCloseTo(Math.log(3), 14);
    expect(landscape.logFitness(dove, 0)).toBeCloseTo(Math.log(2), 14);
    expect(gradientAt(landscape, hawk)[0]).toBe(0);
  });

  it('only the mean strategy of those met counts', () => {
    const payoffs = [
      [1, 5, 2],
      [3, 0, 1],
      [0, 2, 4],
    ];
    const landscape = makeLandscape('game', 3, { payoffs, base: 2, strength: 0.3 }, 's');
    const met = normals(30, 'players', 2);
    const softmax = (z: ArrayLike<number>, at: number) => {
      const e = [0, 1, 2].map((k) => Math.exp(z[at + k]));
      return e.map((x) => x / (e[0] + e[1] + e[2]));
    };
    const q = [0, 0, 0];
    for (let row = 0; row < 10; row++) softmax(met, row * 3).forEach((p, k) => (q[k] += p / 10));
    landscape.meet(met, 10, 3, 0);
    const x = normals(3, 'own');
    const p = softmax(x, 0);
    let earned = 0;
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) earned += p[i] * payoffs[i][j] * q[j];
    const f = landscape.logFitness(x, 0);
    expect(f).toBeCloseTo(Math.log(2 + 0.3 * earned), 13);
    landscape.meet(Float64Array.from(q, Math.log), 1, 3, 0);
    expect(landscape.logFitness(x, 0)).toBeCloseTo(f, 13);
  });

  it('rock, paper and scissors beat each other in turn', () => {
    const landscape = makeLandscape('rock-paper-scissors', 3, { win: 1, loss: 0.5, base: 1, strength: 1 }, 's');
    const pure = (k: number) => Float64Array.from({ length: 3 }, (_, i) => (i === k ? 1000 : 0));
    for (let k = 0; k < 3; k++) {
      landscape.meet(pure(k), 1, 3, 0);
      expect(landscape.logFitness(pure(k), 0)).toBe(0);
      expect(landscape.logFitness(pure((k + 1) % 3), 0)).toBeCloseTo(Math.log(2), 14);
      expect(landscape.logFitness(pure((k + 2) % 3), 0)).toBeCloseTo(Math.log(0.5), 14);
    }
  });
});
