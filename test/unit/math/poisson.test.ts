import { describe, expect, it } from 'vitest';
import { poissonBounds } from '../../../src/math/poisson.ts';

describe('exact bounds of a Poisson mean', () => {
  // Half of the quantiles 0.025 of chi squared with 2 k, and 0.975 with 2 k + 2 degrees of freedom (Garwood 1936; scipy.stats.chi2.ppf).
  it.each([
    [0, 0, 3.68887945411],
    [1, 0.0253178079843, 5.57164339094],
    [2, 0.242209278544, 7.22468766772],
    [5, 1.62348639012, 11.6683320793],
    [10, 4.79538869613, 18.390356042],
    [100, 81.3639912509, 121.626793792],
    [10000, 9804.95246726, 10197.9516247],
  ])('%d events: %f to %f', (count, low, high) => {
    const found = poissonBounds(count);
    expect(Math.abs(found.low - low)).toBeLessThanOrEqual(1e-10 * low);
    expect(Math.abs(found.high - high)).toBeLessThanOrEqual(1e-10 * high);
  });

  it('refuses what is not a count', () => {
    expect(() => poissonBounds(1.5)).toThrow('a count must be a whole number of 0 or more (got 1.5)');
  });
});
