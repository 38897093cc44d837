import { type Direction, direction, dot } from './direction.ts';
import { covarianceSpread, type GenomeRows, geneticCovariance, meanGenome } from './genetic-covariance.ts';

/** The noise of steps from one place. */
export interface StepNoise {
  readonly count: number;
  readonly mean: Float64Array;
  /** The mean step, compared with the gradient. */
  readonly direction: Direction;
  /** Covariance of the steps (divisor count), d rows one behind the other. */
  readonly covariance: Float64Array;
  /** Its trace: the mean square of a step's departure from the mean step. */
  readonly trace: number;
  /** (tr C)^2 / tr(C^2), at most d; `count` steps show at most count - 1, so few steps understate it. */
  readonly effectiveRank: number;
  /** Variance of the steps along the gradient, and the mean of the d - 1 variances across. */
  readonly varianceAlong: number;
  readonly varianceAcross: number;
  /**
   * Fourth central moment over the squared variance, along the gradient and as the mean over d - 1 directions at right angles
   * to it and each other: 3 for normal noise, more where steps are rare and large; standard error sqrt(24 / count) if normal.
   */
  readonly kurtosisAlong: number;
  readonly kurtosisAcross: number;
}

/**
 * Moments of steps from one place. The gradient fixes which directions across it are used: the
 * images of the axes in the reflection that takes the first axis to the gradient. NaN across in one dimension.
 * Throws RangeError for fewer than two steps or a gradient of 0, which has no direction.
 */
export function stepNoise(steps: GenomeRows, gradient: ArrayLike<number>): StepNoise {
  const { values, count, stride, dimensions } = steps;
  const norm = Math.sqrt(dot(gradient, gradient));
  if (count < 2) throw new RangeError(`stepNoise: ${count} steps: give 2 or more`);
  if (!(norm > 0)) throw new RangeError('stepNoise: the gradient is 0, so no step is along it');
  const mean = meanGenome(steps);
  // Householder's reflection x - 2 h (h.x), h along the unit gradient plus or minus the first axis, whichever is longer: it takes
  // the first axis to the gradient or its opposite, and the others to directions across.
  const mirror = Float64Array.from(gradient, (component) => component / norm);
  mirror[0] += mirror[0] < 0 ? -1 : 1;
  const scale = 2 / dot(mirror, mirror);
  const second = new Float64Array(dimensions);
  const fourth = new Float64Array(dimensions);
  const off = new Float64Array(dimensions);
  for (let row = 0, at = 0; row < count; row++, at += stride) {
    let projection = 0;
    for (let l = 0; l < dimensions; l++) {
      off[l] = values[at + l] - mean[l];
      projection += off[l] * mirror[l];
    }
    projection *= scale;
    for (let l = 0; l < dimensions; l++) {
      const turned = off[l] - projection * mirror[l];
      const square = turned * turned;
      second[l] += square;
      fourth[l] += square * square;
    }
  }
  const kurtosis = fourth.map((sum, l) => (sum * count) / (second[l] * second[l]));
  const acrossMean = (ofAll: Float64Array) => ofAll.subarray(1).reduce((sum, value) => sum + value, 0) / (dimensions - 1);
  const { trace, effectiveRank } = covarianceSpread(steps);
  return {
    count,
    mean,
    direction: direction(mean, gradient),
    covariance: geneticCovariance(steps),
    trace,
    effectiveRank,
    varianceAlong: second[0] / count,
    varianceAcross: acrossMean(second) / count,
    kurtosisAlong: kurtosis[0],
    kurtosisAcross: acrossMean(kurtosis),
  };
}
