import { dot } from './direction.ts';
import { type GenomeRows, timesCovariance } from './genetic-covariance.ts';

/** Most multiplications by G; two leading eigenvalues that are nearly equal leave a direction between theirs. */
const mostIterations = 60;
/** Squared sine of the turn in one iteration at which it has converged. */
const still = 1e-10;

/**
 * Unit vector along which the living vary most among all that are orthogonal to `axis`: the leading eigenvector of P G P, P the
 * projection away from `axis`, by power iteration. If nothing varies it is the
 * locus that is nearest to orthogonal, projected. Its sign makes its greatest entry positive. All 0 in one dimension.
 * @param axis any length but 0
 */
export function mainDirection(genomes: GenomeRows, axis: ArrayLike<number>): Float64Array {
  const { dimensions } = genomes;
  if (dimensions < 2) return new Float64Array(dimensions);
  const norm = dot(axis, axis);
  const across = (vector: Float64Array): Float64Array => {
    const share = dot(vector, axis) / norm;
    for (let i = 0; i < dimensions; i++) vector[i] -= share * axis[i];
    return vector;
  };
  let direction = unit(across(leastAlong(axis)));
  for (let i = 0; i < mostIterations; i++) {
    const product = across(timesCovariance(genomes, direction));
    // Nothing varies, or not in the starting direction.
    if (dot(product, product) === 0) break;
    const next = unit(product);
    const cosine = dot(next, direction);
    direction = next;
    if (i > 0 && 1 - cosine * cosine < still) break;
  }
  const greatest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return greatest < 0 ? direction.map((value) => -value) : direction;
}

/** Starts with a part of every locus, most of the one with the least share of the axis, so that no main direction is missed. */
function leastAlong(axis: ArrayLike<number>): Float64Array {
  let least = 0;
  for (let i = 1; i < axis.length; i++) if (Math.abs(axis[i]) < Math.abs(axis[least])) least = i;
  const start = Float64Array.from(axis, (_, i) => 0.01 / (1 + i));
  start[least] = 1;
  return start;
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
