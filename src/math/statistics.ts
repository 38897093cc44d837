// Moments of columns. Sums run in index order, so that results are the same everywhere, bit for bit.

/** Arithmetic mean; NaN when there are no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * Population covariance (divisor n), in two passes; NaN when there are no values.
 * Throws RangeError when the columns differ in length.
 */
export function covariance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`covariance: columns of ${a.length} and ${b.length} values`);
  const meanA = mean(a);
  const meanB = mean(b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return sum / a.length;
}

/** Population variance (divisor n); NaN when there are no values. */
export function variance(values: ArrayLike<number>): number {
  return covariance(values, values);
}

/** Standard error of the mean, from the sample variance (divisor n - 1); NaN for fewer than two values. */
export function standardError(values: ArrayLike<number>): number {
  const n = values.length;
  return n < 2 ? NaN : Math.sqrt(variance(values) / (n - 1));
}

/** Pearson's correlation of two samples of the same length; NaN where one of them does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return covariance(a, b) / Math.sqrt(variance(a) * variance(b));
}
