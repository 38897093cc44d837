import { describe, expect, it } from 'vitest';
import { cosine, direction, dot } from '../../../src/analysis/lab/direction.ts';
import {
  covarianceSpread,
  geneticCovariance,
  meanGenome,
  timesCovariance,
} from '../../../src/analysis/lab/genetic-covariance.ts';
import { covariance, mean } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

describe('direction', () => {
  it('of a step by hand', () => {
    const found = direction([3, 4], [2, 0]);
    expect(found).toEqual({ along: 3, across: 4, cosine: 0.6, size: 5 });
    expect(direction([-1, 0], [2, 0])).toEqual({ along: -1, across: 0, cosine: -1, size: 1 });
  });

  it('keeps a small part across', () => {
    const { across, cosine: near } = direction([1, 1e-12], [1, 0]);
    expect(across).toBe(1e-12);
    expect(near).toBeLessThanOrEqual(1);
  });

  it('of nothing is NaN', () => {
    expect(direction([0, 0], [1, 0])).toEqual({ along: 0, across: 0, cosine: NaN, size: 0 });
    expect(direction([3, 4], [0, 0])).toEqual({ along: NaN, across: NaN, cosine: NaN, size: 5 });
    expect(cosine([0.1, 0.2, 0.3], [0.1, 0.2, 0.3])).toBe(1);
    expect(() => dot([1], [1, 2])).toThrow(RangeError);
  });
});

describe('genetic covariance', () => {
  const stream = namedStream('covariance', 'x');
  const make = (count: number, dimensions: number, stride: number, far = 0) => {
    const values = Float32Array.from({ length: count * stride }, (_, i) => far + stream.normal() * (1 + (i % stride)));
    return { values, count, stride, dimensions };
  };

  it.each([
    [40, 5, 8],
    [5, 17, 17],
    [12, 12, 16],
    [1, 3, 4],
  ])('of %d genomes of %d loci equals its definition', (count, dimensions, stride) => {
    const genomes = make(count, dimensions, stride, 3);
    const column = (l: number) => Array.from({ length: count }, (_, row) => genomes.values[row * stride + l]);
    const g = Array.from({ length: dimensions }, (_, a) =>
      Array.from({ length: dimensions }, (_, b) => covariance(column(a), column(b))),
    );
    const found = geneticCovariance(genomes);
    const vector = Array.from({ length: dimensions }, () => stream.normal());
    const product = timesCovariance(genomes, vector);
    for (let a = 0; a < dimensions; a++) {
      expect(meanGenome(genomes)[a]).toBeCloseTo(mean(column(a)), 12);
      for (let b = 0; b < dimensions; b++) expect(found[a * dimensions + b]).toBeCloseTo(g[a][b], 10);
      expect(product[a]).toBeCloseTo(dot(g[a], vector), 8);
    }
    const trace = g.reduce((sum, row, a) => sum + row[a], 0);
    const square = g.flat().reduce((sum, value) => sum + value * value, 0);
    const spread = covarianceSpread(genomes);
    expect(spread.trace).toBeCloseTo(trace, 9);
    expect(Math.abs(spread.traceOfSquare - square)).toBeLessThanOrEqual(1e-12 * square);
    if (count > 1) expect(spread.effectiveRank / (trace ** 2 / square)).toBeCloseTo(1, 11);
    else expect(spread.effectiveRank).toBeNaN();
  });

  it('has rank 1 where all lie on a line, and that of the loci where they vary alike', () => {
    const line = { values: Float64Array.of(1, 2, 2, 4, 3, 6), count: 3, stride: 2, dimensions: 2 };
    expect(covarianceSpread(line).effectiveRank).toBeCloseTo(1, 14);
    const corners = { values: Float64Array.of(1, 1, 1, -1, -1, 1, -1, -1), count: 4, stride: 2, dimensions: 2 };
    expect(covarianceSpread(corners)).toEqual({ trace: 2, traceOfSquare: 2, effectiveRank: 2 });
  });
});
