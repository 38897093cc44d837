/** A tournament split into the part explained by ratings and the cyclic part. @experimental */
export interface HodgeDecomposition {
  /** Rating of each player: mean margin over all players including itself, summing to 0, in units of the margins. */
  readonly ratings: Float64Array;
  /** Share of the sum of squared margins that no ratings explain: 0 transitive, 1 all cycles; NaN if nothing beats anything. Pure noise has (m - 2)/m. */
  readonly cyclicShare: number;
}

/**
 * Splits the margins of a complete tournament, f_ij = -f_ji, into the gradient of ratings and a cyclic rest, orthogonal to each other
 * (Jiang, Lim, Yao & Ye 2011, Math. Program. 127: 203, with equal weights): r_i = (1/m) sum_j f_ij. Of m (m - 1)/2 dimensions
 * m - 1 are transitive.
 * @param margins m x m row by row; entry i, j: how far i beats j
 * @throws {RangeError} if the matrix is not square and antisymmetric, or has fewer than two players
 * @experimental
 */
export function hodgeDecomposition(margins: ArrayLike<number>): HodgeDecomposition {
  const m = Math.round(Math.sqrt(margins.length));
  if (m < 2 || m * m !== margins.length)
    throw new RangeError(`hodgeDecomposition: ${margins.length} entries are not a square matrix of two or more players`);
  const ratings = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const value = margins[i * m + j];
      if (!(Math.abs(value + margins[j * m + i]) <= 1e-9 * (1 + Math.abs(value)))) {
        throw new RangeError(`hodgeDecomposition: entries ${i}, ${j} and ${j}, ${i} do not cancel`);
      }
      ratings[i] += value / m;
    }
  }
  let [transitive, cyclic] = [0, 0];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      const step = ratings[i] - ratings[j];
      const rest = margins[i * m + j] - step;
      transitive += step * step;
      cyclic += rest * rest;
    }
  }
  return { ratings, cyclicShare: cyclic / (transitive + cyclic) };
}
