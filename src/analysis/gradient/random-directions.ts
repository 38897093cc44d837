import type { NamedStream } from '../../math/streams.ts';
import { cosine } from '../lab/direction.ts';

/**
 * Directions drawn with the covariance of deviations: sums of the rows, each times a standard normal. The null of an alignment: what
 * drift through the same variation would do.
 * @param deviations `rows` rows of `loci`, less their means
 * @returns cosines of as many draws to a vector
 */
export function randomCosines(
  deviations: Float64Array,
  loci: number,
  vector: ArrayLike<number>,
  draws: number,
  stream: NamedStream,
): Float64Array {
  const rows = deviations.length / loci;
  const direction = new Float64Array(loci);
  return Float64Array.from({ length: draws }, () => {
    direction.fill(0);
    for (let row = 0, at = 0; row < rows; row++, at += loci) {
      const weight = stream.normal();
      for (let l = 0; l < loci; l++) direction[l] += weight * deviations[at + l];
    }
    return cosine(direction, vector);
  });
}

/** Share of the null's values below a value, ties counting half, in [0, 1]. */
export function percentileOf(value: number, values: ArrayLike<number>): number {
  let below = 0;
  for (let k = 0; k < values.length; k++) below += values[k] < value ? 1 : values[k] === value ? 0.5 : 0;
  return below / values.length;
}
