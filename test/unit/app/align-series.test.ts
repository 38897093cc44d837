import { expect, it } from 'vitest';
import { alignSeries } from '../../../src/app/instruments/notebook/align-series.ts';
import type { SeriesData } from '../../../src/worker/series.ts';

const series = (bucketTicks: number, mean: number[], minimum = mean, maximum = mean): SeriesData => ({
  bucketTicks,
  ticks: Float64Array.from(mean, (_, i) => i * bucketTicks),
  mean: [Float64Array.from(mean)],
  minimum: [Float64Array.from(minimum)],
  maximum: [Float64Array.from(maximum)],
});

it('puts two runs into the wider buckets of both, as far as the shorter one goes, with how far they can be apart', () => {
  const fine = series(10, [1, 3, Number.NaN, 5, 9], [0, 2, Number.NaN, 4, 8], [2, 4, Number.NaN, 6, 10]);
  const coarse = series(20, [2, 7], [1, 6], [3, 8]);
  const { bucketTicks, ticks, mean, minimum, maximum } = alignSeries(fine, 0, coarse, 0);
  expect(bucketTicks).toBe(20);
  expect([...ticks]).toEqual([0, 20]);
  expect(mean.map((values) => [...values])).toEqual([
    [2, 5],
    [2, 7],
    [0, 2],
  ]);
  expect([...minimum[2]]).toEqual([1 - 4, 6 - 6]);
  expect([...maximum[2]]).toEqual([3 - 0, 8 - 4]);
});

it('of a run with itself is 0', () => {
  const one = series(10, [1, 2, 3]);
  expect([...alignSeries(one, 0, one, 0).mean[2]]).toEqual([0, 0, 0]);
});
