/**
 * Descent in a window: `shares[k]` of descendant `descendants[k]`'s ancestry comes from ancestor `ancestors[k]`.
 * @public
 */
export interface Ancestry {
  readonly ancestors: ArrayLike<number>;
  readonly descendants: ArrayLike<number>;
  /** At least 0; those of one descendant sum to at most 1, and the rest is the immigrants' share. */
  readonly shares: ArrayLike<number>;
}

/** The terms of Price's equation, in units of the trait. @public */
export interface PriceTerms {
  /** Mean of the descendants minus mean of the ancestors: the sum of the other three. */
  readonly change: number;
  /** Cov(W, z) / mean W over ancestors. */
  readonly selection: number;
  /** Mean over descent of the difference between a descendant and its ancestor. */
  readonly transmission: number;
  /** Effect of immigrants on the mean. */
  readonly immigration: number;
}

/**
 * Price's equation, exact for any ancestry (Price 1970, Nature 227: 520; with immigrants Kerr & Godfrey-Smith 2009, Evolution 63: 531):
 * change = Cov(W, z) / mean W + (1/M) sum_ij C_ij (z'_j - z_i) + [mean z' - (1/M) sum_j c_j z'_j].
 * @param before values of the ancestors; @param after of the descendants
 * @throws {RangeError} if one of them is empty, an index or a share is out of range, or an ancestor has no descendants
 * @public
 */
export function priceDecomposition(before: ArrayLike<number>, after: ArrayLike<number>, ancestry: Ancestry): PriceTerms {
  const [n, m] = [before.length, after.length];
  if (n === 0 || m === 0) throw new RangeError('priceDecomposition: a window needs ancestors and descendants');
  const fitness = new Float64Array(n);
  const local = new Float64Array(m);
  let transmitted = 0;
  let descent = 0;
  const { ancestors, descendants, shares } = ancestry;
  for (let k = 0; k < shares.length; k++) {
    const [i, j, share] = [ancestors[k], descendants[k], shares[k]];
    if (!(i >= 0 && i < n && j >= 0 && j < m && share >= 0)) {
      throw new RangeError(`priceDecomposition: entry ${k} (${i}, ${j}, ${share}) is out of range`);
    }
    fitness[i] += share;
    local[j] += share;
    descent += share;
    transmitted += share * (after[j] - before[i]);
  }
  if (!(descent > 0)) throw new RangeError('priceDecomposition: no organism descends from an ancestor of the window');
  let [meanBefore, meanAfter, meanLocal] = [0, 0, 0];
  for (let i = 0; i < n; i++) meanBefore += before[i] / n;
  for (let j = 0; j < m; j++) {
    if (local[j] > 1 + 1e-9) throw new RangeError(`priceDecomposition: shares of descendant ${j} sum to ${local[j]}`);
    meanAfter += after[j] / m;
    meanLocal += (local[j] * after[j]) / descent;
  }
  return {
    change: meanAfter - meanBefore,
    selection: selectionDifferential(fitness, before),
    transmission: transmitted / descent,
    immigration: meanAfter - meanLocal,
  };
}

/** Cov(W, z) / mean W: the selection differential; NaN if there are no descendants. @public */
export function selectionDifferential(fitness: ArrayLike<number>, values: ArrayLike<number>): number {
  const n = values.length;
  let [meanFitness, meanValue] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanFitness += fitness[i] / n;
    meanValue += values[i] / n;
  }
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (fitness[i] - meanFitness) * (values[i] - meanValue);
  return sum / (n * meanFitness);
}
