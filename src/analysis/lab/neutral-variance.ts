/** A population without selection in which every locus of a newborn mutates. */
export interface NeutralQuestion {
  /** N */
  readonly size: number;
  /** Standard deviation of mutation at each locus, isotropic normal. */
  readonly sigma: number;
  /** h: chance per locus and generation that it is copied from any organism of the population, including itself. */
  readonly transfer: number;
}

/**
 * Expected variance of a locus (divisor N) among newborns of a Wright-Fisher population that has reached its equilibrium: E[G] is
 * this times the identity, and tends to N sigma^2 / (1 + 2h - h^2) for large N.
 *
 * Half the mean square D by which two of them differ: transfer makes their loci one with chance k/N, k = 1 - (1 - h)^2, in which at
 * least one of the two was replaced; a common parent does with chance 1/N; and mutation adds sigma^2. So
 * D (1 - (1 - k/N)(1 - 1/N)) = sigma^2, and the variance is (1 - 1/N) D. After the next transfers it is (1 - k/N) times that.
 */
export function neutralVariance({ size, sigma, transfer }: NeutralQuestion): number {
  const replaced = transfer * (2 - transfer);
  return ((size - 1) * sigma * sigma) / (1 + replaced - replaced / size);
}
