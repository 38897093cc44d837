// Stateless draws: each is a function of the stream's key, the organism's key (two u32), the tick and the draw's index within
// the tick, and of nothing else. So draws do not depend on the order of rows, and one organism's draws never shift another's.
// Every draw reads one Philox block: it uses exactly one draw index, whatever its parameters and result.
import { cos, exp, log } from './elementary.ts';
import { philox4x32 } from './philox.ts';
import type { StreamKey } from './streams.ts';
import { openUniform53, uniform53 } from './words.ts';

const words = new Uint32Array(4);
const TURN = 2 * Math.PI;

/** Uniform in [0, 1), a multiple of 2^-53. @public */
export function drawUniform(key: StreamKey, organismLow: number, organismHigh: number, tick: number, draw: number): number {
  philox4x32(key[0], key[1], organismLow, organismHigh, tick, draw, words);
  return uniform53(words[0], words[1]);
}

/** Standard normal (Box-Muller in float64); |z| <= 8.58. @public */
export function drawNormal(key: StreamKey, organismLow: number, organismHigh: number, tick: number, draw: number): number {
  philox4x32(key[0], key[1], organismLow, organismHigh, tick, draw, words);
  return Math.sqrt(-2 * log(openUniform53(words[0], words[1]))) * cos(TURN * uniform53(words[2], words[3]));
}

/** True with the given probability: never for one at or below 0, always for one at or above 1. @public */
export function drawBernoulli(
  key: StreamKey,
  organismLow: number,
  organismHigh: number,
  tick: number,
  draw: number,
  probability: number,
): boolean {
  return drawUniform(key, organismLow, organismHigh, tick, draw) < probability;
}

/** Largest mean of drawPoisson. */
const LARGEST_MEAN = 1e9;

/** Poisson probability of the mode floor(mean), to about 1e-15 relative. */
function modeProbability(mean: number, mode: number): number {
  if (mode < 16) {
    let probability = exp(-mean);
    for (let i = 1; i <= mode; i++) probability *= mean / i;
    return probability;
  }
  // Loader 2000, "Fast and accurate computation of binomial probabilities": Stirling's error and the deviance, by their
  // series, in place of a difference of large logarithms.
  const n = mode;
  const square = n * n;
  const stirling =
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) / square) / n;
  const step = (mean - n) / n;
  let deviance = 0;
  for (let i = 2, power = step * step; Math.abs(power) > 1e-20; i++, power *= -step) deviance += power / i;
  return exp(-stirling - n * deviance) / Math.sqrt(TURN * n);
}

/**
 * Poisson count with the given mean in [0, 1e9], exact to float64 rounding (each probability to about 1e-14 relative).
 * One uniform is spent on the counts in order of their distance from the mode, so a draw takes about sqrt(mean) steps.
 * Throws RangeError for another mean.
 * @public
 */
export function drawPoisson(
  key: StreamKey,
  organismLow: number,
  organismHigh: number,
  tick: number,
  draw: number,
  mean: number,
): number {
  if (!(mean >= 0 && mean <= LARGEST_MEAN)) throw new RangeError(`drawPoisson: mean ${mean} is not in [0, ${LARGEST_MEAN}]`);
  let left = drawUniform(key, organismLow, organismHigh, tick, draw);
  const mode = Math.floor(mean);
  let below = modeProbability(mean, mode);
  let above = below;
  left -= below;
  if (left < 0) return mode;
  for (let distance = 1; above > 1e-20 || below > 1e-20; distance++) {
    above *= mean / (mode + distance);
    left -= above;
    if (left < 0) return mode + distance;
    // At distance = mode + 1 the factor is 0 and remains 0: no count is negative.
    below *= (mode - distance + 1) / mean;
    left -= below;
    if (left < 0) return mode - distance;
  }
  // Rounding has left about 1e-16 of probability unassigned.
  return mode;
}

/**
 * Index i with probability weights[i] / sum; an index of weight 0 is never drawn.
 * Throws RangeError unless the weights are finite, not negative, and not all zero.
 * @public
 */
export function drawCategorical(
  key: StreamKey,
  organismLow: number,
  organismHigh: number,
  tick: number,
  draw: number,
  weights: ArrayLike<number>,
): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] >= 0)) throw new RangeError(`drawCategorical: weight ${i} is ${weights[i]}; it must be 0 or more`);
    sum += weights[i];
  }
  if (!(sum > 0 && sum < Infinity)) throw new RangeError(`drawCategorical: the weights sum to ${sum}`);
  let left = drawUniform(key, organismLow, organismHigh, tick, draw) * sum;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) return i;
  }
  return last;
}
