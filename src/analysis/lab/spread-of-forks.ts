import { solvePositive } from '../../math/cholesky.ts';
import { dot } from './direction.ts';

/** End points of forks of one population, compared with their expectation. */
export interface ForkSpread {
  /** Mean over forks. */
  readonly mean: Float64Array;
  /** Trace of their covariance, divisor F - 1. */
  readonly trace: number;
  /**
   * Sum of the squared Mahalanobis distances of the forks about their mean under the expected covariance, over (F - 1) d: chi-square with (F - 1) d
   * degrees of freedom over these, 1 on average, with standard deviation sqrt(2 / ((F - 1) d)).
   */
  readonly ratio: number;
  /** F d' C^-1 d / d, d the mean's departure from an expected one: 1 on average if that is right. */
  readonly departure: (expected: ArrayLike<number>) => number;
}

/**
 * Spread of forks.
 * @param forks rows of `covariance`'s dimensions, two or more
 * @param covariance expected of one fork, d rows one behind the other, positive definite
 * @throws {RangeError} for fewer than two forks, or a covariance that is not positive definite
 */
export function spreadOfForks(forks: readonly Float64Array[], covariance: Float64Array): ForkSpread {
  const count = forks.length;
  if (count < 2) throw new RangeError(`spreadOfForks: ${count} forks; give two or more`);
  const d = forks[0].length;
  const mean = new Float64Array(d);
  for (const fork of forks) for (let l = 0; l < d; l++) mean[l] += fork[l] / count;
  let [trace, distances] = [0, 0];
  for (const fork of forks) {
    const off = fork.map((value, l) => value - mean[l]);
    trace += dot(off, off) / (count - 1);
    distances += dot(off, solvePositive(covariance, off));
  }
  return {
    mean,
    trace,
    ratio: distances / ((count - 1) * d),
    departure(expected) {
      const off = mean.map((value, l) => value - expected[l]);
      return (count * dot(off, solvePositive(covariance, off))) / d;
    },
  };
}
