// The path of a population of several clouds that follow their own gradients, beside the path of their common mean.

import type { Landscape } from '../../habitat/landscape/landscape.ts';

export interface MixtureFlowOptions {
  /** Steps to make; each is a generation. */
  readonly steps: number;
  /**
   * How far a mean moves in a step for a gradient of 1: a number (locus units squared, as a variance), or 'covariance' for
   * Lande's response G grad f with the covariance of the cloud itself (divisor n).
   */
  readonly mobility: number | 'covariance';
  /** Generation at which the flow begins; default 0. */
  readonly time?: number;
}

/** Paths hold steps + 1 places, one behind the other, each of `dimensions` numbers. */
export interface MixtureFlow {
  /** Path of the mean of each cloud, every cloud on its own gradient. */
  readonly clouds: readonly Float64Array[];
  /** Path of the mean of the mixture, each cloud with the weight of its organisms. */
  readonly mixture: Float64Array;
  /** Path of the mean if all are treated as one cloud, on the gradient at their common mean. */
  readonly mean: Float64Array;
}

/**
 * Gradient flow of a population of several clouds: the mean of each follows its own gradient, in the landscape met by all of
 * them; beside it the flow of the single mean. Clouds keep their shapes and sizes: they move without spreading or gaining on each
 * other, and the gradient is that at the mean, which is Lande's response if clouds are small relative to the curvature of f. If
 * selection is disruptive, the clouds separate and the single mean stays: the mean's flow then does not describe the population. Earlier
 * `meet`s of the landscape are forgotten.
 * @param clouds of each cloud its genomes, row by row, as many numbers a row as the landscape has dimensions
 * @throws {RangeError} for no clouds, an empty one, incomplete rows, or steps that are not a whole number
 */
export function mixtureFlow(landscape: Landscape, clouds: readonly Float64Array[], options: MixtureFlowOptions): MixtureFlow {
  const { dimensions } = landscape;
  if (clouds.length === 0) throw new RangeError('mixtureFlow: no clouds; give at least one');
  for (const [index, cloud] of clouds.entries()) {
    if (cloud.length === 0 || cloud.length % dimensions !== 0) {
      throw new RangeError(`mixtureFlow: cloud ${index} has ${cloud.length} numbers; give rows of ${dimensions}`);
    }
  }
  if (!(Number.isInteger(options.steps) && options.steps >= 0)) {
    throw new RangeError(`mixtureFlow: ${options.steps} steps; give a whole number from 0`);
  }
  const all = joined(clouds);
  const paths = flow(landscape, clouds, options);
  const mixture = new Float64Array((options.steps + 1) * dimensions);
  for (const [index, cloud] of clouds.entries()) {
    for (let i = 0; i < mixture.length; i++) mixture[i] += (cloud.length / all.length) * paths[index][i];
  }
  return { clouds: paths, mixture, mean: flow(landscape, [all], options)[0] };
}

function joined(clouds: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(clouds.reduce((sum, cloud) => sum + cloud.length, 0));
  let at = 0;
  for (const cloud of clouds) {
    all.set(cloud, at);
    at += cloud.length;
  }
  return all;
}

/** Mean of the rows that begin at `from`. */
function meanOf(rows: Float64Array, from: number, count: number, dimensions: number): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let row = 0; row < count; row++) for (let k = 0; k < dimensions; k++) mean[k] += rows[from + row * dimensions + k];
  return mean.map((sum) => sum / count);
}

/** Paths of the means of clouds, each on its own gradient in the landscape that all of them make. */
function flow(
  landscape: Landscape,
  clouds: readonly Float64Array[],
  { steps, mobility, time = 0 }: MixtureFlowOptions,
): Float64Array[] {
  const d = landscape.dimensions;
  const genomes = joined(clouds);
  const gradient = new Float64Array(d);
  const step = new Float64Array(d);
  let from = 0;
  const parts = clouds.map((cloud) => {
    const count = cloud.length / d;
    const part = { from, count, mean: meanOf(genomes, from, count, d), path: new Float64Array((steps + 1) * d) };
    from += cloud.length;
    return part;
  });
  for (const { mean, path } of parts) path.set(mean);

  const stepInto = (first: number, count: number, mean: Float64Array) => {
    if (mobility !== 'covariance') {
      for (let k = 0; k < d; k++) step[k] = mobility * gradient[k];
      return;
    }
    step.fill(0);
    for (let row = 0; row < count; row++) {
      let along = 0;
      for (let k = 0; k < d; k++) along += (genomes[first + row * d + k] - mean[k]) * gradient[k];
      for (let k = 0; k < d; k++) step[k] += (along * (genomes[first + row * d + k] - mean[k])) / count;
    }
  };

  for (let made = 1; made <= steps; made++) {
    landscape.meet(genomes, genomes.length / d, d, time + made - 1);
    for (const { from: first, count, mean, path } of parts) {
      landscape.gradient(mean, 0, gradient);
      stepInto(first, count, mean);
      for (let row = 0; row < count; row++) for (let k = 0; k < d; k++) genomes[first + row * d + k] += step[k];
      for (let k = 0; k < d; k++) mean[k] += step[k];
      path.set(mean, made * d);
    }
  }
  return parts.map(({ path }) => path);
}
