// Quantiles of the gamma distribution.
import { exp, log } from './elementary.ts';
import { logGamma } from './student.ts';

/**
 * Logarithm of the incomplete gamma function P(k, x), the chance that a gamma variate of shape k and scale 1 is at most x, by the series of
 * Abramowitz & Stegun (1964), 6.5.29. All of its terms are positive: nothing cancels.
 */
function logLower(shape: number, x: number, logGammaOfNext: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return shape * log(x) - x - logGammaOfNext + log(sum);
}

/**
 * Quantiles of the gamma distribution with scale 1: relative error below 1e-6, which it only comes near where 1 minus the chance has lost digits.
 * Below the least float64 they are 0. The same bits in every engine.
 * @param shape k, from 0.1 to 100
 * @param chances ascending, in (0, 1)
 */
export function gammaQuantiles(shape: number, chances: Float64Array): Float64Array {
  const next = logGamma(shape + 1);
  const quantiles = new Float64Array(chances.length);
  let place = -Infinity;
  for (const [i, chance] of chances.entries()) {
    const wanted = log(chance);
    // log P is concave in log x, so that Newton's steps from the left never pass the quantile. P(k, x) < x^k / Gamma(k + 1): a start on the left.
    place = Math.max(place, (wanted + next) / shape);
    for (let step = 0; step < 100; step++) {
      const x = exp(place);
      if (x === 0) break;
      const reached = logLower(shape, x, next);
      // d log P / d log x = x^k e^-x / (Gamma(k) P).
      const slope = exp(shape * place - x - next + log(shape) - reached);
      const rise = (wanted - reached) / slope;
      if (!(rise > 0)) break;
      place += rise;
      if (rise < 1e-12) break;
    }
    quantiles[i] = exp(place);
  }
  return quantiles;
}
