import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covariance, mean, quantile, standardError, variance } from '../../../src/math/statistics.ts';

describe('statistics', () => {
  it('of a small column, by hand', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(variance(values)).toBe(4);
    expect(standardError(values)).toBeCloseTo(Math.sqrt(32 / 7 / 8), 15);
    expect(covariance([1, 2, 3], [2, 4, 7])).toBeCloseTo(5 / 3, 15);
    expect([0, 0.25, 0.5, 1].map((p) => quantile([4, 1, 3, 2], p))).toEqual([1, 1.75, 2.5, 4]);
  });

  it('keeps its precision far from zero', () => {
    expect(variance([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBeCloseTo(2 / 3, 12);
  });

  it('of nothing, and of too little, is NaN', () => {
    for (const value of [mean([]), variance([]), quantile([], 0.5), standardError([]), standardError([1])]) {
      expect(value).toBeNaN();
    }
    expect(variance([3])).toBe(0);
    expect(quantile([3], 0.7)).toBe(3);
  });

  it('refuses columns of different length and p outside [0, 1]', () => {
    expect(() => covariance([1], [1, 2])).toThrow(RangeError);
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => quantile([1], p)).toThrow(RangeError);
  });

  it('keeps quantiles in order and the input untouched', () => {
    const column = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(column, p, p, (values, a, b) => {
        const copy = [...values];
        const lower = quantile(values, Math.min(a, b));
        expect(lower).toBeLessThanOrEqual(quantile(values, Math.max(a, b)) + 1e-9);
        expect(values).toEqual(copy);
      }),
      { seed: 3 },
    );
  });
});
