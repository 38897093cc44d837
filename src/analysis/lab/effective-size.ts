/** Effective population size by the numbers of copies that each of n left. In units of what is counted: of a diploid's genes 2 Ne. */
export interface EffectiveSize {
  /** Mean number of copies, k. */
  readonly mean: number;
  /** Their variance, divisor n. */
  readonly variance: number;
  /**
   * By the chance that two copies drawn from the next generation have one parent: (n k - 1) / (k - 1 + V/k) (Crow & Kimura 1970, An
   * Introduction to Population Genetics Theory, p. 345; Caballero 1994, Heredity 73: 657). Infinite if no two have.
   */
  readonly inbreeding: number;
  /**
   * By the spread of the mean of a value of variance G: the mean of the copies has variance G / Ne, Ne = k^2 (n - 1) / V, if values are
   * independent of organisms. The same as by inbreeding if k is 1. Infinite if all leave equally many.
   */
  readonly drift: number;
}

/**
 * Effective population size. For haploids count their copies, for diploids those of each gene copy (or the gametes of each organism: then Ne
 * is in organisms, if they mate at random, including selfing).
 * @param copies of each of two or more that lived
 * @throws {RangeError} for fewer than two, or if no copy is left
 */
export function effectiveSize(copies: ArrayLike<number>): EffectiveSize {
  const n = copies.length;
  if (n < 2) throw new RangeError(`effectiveSize: ${n} counted: give two or more`);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += copies[i];
  if (!(sum > 0)) throw new RangeError('effectiveSize: no copies are left');
  const mean = sum / n;
  let variance = 0;
  for (let i = 0; i < n; i++) variance += ((copies[i] - mean) * (copies[i] - mean)) / n;
  // Rounding may leave a little on either side of 0.
  const shared = mean - 1 + variance / mean;
  return {
    mean,
    variance,
    inbreeding: shared > 1e-12 ? (sum - 1) / shared : Number.POSITIVE_INFINITY,
    drift: variance > 0 ? (mean * mean * (n - 1)) / variance : Number.POSITIVE_INFINITY,
  };
}
