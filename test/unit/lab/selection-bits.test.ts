import { describe, expect, it } from 'vitest';
import { selectionBits } from '../../../src/analysis/lab/selection-bits.ts';
import { covariance, mean, standardError, variance } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

describe('selectionBits', () => {
  it('is E[w log2 w] and Cov(w, log2 fitness)', () => {
    const stream = namedStream('bits', 'definition');
    const f = Array.from({ length: 30 }, () => 2 * stream.normal());
    const fitness = f.map(Math.exp);
    const w = fitness.map((one) => one / mean(fitness));
    const found = selectionBits(f);
    expect(found.bits).toBeCloseTo(mean(w.map((one) => one * Math.log2(one))), 12);
    expect(found.gain).toBeCloseTo(covariance(w, f) / Math.LN2, 12);
    expect(found.variance).toBeCloseTo(variance(f), 12);
    // A constant in log fitness changes nothing, also beyond what a number can hold.
    const shifted = selectionBits(f.map((one) => one + 3000));
    expect(shifted.bits).toBeCloseTo(found.bits, 9);
    expect(selectionBits([5, 5, 5])).toMatchObject({ bits: 0, gain: 0, variance: 0 });
  });

  it('is all log2 N bits where one has all the offspring', () => {
    expect(selectionBits([800, 0, 0, 0, 0, 0, 0, 0]).bits).toBeCloseTo(3, 12);
  });

  it('is half of what it gains where log fitness is normal: V / (2 ln 2) bits for a gain of V / ln 2', () => {
    const stream = namedStream('bits', 'normal');
    const v = 0.09;
    const runs = Array.from({ length: 40 }, () =>
      selectionBits(Float64Array.from({ length: 2000 }, () => Math.sqrt(v) * stream.normal())),
    );
    const near = (values: number[], expected: number) =>
      expect(Math.abs(mean(values) - expected) / standardError(values)).toBeLessThan(4);
    near(
      runs.map(({ bits }) => bits),
      v / (2 * Math.LN2),
    );
    near(
      runs.map(({ gain }) => gain),
      v / Math.LN2,
    );
  });
});
