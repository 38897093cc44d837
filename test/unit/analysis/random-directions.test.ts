import { expect, it } from 'vitest';
import { randomCosines } from '../../../src/analysis/gradient/random-directions.ts';
import { mean, standardError } from '../../../src/math/statistics.ts';
import { namedStream } from '../../../src/math/streams.ts';

it('directions drawn from the factor of the covariance are as those drawn from the rows', () => {
  const loci = 6;
  const stream = namedStream('directions', '1');
  // Correlated columns, one that does not vary and one that is the sum of two others.
  const rows = (count: number) => {
    const all = new Float64Array(count * loci);
    for (let k = 0; k < count; k++) {
      const [a, b, c] = [stream.normal(), stream.normal(), stream.normal()];
      all.set([a, a + 0.5 * b, 3 * c, 0, b, a + b], k * loci);
    }
    return all;
  };
  const vector = [1, -0.5, 0.3, 2, 0.7, 0.1];
  const many = rows(400);
  const few = many.slice(0, 12 * loci);
  for (const deviations of [many, few]) {
    const cosines = randomCosines(deviations, loci, vector, 4000, stream);
    // The same sums, row by row.
    const direct = Float64Array.from({ length: 4000 }, () => {
      const d = new Float64Array(loci);
      for (let at = 0; at < deviations.length; at += loci) {
        const weight = stream.normal();
        for (let l = 0; l < loci; l++) d[l] += weight * deviations[at + l];
      }
      const [dot, one, two] = d.reduce(([x, y, z], v, l) => [x + v * vector[l], y + v * v, z + vector[l] ** 2], [0, 0, 0]);
      return dot / Math.sqrt(one * two);
    });
    const squares = [cosines, direct].map((list) => list.map((value) => value * value));
    const error = Math.hypot(...squares.map((list) => standardError(list)));
    expect(Math.abs(mean(squares[0]) - mean(squares[1]))).toBeLessThan(4 * error);
  }
});
