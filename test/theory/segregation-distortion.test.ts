import { expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { driverShare } from './drivers.ts';

// p' = (p^2 (1 - s) + 2 p q k)/(1 - s p^2) rests at (2k - 1)/s (Bruck 1957; Lewontin 1968), or fixes where that is 1 or more.
it.each([
  [0.7, 0.8],
  [0.6, 0.5],
  [0.9, 1],
])('a driver rests at (2k - 1)/s: k = %f, s = %f', (k, s) => {
  const shares = ['1', '2', '3', '4'].map((seed) =>
    driverShare({ transmission: k, cost: s, seed, generations: 300, size: 1000 }),
  );
  expect(Math.abs(mean(shares) - (2 * k - 1) / s)).toBeLessThan(4 * standardError(shares));
});

it('it is fixed where 2k - 1 is more than s, and lost to nothing but chance where it is fair and harmless', () => {
  expect(driverShare({ transmission: 0.9, cost: 0.4, seed: '1', generations: 200, size: 1000 })).toBe(1);
});
