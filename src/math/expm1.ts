// Near 0, e^x - 1 and log(1 + x) lose digits to the 1. Kahan's remedy: the rounding error of e^x is also in its
// logarithm, and cancels in their quotient (Higham 2002, Accuracy and Stability of Numerical Algorithms, section 1.14.1).
import { exp, log } from './elementary.ts';

/** e^x - 1 in float64, relative error below 1e-15 for every x, including x near 0. */
export function expm1(x: number): number {
  const power = exp(x);
  if (power === 1) return x;
  if (Math.abs(x) > 1) return power - 1;
  return ((power - 1) * x) / log(power);
}

/** log(1 + x) in float64, relative error below 1e-15 for every x > -1, including x near 0; -Infinity at -1, NaN below. */
export function log1p(x: number): number {
  const sum = 1 + x;
  if (sum === 1) return x;
  return Math.abs(x) > 1 || sum === 0 ? log(sum) : (log(sum) * x) / (sum - 1);
}
