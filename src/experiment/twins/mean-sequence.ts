import { log } from '../../math/elementary.ts';

/** Number of values that set the scale of the mixture; with fewer there is no interval. */
const scaleFrom = 5;
/** The interval of a 95 % sequence of a few measures is about narrowest with rho at this multiple of the mean square. */
const tunedTo = 1.5;

/** The mean of values that come one by one, with an interval that holds at every number of them at once. */
export interface MeanSequence {
  readonly count: number;
  /** NaN if there are none. */
  readonly mean: number;
  /** Bounds; NaN as long as there are too few values for bounds, or all are 0. */
  readonly low: number;
  readonly high: number;
}

/**
 * Confidence sequence for the mean of independent values, each symmetric about it: the chance that the intervals at all numbers of values, however
 * long one looks, hold the mean is at least 1 - alpha. For y = x - mean symmetric about 0, exp(l y - l^2 y^2 / 2) has an expectation of at most 1 for every l
 * (de la Peña 1999, Annals of Probability 27: 537); mixed over l ~ N(0, 1/rho) this gives the bound of Robbins,
 * S^2 < (V + rho) ln((V + rho) / (rho alpha^2)) with S the sum of y and V the sum of y^2 (Howard, Ramdas, McAuliffe & Sekhon 2021, Annals of Statistics 49: 1055,
 * the two-sided normal mixture boundary). Given all |y|, their signs are fair coins, so rho may depend on |y|: it is 1.5 times the mean square of the first five.
 * @param values in the order in which they were made; NaN for a missing one, which is left out
 * @param alpha chance that an interval fails at some number of values, above 0 and below 1
 * @throws {RangeError} if alpha is not between 0 and 1
 */
export function meanSequence(values: ArrayLike<number>, alpha: number): MeanSequence {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must be between 0 and 1 (got ${alpha})`);
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const count = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  const none = { count, mean: count > 0 ? mean : Number.NaN, low: Number.NaN, high: Number.NaN };
  if (count < scaleFrom || known.every((value) => value === 0)) return none;
  const firsts = known.slice(0, scaleFrom);
  const squares = (some: readonly number[], at: number) => some.reduce((sum, value) => sum + (value - at) * (value - at), 0);
  /** Whether a mean can be excluded. */
  const isOut = (at: number): boolean => {
    const sum = count * (mean - at);
    const rho = (tunedTo / scaleFrom) * squares(firsts, at);
    const spread = squares(known, at) + rho;
    if (rho === 0) return sum !== 0;
    return sum * sum >= spread * log(spread / (rho * alpha * alpha));
  };
  const reach = known.reduce((most, value) => Math.max(most, Math.abs(value - mean)), Math.abs(mean));
  const bound = (side: 1 | -1): number => {
    let [inside, outside] = [0, reach];
    for (let doubling = 0; !isOut(mean + side * outside); doubling++) {
      // With few values no mean, however far away, can be excluded.
      if (doubling === 40) return Number.NaN;
      inside = outside;
      outside *= 2;
    }
    for (let halving = 0; halving < 60; halving++) {
      const middle = (inside + outside) / 2;
      if (isOut(mean + side * middle)) outside = middle;
      else inside = middle;
    }
    return mean + side * outside;
  };
  const [low, high] = [bound(-1), bound(1)];
  return Number.isNaN(low) || Number.isNaN(high) ? none : { count, mean, low, high };
}
