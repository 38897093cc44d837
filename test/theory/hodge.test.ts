import { describe, expect, it } from 'vitest';
import { hodgeDecomposition } from '../../src/analysis/game/hodge.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';

const antisymmetric = (m: number, upper: (i: number, j: number) => number) => {
  const margins = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      margins[i * m + j] = upper(i, j);
      margins[j * m + i] = -margins[i * m + j];
    }
  }
  return margins;
};

describe('Hodge decomposition of a tournament (Jiang et al. 2011)', () => {
  it('of planted ratings has no circles and finds the ratings', () => {
    const stream = namedStream('hodge', 'ratings');
    const ratings = Float64Array.from({ length: 9 }, () => stream.normal());
    const { ratings: found, cyclicShare } = hodgeDecomposition(antisymmetric(9, (i, j) => ratings[i] - ratings[j]));
    expect(cyclicShare).toBeLessThan(1e-24);
    const centre = mean(ratings);
    for (const [i, rating] of ratings.entries()) expect(found[i]).toBeCloseTo(rating - centre, 12);
  });

  it('of a planted circle is nothing else', () => {
    const rock = antisymmetric(3, (i, j) => ((i - j + 3) % 3 === 1 ? 1 : -1));
    expect(hodgeDecomposition(rock).cyclicShare).toBeCloseTo(1, 12);
    const five = antisymmetric(5, (i, j) => ((i - j + 5) % 5 <= 2 ? 1 : -1));
    expect(hodgeDecomposition(five).cyclicShare).toBeCloseTo(1, 12);
  });

  it('of pure noise has the share (m - 2)/m', () => {
    const stream = namedStream('hodge', 'noise');
    for (const m of [4, 8, 16]) {
      const shares = Array.from({ length: 300 }, () => hodgeDecomposition(antisymmetric(m, () => stream.normal())).cyclicShare);
      expect(Math.abs(mean(shares) - (m - 2) / m)).toBeLessThan(4 * standardError(shares));
    }
  });

  it('refuses what is no tournament', () => {
    expect(() => hodgeDecomposition([0, 1, 1, 0])).toThrow('do not cancel');
    expect(() => hodgeDecomposition([0, 1, -1])).toThrow('not a square');
  });
});
