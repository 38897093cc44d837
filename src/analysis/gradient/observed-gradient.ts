import { solvePositive } from '../../math/cholesky.ts';
import type { NamedStream } from '../../math/streams.ts';

/** A gradient of relative fitness as regression sees it, with what uncertainty. */
export interface ObservedGradient {
  /** b, per unit of each column. */
  readonly gradient: Float64Array;
  /** Bounds of the 95 % bootstrap interval over organisms, entry by entry. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Mean over columns of variance / (variance + ridge): 1 where nothing was shrunk, 0 where all was. */
  readonly kept: number;
}

/** Resamples of the bootstrap. */
const resamples = 199;

/**
 * Lande and Arnold's (1983, Evolution 37: 1210) selection gradient b = (P + ridge I)^-1 Cov(w, z), w = W / mean W, by ridge regression,
 * since P of many loci is near singular. It is confounded by shared environment and linkage: never to be shown alone.
 * @param rows `fitness.length` rows of `width` values, genomes or traits
 * @param ridge in units of the mean variance of a column; 0 for none
 * @throws {RangeError} for fewer than two rows, or a singular P without a ridge
 */
export function observedGradient(
  rows: ArrayLike<number>,
  width: number,
  fitness: ArrayLike<number>,
  ridge: number,
  stream: NamedStream,
): ObservedGradient {
  const n = fitness.length;
  if (n < 2) throw new RangeError(`${n} organisms are too few for a regression`);
  const weights = new Float64Array(n).fill(1);
  const whole = regress(rows, width, fitness, weights, ridge);
  const draws = Array.from({ length: resamples }, () => {
    weights.fill(0);
    for (let i = 0; i < n; i++) weights[stream.integer(n)]++;
    return regress(rows, width, fitness, weights, ridge).gradient;
  });
  const bound = (rank: number) =>
    Float64Array.from({ length: width }, (_, l) => Float64Array.from(draws, (draw) => draw[l]).sort()[rank - 1]);
  return { ...whole, low: bound(5), high: bound(195) };
}

/**
 * The gradient alone, without its interval: where two halves of the data stand against each other.
 * @throws {RangeError} as `observedGradient`
 */
export function regressFitness(rows: ArrayLike<number>, width: number, fitness: ArrayLike<number>, ridge: number): Float64Array {
  const n = fitness.length;
  if (n < 2) throw new RangeError(`${n} organisms are too few for a regression`);
  return regress(rows, width, fitness, new Float64Array(n).fill(1), ridge).gradient;
}

/** The regression with each row counted as often as its weight says. */
function regress(rows: ArrayLike<number>, width: number, fitness: ArrayLike<number>, weights: Float64Array, ridge: number) {
  const n = fitness.length;
  const means = new Float64Array(width);
  let [count, meanFitness] = [0, 0];
  for (let i = 0; i < n; i++) {
    count += weights[i];
    meanFitness += weights[i] * fitness[i];
    for (let l = 0; l < width; l++) means[l] += weights[i] * rows[i * width + l];
  }
  meanFitness /= count;
  for (let l = 0; l < width; l++) means[l] /= count;
  const covariance = new Float64Array(width * width);
  const differential = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    if (weights[i] === 0) continue;
    for (let l = 0; l < width; l++) deviation[l] = rows[i * width + l] - means[l];
    const w = (weights[i] * (fitness[i] / meanFitness - 1)) / count;
    const share = weights[i] / count;
    for (let a = 0; a < width; a++) {
      differential[a] += w * deviation[a];
      const one = share * deviation[a];
      for (let b = 0; b <= a; b++) covariance[a * width + b] += one * deviation[b];
    }
  }
  let trace = 0;
  for (let l = 0; l < width; l++) trace += covariance[l * width + l];
  const added = (ridge * trace) / width;
  for (let l = 0; l < width; l++) covariance[l * width + l] += added;
  const gradient = solvePositive(covariance, differential);
  let kept = 0;
  for (let l = 0; l < width; l++) kept += (covariance[l * width + l] - added) / covariance[l * width + l] / width;
  return { gradient, kept };
}
