import { exp } from '../../math/elementary.ts';
import type { NamedStream } from '../../math/streams.ts';
import { type GenomeRows, meanGenome } from './genetic-covariance.ts';

/**
 * Steps of the mean in one Wright-Fisher generation of one population, `count` of them from the same place: one parent per organism,
 * drawn by fitness, and the mean of their newborns' mutations.
 * @param logFitness of each row
 * @param sigma standard deviation of mutation at every locus of a newborn; 0 for none
 * @returns `count` rows of the loci
 */
export function drawGenerations(
  rows: GenomeRows,
  logFitness: ArrayLike<number>,
  sigma: number,
  count: number,
  stream: NamedStream,
): Float64Array {
  const { values, count: size, stride, dimensions } = rows;
  const centre = meanGenome(rows);
  let highest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < size; row++) highest = Math.max(highest, logFitness[row]);
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let row = 0; row < size; row++) {
    sum += exp(logFitness[row] - highest);
    cumulative[row] = sum;
  }
  const steps = new Float64Array(count * dimensions);
  for (let step = 0; step < count; step++) {
    const at = step * dimensions;
    for (let k = 0; k < size; k++) {
      const row = firstAbove(cumulative, stream.uniform() * sum);
      for (let l = 0; l < dimensions; l++) steps[at + l] += (values[row * stride + l] - centre[l]) / size;
    }
    if (sigma > 0) for (let l = 0; l < dimensions; l++) steps[at + l] += (sigma / Math.sqrt(size)) * stream.normal();
  }
  return steps;
}

/** Index of the first sum above a target, or the last. */
function firstAbove(cumulative: Float64Array, target: number): number {
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
