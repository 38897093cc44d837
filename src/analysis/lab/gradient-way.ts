import type { Landscape } from '../../habitat/landscape/landscape.ts';
import { dot } from './direction.ts';

/**
 * The path up the gradient from a genome, dz/ds = grad f / |grad f|, in steps of one length by the midpoint rule: the path without
 * chance in the limit of small steps. It ends where the landscape is flat, where log fitness no longer rises, or after
 * `most` steps. On frequency-dependent landscapes, among the organisms last met.
 * @param length of a step, locus units
 * @returns points, the start first
 */
export function gradientWay(landscape: Landscape, start: Float64Array, length: number, most: number): Float64Array[] {
  const way = [start.slice()];
  const unit = (at: Float64Array): Float64Array | undefined => {
    const gradient = new Float64Array(at.length);
    landscape.gradient(at, 0, gradient);
    const slope = Math.sqrt(dot(gradient, gradient));
    return slope > 1e-12 && slope < Infinity ? gradient.map((value) => value / slope) : undefined;
  };
  let height = landscape.logFitness(start, 0);
  for (let i = 0; i < most; i++) {
    const from = way[i];
    const first = unit(from);
    const middle = first && unit(from.map((value, k) => value + 0.5 * length * first[k]));
    if (!middle) break;
    const to = from.map((value, k) => value + length * middle[k]);
    const next = landscape.logFitness(to, 0);
    if (!(next > height)) break;
    height = next;
    way.push(to);
  }
  return way;
}
