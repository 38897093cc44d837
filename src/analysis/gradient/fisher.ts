import { dot } from '../lab/direction.ts';
import { type GenomeRows, timesCovariance } from '../lab/genetic-covariance.ts';

/** Fisher's theorem of a window, in relative fitness. @experimental */
export interface FisherAccount {
  /** V_A(w) = b G b: the gain from selection alone. */
  readonly additiveVariance: number;
  /** Realised change of mean log fitness. */
  readonly change: number;
  /** Change minus gain: the loss to the environment, competitors included. */
  readonly deterioration: number;
}

/**
 * Additive variance in relative fitness from two independent estimates of the gradient, b_1 G b_2: with one, the square of its noise
 * would count as variance (Fisher 1930; Price 1972, Ann. Hum. Genet. 36: 129; Hadfield 2008, Proc. R. Soc. B 275: 723).
 * @param change realised change of mean log fitness, NaN if it is unknown
 * @experimental
 */
export function fisherAccount(
  genomes: GenomeRows,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  change: number,
): FisherAccount {
  const additiveVariance = dot(first, timesCovariance(genomes, second));
  return { additiveVariance, change, deterioration: change - additiveVariance };
}
