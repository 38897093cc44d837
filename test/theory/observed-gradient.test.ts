import { describe, expect, it } from 'vitest';
import { fisherAccount } from '../../src/analysis/gradient/fisher.ts';
import { observedGradient } from '../../src/analysis/gradient/observed-gradient.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';

const b = [0.3, -0.2, 0, 0.1];
const width = b.length;

/** Correlated traits of n organisms, whose relative fitness is linear in them but for noise. */
function sample(n: number, seed: string, noise: number) {
  const stream = namedStream(seed, 'observed');
  const rows = new Float64Array(n * width);
  const fitness = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const shared = stream.normal();
    let w = 3;
    for (let l = 0; l < width; l++) {
      rows[i * width + l] = 0.6 * shared + 0.8 * stream.normal();
      w += 3 * b[l] * rows[i * width + l];
    }
    fitness[i] = w + noise * stream.normal();
  }
  return { rows, fitness };
}

describe('Lande and Arnold’s gradient', () => {
  it('finds what selection acts on among correlated traits, without a ridge', () => {
    const fits = Array.from({ length: 60 }, (_, k) => {
      const { rows, fitness } = sample(400, String(k), 2);
      return observedGradient(rows, width, fitness, 0, namedStream(String(k), 'bootstrap'));
    });
    for (let l = 0; l < width; l++) {
      const found = fits.map(({ gradient }) => gradient[l]);
      expect(Math.abs(mean(found) - b[l])).toBeLessThan(4 * standardError(found));
    }
    // The interval holds the planted value about as often as it says.
    const held = fits.filter(({ low, high }) => low[0] <= b[0] && high[0] >= b[0]).length;
    expect(Math.abs(held - 57)).toBeLessThan(4 * Math.sqrt(60 * 0.95 * 0.05));
    expect(fits[0].kept).toBe(1);
  });

  it('a ridge shrinks and says how far; without one, what does not vary is refused', () => {
    const { rows, fitness } = sample(400, 'ridge', 2);
    const [free, held] = [0, 1].map((ridge) => observedGradient(rows, width, fitness, ridge, namedStream('r', 'b')));
    const size = ({ gradient }: typeof free) => Math.hypot(...gradient);
    expect(size(held)).toBeLessThan(size(free));
    expect(held.kept).toBeGreaterThan(0.4);
    expect(held.kept).toBeLessThan(0.6);
    for (let i = 0; i < 400; i++) rows[i * width + 2] = 1;
    expect(() => observedGradient(rows, width, fitness, 0, namedStream('r', 'b'))).toThrow('add a ridge');
    expect(() => observedGradient(rows.slice(0, width), width, [1], 0, namedStream('r', 'b'))).toThrow('too few');
  });
});

describe('Fisher’s account', () => {
  it('from two independent estimates of the gradient the additive variance is not inflated by their noise', () => {
    const stream = namedStream('fisher', '1');
    const values = Float64Array.from({ length: 500 * width }, () => stream.normal());
    const genomes = { values, count: 500, stride: width, dimensions: width };
    const noisy = () => b.map((value) => value + 0.5 * stream.normal());
    const exact = fisherAccount(genomes, b, b, 0.05);
    expect(exact.deterioration).toBeCloseTo(0.05 - exact.additiveVariance, 12);
    const two = Array.from({ length: 400 }, () => fisherAccount(genomes, noisy(), noisy(), 0).additiveVariance);
    const one = Array.from({ length: 400 }, () => {
      const same = noisy();
      return fisherAccount(genomes, same, same, 0).additiveVariance;
    });
    expect(Math.abs(mean(two) - exact.additiveVariance)).toBeLessThan(4 * standardError(two));
    expect(mean(one)).toBeGreaterThan(exact.additiveVariance + 4 * standardError(one));
  });
});
