import { exp } from '../../math/elementary.ts';
import { type GenomeRows, meanGenome } from './genetic-covariance.ts';

/**
 * The expected step of the mean by selection in one Wright-Fisher generation of exactly these genomes: Cov(w, z), w
 * their fitness over its mean (Robertson 1966; Price 1970). No draw is made, so that it has no sampling error.
 * @param logFitness of each row
 */
export function selectionDifferential(genomes: GenomeRows, logFitness: ArrayLike<number>): Float64Array {
  const { values, count, stride, dimensions } = genomes;
  let highest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row++) highest = Math.max(highest, logFitness[row]);
  const mean = meanGenome(genomes);
  const step = new Float64Array(dimensions);
  let sum = 0;
  for (let row = 0, at = 0; row < count; row++, at += stride) {
    const fitness = exp(logFitness[row] - highest);
    sum += fitness;
    for (let l = 0; l < dimensions; l++) step[l] += fitness * (values[at + l] - mean[l]);
  }
  for (let l = 0; l < dimensions; l++) step[l] /= sum;
  return step;
}
