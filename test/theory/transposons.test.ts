import { expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { copyNumbers } from './transposons.ts';

// Charlesworth & Charlesworth (1983): selection changes the mean by -V (a + b m), transposition by m (u - v); V is measured.
it('at equilibrium u - v = (V/m)(a + b m), with the measured mean and variance of the copy number', () => {
  const [u, v, a, b] = [0.04, 0.01, 0.002, 0.002];
  const excess = ['1', '2', '3', '4'].map((seed) => {
    const { m, V, growth } = copyNumbers({ u, v, a, b, size: 400, generations: 360, seed });
    // What is left of a trend is not at equilibrium: it belongs to the balance.
    return u - v - growth - (V / m) * (a + b * m);
  });
  expect(Math.abs(mean(excess))).toBeLessThan(4 * standardError(excess));
  // Of the order of what it balances, not only of its error.
  expect(Math.abs(mean(excess))).toBeLessThan(0.1 * (u - v));
});
