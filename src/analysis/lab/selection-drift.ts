import type { Landscape } from '../../habitat/landscape/landscape.ts';
import type { NamedStream } from '../../math/streams.ts';
import { type GenomeRows, meanGenome, timesCovariance } from './genetic-covariance.ts';

/** Steps of integration in a generation. */
const perGeneration = 10;

/** Selection plus drift of the mean of a population with constant G. */
export interface DiffusionQuestion {
  readonly landscape: Landscape;
  /** The population at the start: its mean, and its G. */
  readonly genomes: GenomeRows;
  /** Effective size, above 0; infinite for selection alone. */
  readonly effective: number;
  readonly generations: number;
  /** Generation at the start. */
  readonly time: number;
  readonly stream: NamedStream;
}

/**
 * One path of the mean under selection plus drift as a stochastic differential equation, dz = G b(z, t) dt + sqrt(G / Ne) dW, with b the gradient
 * of log fitness at z (Lande 1976, Evolution 30: 314), by the Euler-Maruyama method with ten steps a generation. The landscape has met the population of the
 * start, at the time of each step.
 * @returns the mean after 0, 1, ..., `generations`, one behind the other
 */
export function selectionDrift({ landscape, genomes, effective, generations, time, stream }: DiffusionQuestion): Float64Array {
  const { values, count, stride, dimensions } = genomes;
  const start = meanGenome(genomes);
  const place = start.slice();
  const gradient = new Float64Array(dimensions);
  const path = new Float64Array((generations + 1) * dimensions);
  path.set(place);
  const dt = 1 / perGeneration;
  // A sum over organisms of normal numbers times their deviations has the covariance G, without a root of it.
  const scale = Number.isFinite(effective) ? Math.sqrt(dt / (effective * count)) : 0;
  for (let step = 0; step < generations * perGeneration; step++) {
    landscape.meet(values, count, stride, time + step * dt);
    landscape.gradient(place, 0, gradient);
    const response = timesCovariance(genomes, gradient);
    for (let l = 0; l < dimensions; l++) place[l] += dt * response[l];
    if (scale > 0) {
      for (let row = 0, at = 0; row < count; row++, at += stride) {
        const push = scale * stream.normal();
        for (let l = 0; l < dimensions; l++) place[l] += push * (values[at + l] - start[l]);
      }
    }
    if ((step + 1) % perGeneration === 0) path.set(place, ((step + 1) / perGeneration) * dimensions);
  }
  return path;
}
