// The binomial distribution: its probabilities, and draws from one uniform number.

import { exp, log } from './elementary.ts';
import { log1p } from './expm1.ts';

const TURN = 2 * Math.PI;
const LARGEST_COUNT = 1e9;

/** log n! - (n + 1/2) log n + n - log(2 pi)/2 for n = 0 (0 by convention) to 15. */
const smallStirling = [
  0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093, 0.01664469118982119,
  0.013876128823070748, 0.01189670994589177, 0.010411265261972096, 0.009255462182712733, 0.008330563433362871,
  0.007573675487951841, 0.00694284010720953, 0.006408994188004207, 0.005951370112758848, 0.005554733551962801,
];

/** Error of Stirling's formula for log n!: its series from 16 on, good to 1e-16. */
function stirlingError(n: number): number {
  if (n < 16) return smallStirling[n];
  const square = n * n;
  return (
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) / square) / n
  );
}

/** x log(x/m) + m - x, without the loss of digits where x is near m. */
function deviance(x: number, m: number): number {
  const step = (x - m) / (x + m);
  if (Math.abs(step) >= 0.1) return x * log(x / m) + m - x;
  const square = step * step;
  let sum = (x - m) * step;
  for (let j = 3, power = 2 * x * step * square; ; j += 2, power *= square) {
    const next = sum + power / j;
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * Probability of k successes in n trials of probability p, relative error about 1e-14 (1e-15 |log| further out in the tails).
 * k and n are whole numbers, 0 <= k <= n <= 1e9; p in [0, 1]. After Loader 2000, "Fast and accurate computation of binomial
 * probabilities": no difference of large logarithms.
 */
export function binomialProbability(k: number, n: number, p: number): number {
  const q = 1 - p;
  if (p === 0 || q === 0) return k === (p === 0 ? 0 : n) ? 1 : 0;
  if (k === 0) return exp(n * log1p(-p));
  if (k === n) return exp(n * log(p));
  const rest = n - k;
  const exponent = stirlingError(n) - stirlingError(k) - stirlingError(rest) - deviance(k, n * p) - deviance(rest, n * q);
  return exp(exponent) * Math.sqrt(n / (TURN * k * rest));
}

/**
 * Number of successes in n trials of probability p, from one uniform in [0, 1): exact to float64 rounding (each probability to
 * about 1e-14 relative). The uniform is spent on the counts in order of their distance from the mode, so a draw takes about
 * sqrt(n p (1 - p)) steps, and the count is not a monotonic function of the uniform.
 * Throws RangeError unless n is a whole number in [0, 1e9] and p in [0, 1].
 */
export function binomial(uniform: number, n: number, p: number): number {
  if (!(Number.isInteger(n) && n >= 0 && n <= LARGEST_COUNT)) {
    throw new RangeError(`binomial: ${n} trials is not a whole number in [0, ${LARGEST_COUNT}]`);
  }
  if (!(p >= 0 && p <= 1)) throw new RangeError(`binomial: probability ${p} is not in [0, 1]`);
  if (p > 0.5) return n - binomial(uniform, n, 1 - p);
  const mode = Math.floor((n + 1) * p);
  const odds = p / (1 - p);
  let below = binomialProbability(mode, n, p);
  let above = below;
  let left = uniform - below;
  if (left < 0) return mode;
  for (let distance = 1; above > 1e-20 || below > 1e-20; distance++) {
    // The factors are 0 at the ends of the range and remain 0: no count is negative or beyond n.
    above *= ((n - mode - distance + 1) / (mode + distance)) * odds;
    left -= above;
    if (left < 0) return mode + distance;
    below *= (mode - distance + 1) / ((n - mode + distance) * odds);
    left -= below;
    if (left < 0) return mode - distance;
  }
  // Rounding has left about 1e-16 of probability unassigned.
  return mode;
}
