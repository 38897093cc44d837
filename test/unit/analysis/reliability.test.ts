import { expect, it } from 'vitest';
import { correctedCosine, reliabilityOfMean, splitHalfReliability } from '../../../src/analysis/gradient/reliability.ts';
import { namedStream } from '../../../src/math/streams.ts';

it('a cosine corrected for noise is never beyond 1, and none where nothing is reliable', () => {
  expect(correctedCosine(0.4, 0.5, 0.5)).toBeCloseTo(0.8, 12);
  expect(correctedCosine(0.9, 0.5, 0.5)).toBe(1);
  expect(correctedCosine(-0.9, 0.5, 0.5)).toBe(-1);
  expect(correctedCosine(0.9, Number.NaN, 0.5)).toBeNaN();
  expect(correctedCosine(0.9, 0.5, 0)).toBeNaN();
  expect(splitHalfReliability([1, 0], [0, 1]).whole).toBeNaN();
});

it('the reliability of a mean is what split halves give on average, and none of noise', () => {
  const stream = namedStream('reliability', 'mean');
  const [draws, loci] = [20, 2000];
  const estimates = Array.from({ length: draws }, () => Float64Array.from({ length: loci }, () => 1 + 3 * stream.normal()));
  // Signal 1, noise 9 an estimate: 1 / (1 + 9 / 20), with a relative error of some sqrt(2 / 2000).
  const expected = 1 / (1 + 9 / draws);
  expect(Math.abs(reliabilityOfMean(estimates) - expected)).toBeLessThan(0.05);
  const half = (parity: number) =>
    Float64Array.from({ length: loci }, (_, l) => estimates.reduce((sum, one, d) => sum + (d % 2 === parity ? one[l] : 0), 0));
  expect(Math.abs(splitHalfReliability(half(0), half(1)).whole - expected)).toBeLessThan(0.1);
  expect(reliabilityOfMean([[1], [-1]])).toBeNaN();
  expect(reliabilityOfMean([[1, 2]])).toBeNaN();
});
