import type { NamedStream } from '../../math/streams.ts';
import { cosine } from '../lab/direction.ts';

/**
 * Directions drawn with the covariance of deviations: sums of the rows, each times a standard normal. The null of an alignment: the
 * effect of drift through the same variation.
 * @param deviations `rows` rows of `loci`, minus their means
 * @returns cosines of `count` draws to a vector
 * @experimental
 */
export function randomCosines(
  deviations: Float64Array,
  loci: number,
  vector: ArrayLike<number>,
  draws: number,
  stream: NamedStream,
): Float64Array {
  return randomCosinesTo(deviations, loci, [vector], draws, stream)[0];
}

/** The same draws compared with several vectors: their cosines to each. */
export function randomCosinesTo(
  deviations: Float64Array,
  loci: number,
  vectors: readonly ArrayLike<number>[],
  draws: number,
  stream: NamedStream,
): Float64Array[] {
  const rows = deviations.length / loci;
  // Such a sum is normal with the covariance of the rows: if they are many, it is drawn from a factor of that covariance.
  const [factors, count] = rows > 2 * loci ? [factorOf(deviations, loci), loci] : [deviations, rows];
  const direction = new Float64Array(loci);
  const cosines = vectors.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw++) {
    direction.fill(0);
    for (let row = 0, at = 0; row < count; row++, at += loci) {
      const weight = stream.normal();
      for (let l = 0; l < loci; l++) direction[l] += weight * factors[at + l];
    }
    for (const [i, vector] of vectors.entries()) cosines[i][draw] = cosine(direction, vector);
  }
  return cosines;
}

/** Rows of a square matrix F with F^T F = sum of the rows' outer products: Cholesky's factor, with zeros if nothing varies. */
function factorOf(deviations: Float64Array, loci: number): Float64Array {
  const sums = new Float64Array(loci * loci);
  for (let at = 0; at < deviations.length; at += loci) {
    for (let a = 0; a < loci; a++) {
      const one = deviations[at + a];
      if (one === 0) continue;
      for (let b = a; b < loci; b++) sums[a * loci + b] += one * deviations[at + b];
    }
  }
  let largest = 0;
  for (let l = 0; l < loci; l++) largest = Math.max(largest, sums[l * loci + l]);
  // Row k of the factor, in place of row k of the sums' upper triangle.
  for (let k = 0; k < loci; k++) {
    const pivot = sums[k * loci + k];
    if (!(pivot > 1e-12 * largest)) {
      sums.fill(0, k * loci + k, (k + 1) * loci);
      continue;
    }
    const root = Math.sqrt(pivot);
    for (let b = k; b < loci; b++) sums[k * loci + b] /= root;
    for (let a = k + 1; a < loci; a++) {
      const factor = sums[k * loci + a];
      for (let b = a; b < loci; b++) sums[a * loci + b] -= factor * sums[k * loci + b];
    }
  }
  return sums;
}

/** Share of the null's values below a value, ties counting half, in [0, 1]. @experimental */
export function percentileOf(value: number, values: ArrayLike<number>): number {
  let below = 0;
  for (let k = 0; k < values.length; k++) below += values[k] < value ? 1 : values[k] === value ? 0.5 : 0;
  return below / values.length;
}
