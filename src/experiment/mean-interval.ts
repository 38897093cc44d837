import { studentQuantile, studentTail } from '../math/student.ts';

/** Fewest values for an interval. With fewer it would be so wide, and depend so strongly on the shape of their distribution, that it misleads. */
export const fewestForInterval = 5;

/** A mean over runs or pairs with its uncertainty. */
export interface MeanInterval {
  /** Number of values. */
  readonly count: number;
  /** NaN if there are none. */
  readonly mean: number;
  /** Bounds of the 95 % Student interval; NaN for fewer than five values, or if all are the same. */
  readonly low: number;
  readonly high: number;
  /** Standard deviation (divisor n - 1); NaN for fewer than two values. */
  readonly deviation: number;
  /** Two-sided p of Student's test that the mean is 0; NaN if there is no interval. */
  readonly p: number;
}

const quantiles = new Map<number, number>();

function quantile(freedom: number): number {
  const known = quantiles.get(freedom) ?? studentQuantile(0.975, freedom);
  quantiles.set(freedom, known);
  return known;
}

/**
 * Mean of independent values with Student's 95 % interval, which has the right coverage at few values too, unlike resampling.
 * @param values one per run or pair; NaN for a missing value, which is left out
 */
export function meanInterval(values: ArrayLike<number>): MeanInterval {
  let [count, sum] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    count++;
    sum += values[i];
  }
  const mean = count > 0 ? sum / count : Number.NaN;
  let square = 0;
  let alike = true;
  let first = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    if (value !== first) alike = false;
    square += (value - mean) * (value - mean);
  }
  const deviation = count < 2 ? Number.NaN : alike ? 0 : Math.sqrt(square / (count - 1));
  // Values that are all the same show no spread, so the error of the mean is unknown.
  if (count < fewestForInterval || !(deviation > 0)) {
    return { count, mean, low: Number.NaN, high: Number.NaN, deviation, p: Number.NaN };
  }
  const error = deviation / Math.sqrt(count);
  const half = quantile(count - 1) * error;
  return { count, mean, low: mean - half, high: mean + half, deviation, p: studentTail(mean / error, count - 1) };
}
