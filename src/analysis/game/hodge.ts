/** A tournament split into what ratings explain and what goes round in circles. */
export interface HodgeDecomposition {
  /** Rating of each player: mean margin over all others, summing to 0, in units of the margins. */
  readonly ratings: Float64Array;
  /** Share of the sum of squared margins that no ratings explain: 0 transitive, 1 all circles; NaN where nobody beats anybody. */
  readonly cyclicShare: number;
  /**
   * The same less what noise alone puts there: pure noise has the share (m - 2)/m. Where the noise of a margin is known its expected
   * sums are subtracted from both parts; NaN where no noise is told or nothing is left.
   */
  readonly correctedShare: number;
}

/**
 * Splits the margins of a complete tournament, f_ij = -f_ji, into the gradient of ratings and a cyclic rest, orthogonal to each other
 * (Jiang, Lim, Yao & Ye 2011, Math. Program. 127: 203, with equal weights): r_i = (1/m) sum_j f_ij. Of m (m - 1)/2 dimensions
 * m - 1 are transitive.
 * @param margins m x m row by row; entry i, j: how far i beats j
 * @param noise variance of an entry's error, 0 where unknown
 * @throws {RangeError} where the matrix is not square and antisymmetric, or has fewer than two players
 */
export function hodgeDecomposition(margins: ArrayLike<number>, noise = 0): HodgeDecomposition {
  const m = Math.round(Math.sqrt(margins.length));
  if (m < 2 || m * m !== margins.length)
    throw new RangeError(`hodgeDecomposition: ${margins.length} entries are no square of two or more`);
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
  let [all, cyclic] = [0, 0];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      const value = margins[i * m + j];
      const rest = value - (ratings[i] - ratings[j]);
      all += value * value;
      cyclic += rest * rest;
    }
  }
  const [entries, circles] = [(m * (m - 1)) / 2, ((m - 1) * (m - 2)) / 2];
  const [allSignal, cyclicSignal] = [all - noise * entries, cyclic - noise * circles];
  return {
    ratings,
    cyclicShare: cyclic / all,
    correctedShare: noise > 0 && allSignal > 0 ? Math.min(1, Math.max(0, cyclicSignal / allSignal)) : Number.NaN,
  };
}
