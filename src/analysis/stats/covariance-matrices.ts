import { symmetricEigenvalues, symmetricEigenvectors } from '../../math/eigenvalues.ts';
import { varianceKept } from '../gains/evolvability.ts';

/** A matrix of covariances by its eigenvectors. @experimental */
export interface Axes {
  /** Eigenvalues, the greatest first: variances along the axes. */
  readonly values: Float64Array;
  /** Entry j of axis i at [i * traits + j]. */
  readonly vectors: Float64Array;
}

/** @param matrix symmetric, row by row @experimental */
export const axesOf = (matrix: Float64Array): Axes => ({
  values: symmetricEigenvalues(matrix),
  vectors: symmetricEigenvectors(matrix),
});

/** Evolvability of a matrix in all directions alike. @experimental */
export interface MeanEvolvability {
  /** Mean of e over random directions: trace / traits. */
  readonly mean: number;
  /** Number of the largest eigenvalues that together hold 99 % of the trace: the space of the conditional one. */
  readonly kept: number;
  /**
   * Mean conditional evolvability over random directions, harmonic mean of the eigenvalues times 1 + 2 I(1/lambda) / (traits + 2), I being the variance of the
   * inverse eigenvalues over the square of their mean; of the eigenvalues that are kept: the others are mostly noise of the sample, and would set it alone.
   */
  readonly conditional: number;
  /** Effective number of dimensions: trace / largest eigenvalue (Kirkpatrick 2009, Genetica 136: 271). */
  readonly dimensions: number;
}

/**
 * Mean evolvability and conditional evolvability of G (Hansen & Houle 2008, J. Evol. Biol. 21: 1201, eqs. 4 and 6 and appendix 1; the conditional one is an
 * approximation). Units are those of the entries.
 * @param values eigenvalues of the matrix, the greatest first
 * @experimental
 */
export function meanEvolvability(values: ArrayLike<number>): MeanEvolvability {
  const n = values.length;
  let trace = 0;
  for (let i = 0; i < n; i++) trace += values[i];
  let [kept, held] = [0, 0];
  for (; kept < n && held < varianceKept * trace && values[kept] > 0; kept++) held += values[kept];
  let [inverse, square] = [0, 0];
  for (let i = 0; i < kept; i++) inverse += 1 / values[i] / kept;
  for (let i = 0; i < kept; i++) square += ((1 / values[i] - inverse) * (1 / values[i] - inverse)) / kept;
  return {
    mean: n > 0 ? trace / n : Number.NaN,
    kept,
    conditional: kept > 0 ? (1 / inverse) * (1 + (2 * square) / (inverse * inverse) / (kept + 2)) : Number.NaN,
    dimensions: kept > 0 ? trace / values[0] : Number.NaN,
  };
}

/**
 * Krzanowski's comparison of subspaces: the sum of the eigenvalues of A'B B'A over k, A and B being the first k axes of two matrices. 1 if they span the same
 * space, 0 if one is at right angles to the other, k / traits on average for random ones (Krzanowski 1979, J. Am. Stat. Assoc. 74: 703; Blows et al.
 * 2004, Am. Nat. 163: 329).
 * @param k axes compared, at most half of the traits
 * @experimental
 */
export function subspaceSimilarity(one: Axes, other: Axes, k: number): number {
  const n = one.values.length;
  let sum = 0;
  // The trace of A'B B'A is the sum of squared inner products of the axes.
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      let product = 0;
      for (let j = 0; j < n; j++) product += one.vectors[a * n + j] * other.vectors[b * n + j];
      sum += product * product;
    }
  }
  return sum / k;
}
