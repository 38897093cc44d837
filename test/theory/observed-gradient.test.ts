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

/** Every organism a clade of its own. */
const ownClades = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('Lande and Arnold’s gradient', () => {
  it('finds what selection acts on among correlated traits, without a ridge', () => {
    const fits = Array.from({ length: 60 }, (_, k) => {
      const { rows, fitness } = sample(400, String(k), 2);
      return observedGradient(rows, width, fitness, ownClades(400), 0);
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

  it('of clades that share genes and luck has an interval over clades that holds, where one over organisms does not', () => {
    const [clades, each, many] = [30, 12, 200];
    const missed = { clades: 0, organisms: 0 };
    for (let k = 0; k < many; k++) {
      const stream = namedStream(String(k), 'clades');
      const [rows, fitness, clade]: number[][] = [[], [], []];
      for (let c = 0; c < clades; c++) {
        const centre = b.map(() => stream.normal());
        const luck = stream.normal();
        for (let i = 0; i < each; i++) {
          const z = centre.map((value) => value + 0.3 * stream.normal());
          rows.push(...z);
          fitness.push(4 + luck + z.reduce((sum, value, l) => sum + 4 * b[l] * value, 0) + 0.5 * stream.normal());
          clade.push(c);
        }
      }
      for (const [name, groups] of [
        ['clades', clade],
        ['organisms', ownClades(rows.length / width)],
      ] as const) {
        const { low, high, clades: found } = observedGradient(rows, width, fitness, groups, 0);
        expect(found).toBe(name === 'clades' ? clades : clades * each);
        if (!(low[0] <= b[0] && b[0] <= high[0])) missed[name]++;
      }
    }
    const band = 4 * Math.sqrt(0.05 * 0.95 * many);
    expect(missed.clades).toBeLessThan(0.05 * many + band);
    expect(missed.organisms).toBeGreaterThan(0.25 * many);
  });

  it('says nothing of its error where clades are fewer than five', () => {
    const { rows, fitness } = sample(40, 'few', 1);
    const { low, high, gradient, clades } = observedGradient(
      rows,
      width,
      fitness,
      ownClades(40).map((i) => i % 4),
      0,
    );
    expect(clades).toBe(4);
    expect([...low, ...high].every(Number.isNaN)).toBe(true);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });

  it('a ridge shrinks and says how far; without one, what does not vary is refused', () => {
    const { rows, fitness } = sample(400, 'ridge', 2);
    const [free, held] = [0, 1].map((ridge) => observedGradient(rows, width, fitness, ownClades(400), ridge));
    const size = ({ gradient }: typeof free) => Math.hypot(...gradient);
    expect(size(held)).toBeLessThan(size(free));
    expect(held.kept).toBeGreaterThan(0.4);
    expect(held.kept).toBeLessThan(0.6);
    for (let i = 0; i < 400; i++) rows[i * width + 2] = 1;
    expect(() => observedGradient(rows, width, fitness, ownClades(400), 0)).toThrow('add a ridge');
    expect(() => observedGradient(rows.slice(0, width), width, [1], [0], 0)).toThrow('too few');
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
