import { expect, it } from 'vitest';
import { mean, standardError } from '../../src/math/statistics.ts';
import { copyNumbers, measuredShare, selectedShare } from './transposons.ts';

// Charlesworth & Charlesworth (1983): selection changes the mean by -V (a + b m), transposition by m (u - v); V is measured.
it('at equilibrium (V/m)(a + b m) = (u - v)/(1 + u - v), with the measured mean and variance of the copy number', () => {
  const rates = { u: 0.04, v: 0.01, a: 0.002, b: 0.002 };
  const excess = ['1', '2', '3', '4'].map((seed) => {
    const found = copyNumbers({ ...rates, size: 400, generations: 360, seed });
    return measuredShare(found, rates) - selectedShare(rates.u, rates.v);
  });
  expect(Math.abs(mean(excess))).toBeLessThan(4 * standardError(excess));
  // Of the order of what it balances, not only of its error.
  expect(Math.abs(mean(excess))).toBeLessThan(0.1 * (rates.u - rates.v));
});
