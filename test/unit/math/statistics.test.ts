import { describe, expect, it } from 'vitest';
import { covariance, mean, standardError, variance } from '../../../src/math/statistics.ts';

describe('statistics', () => {
  it('of a small column, by hand', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(variance(values)).toBe(4);
    expect(standardError(values)).toBeCloseTo(Math.sqrt(32 / 7 / 8), 15);
    expect(covariance([1, 2, 3], [2, 4, 7])).toBeCloseTo(5 / 3, 15);
  });

  it('keeps its precision far from zero', () => {
    expect(variance([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBeCloseTo(2 / 3, 12);
  });

  it('of nothing, and of too little, is NaN', () => {
    for (const value of [mean([]), variance([]), standardError([]), standardError([1])]) {
      expect(value).toBeNaN();
    }
    expect(variance([3])).toBe(0);
  });

  it('refuses columns of different length', () => {
    expect(() => covariance([1], [1, 2])).toThrow(RangeError);
  });
});
