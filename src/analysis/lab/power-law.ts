import { log } from '../../math/elementary.ts';
import { covariance, mean, variance } from '../../math/statistics.ts';

/**
 * Least-squares exponent k of y = c x^k over positive pairs, in logarithms, with its standard error: how the noise of a step (y,
 * its standard deviation) depends on |grad f| (x). 0: not at all; 1: in proportion.
 * Throws RangeError for fewer than three pairs or a number that is not positive.
 */
export function powerLaw(x: ArrayLike<number>, y: ArrayLike<number>): { readonly exponent: number; readonly error: number } {
  if (x.length !== y.length || x.length < 3)
    throw new RangeError(`powerLaw: ${x.length} and ${y.length} numbers: give 3 pairs or more`);
  const logarithm = (value: number) => {
    if (!(value > 0 && value < Infinity)) throw new RangeError(`powerLaw: ${value} is not positive and finite`);
    return log(value);
  };
  const a = Array.from(x, logarithm);
  const b = Array.from(y, logarithm);
  const exponent = covariance(a, b) / variance(a);
  const start = mean(b) - exponent * mean(a);
  const residual = variance(b.map((value, i) => value - start - exponent * a[i]));
  return { exponent, error: Math.sqrt(residual / variance(a) / (a.length - 2)) };
}
