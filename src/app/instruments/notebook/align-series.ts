import type { SeriesData } from '../../../worker/series.ts';

/**
 * One measure of two runs side by side: buckets as wide as the wider ones of both, as far as the shorter one goes. The columns are those of
 * the first run, of the second, and the second minus the first, whose band is the largest possible difference within a bucket.
 * @param a, b a measure's column in each run's data
 */
export function alignSeries(first: SeriesData, a: number, second: SeriesData, b: number): SeriesData {
  const bucketTicks = Math.max(first.bucketTicks, second.bucketTicks);
  const [one, two] = [coarsen(first, a, bucketTicks), coarsen(second, b, bucketTicks)];
  const length = Math.min(one.mean.length, two.mean.length);
  const cut = (values: Float64Array) => values.subarray(0, length);
  const less = (x: Float64Array, y: Float64Array) => Float64Array.from({ length }, (_, i) => y[i] - x[i]);
  return {
    bucketTicks,
    ticks: Float64Array.from({ length }, (_, i) => i * bucketTicks),
    mean: [cut(one.mean), cut(two.mean), less(one.mean, two.mean)],
    minimum: [cut(one.minimum), cut(two.minimum), less(one.maximum, two.minimum)],
    maximum: [cut(one.maximum), cut(two.maximum), less(one.minimum, two.maximum)],
  };
}

/** A column in wider buckets: a whole number of the former ones each. */
function coarsen({ bucketTicks, mean, minimum, maximum }: SeriesData, column: number, wanted: number) {
  const per = Math.max(1, Math.round(wanted / bucketTicks));
  const length = Math.ceil(mean[column].length / per);
  const gather = (values: Float64Array, of: (part: number[]) => number) =>
    Float64Array.from({ length }, (_, i) => {
      const part = [...values.subarray(i * per, (i + 1) * per)].filter((value) => !Number.isNaN(value));
      return part.length === 0 ? Number.NaN : of(part);
    });
  return {
    mean: gather(mean[column], (part) => part.reduce((sum, value) => sum + value, 0) / part.length),
    minimum: gather(minimum[column], (part) => Math.min(...part)),
    maximum: gather(maximum[column], (part) => Math.max(...part)),
  };
}
