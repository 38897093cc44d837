import { describe, expect, it } from 'vitest';
import { bimodality } from '../../../src/analysis/lab/bimodality.ts';
import { namedStream } from '../../../src/math/streams.ts';

const stream = namedStream('bimodality', 'values');
const normals = (count: number, mean = 0, deviation = 1) =>
  Float64Array.from({ length: count }, () => mean + deviation * stream.normal());
const both = (...parts: readonly Float64Array[]) => Float64Array.from(parts.flatMap((part) => [...part]));

describe('bimodality', () => {
  it('finds two clouds, and the empty place between them', () => {
    const { depth, valley, branched } = bimodality(both(normals(300, -1, 0.15), normals(700, 1, 0.15)), { separation: 0.5 });
    expect(branched).toBe(true);
    expect(depth).toBe(1);
    expect(Math.abs(valley)).toBeLessThan(0.7);
  });

  it('does not depend on order, place or unit', () => {
    const values = both(normals(300, -1, 0.3), normals(300, 1, 0.3));
    const { depth } = bimodality(values, { separation: 0.5 });
    expect(bimodality(values.toReversed(), { separation: 0.5 }).depth).toBe(depth);
    // Powers of two move bins exactly.
    expect(
      bimodality(
        values.map((value) => 4 * value),
        { separation: 2 },
      ).depth,
    ).toBe(depth);
  });

  it('takes one cloud for one, however wide', () => {
    for (let i = 0; i < 20; i++) {
      for (const deviation of [0.1, 0.5, 1]) {
        expect(bimodality(normals(600, 3, deviation), { separation: 0.5 }).branched).toBe(false);
      }
    }
    const flat = Float64Array.from({ length: 1000 }, () => 2 * stream.uniform());
    expect(bimodality(flat, { separation: 0.5 }).branched).toBe(false);
  });

  it('says how deep the valley is', () => {
    // Bins of 1: 40 at 0, 10 at 2, 20 at 4.
    const of = (value: number, count: number) => new Float64Array(count).fill(value);
    const { depth, valley, branched } = bimodality(both(of(0, 40), of(1, 15), of(2, 10), of(3, 15), of(4, 20)), {
      separation: 4,
    });
    expect(depth).toBe(0.5);
    expect(valley).toBe(2.5);
    expect(branched).toBe(false);
    expect(bimodality(both(of(0, 40), of(2, 5), of(4, 20)), { separation: 4 }).branched).toBe(true);
  });

  it('leaves out a few stragglers, and modes that are too near', () => {
    expect(bimodality(both(normals(950, 0, 0.1), normals(50, 2, 0.1)), { separation: 0.5 }).branched).toBe(false);
    expect(bimodality(both(normals(950, 0, 0.1), normals(50, 2, 0.1)), { separation: 0.5, share: 0.04 }).branched).toBe(true);
    expect(bimodality(both(normals(500, 0, 0.02), normals(500, 0.3, 0.02)), { separation: 0.5 }).branched).toBe(false);
  });

  it('has an answer for few values, and refuses what makes no sense', () => {
    for (const values of [[], [1], [2, 2, 2]]) expect(bimodality(values, { separation: 1 }).depth).toBe(0);
    for (const separation of [0, -1, Number.NaN]) expect(() => bimodality([1], { separation })).toThrow(`${separation}`);
    for (const share of [0, 0.5]) expect(() => bimodality([1], { separation: 1, share })).toThrow(`share ${share}`);
  });
});
