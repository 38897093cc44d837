import { studentQuantile, studentTail } from '../math/student.ts';

/** Fewest values of which an interval is given. Of fewer it would be so wide, and lean so much on the shape of their distribution, that it misleads. */
export const fewestForInterval = 5;

/** A mean over runs or pairs with its uncertainty. */
export interface MeanInterval {
  /** Values that there were. */
  readonly count: number;
  /** NaN where there are none. */
  readonly mean: number;
  /** Bounds of the 95 % Student interval; NaN for fewer than five values, or where all are the same. */
  readonly low: number;
  readonly high: number;
  /** Standard deviation (divisor n - 1); NaN for fewer than two values. */
  readonly deviation: number;
  /** Two-sided p of Student's test that the mean is 0; NaN where there is no interval. */
  readonly p: number;
}

const quantiles = new Map<number, number>();

function quantile(freedom: number): number {
  const known = quantiles.get(freedom) ?? studentQuantile(0.975, freedom);
  quantiles.set(freedom, known);
  return known;
}

/**
 * Mean of independent values with Student's 95 % interval, which covers at few values too, where resampling does not.
 * @param values one a run or a pair; NaN where there is none, which then is left out
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
  // Values that are all the same show no spread, so they do not say how far the mean may be off.
  if (count < fewestForInterval || !(deviation > 0)) {
    return { count, mean, low: Number.NaN, high: Number.NaN, deviation, p: Number.NaN };
  }
  const error = deviation / Math.sqrt(count);
  const half = quantile(count - 1) * error;
  return { count, mean, low: mean - half, high: mean + half, deviation, p: studentTail(mean / error, count - 1) };
}
