import { log } from '../../math/elementary.ts';

/** The first values set the scale of the mixture. Fewer than this give no interval. */
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
  /** Whether 0 is excluded: by the formula, of which the bounds are found by a search. */
  readonly differs: boolean;
}

const checkAlpha = (alpha: number): void => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must be between 0 and 1 (got ${alpha})`);
};

/**
 * Number of values from which a mean far away from all of them is excluded: with fewer there are no bounds.
 * @param alpha as in `meanSequence`
 * @throws {RangeError} if alpha is not between 0 and 1
 */
export function fewestValues(alpha: number): number {
  checkAlpha(alpha);
  // Far away all y are alike: S^2 = n^2 y^2, V = n y^2, rho = 1.5 y^2.
  for (let n = scaleFrom; ; n++) if (n * n >= (n + tunedTo) * log((n + tunedTo) / (tunedTo * alpha * alpha))) return n;
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
  checkAlpha(alpha);
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const count = known.length;
  const meanOf = (some: readonly number[]) => some.reduce((sum, value) => sum + value, 0) / some.length;
  const mean = count > 0 ? meanOf(known) : Number.NaN;
  if (count < fewestValues(alpha) || known.every((value) => value === 0))
    return { count, mean, low: Number.NaN, high: Number.NaN, differs: false };
  const firsts = known.slice(0, scaleFrom);
  const squares = (some: readonly number[], at: number) => some.reduce((sum, value) => sum + (value - at) * (value - at), 0);
  /** Whether a mean is excluded. */
  const isOut = (at: number): boolean => {
    const rho = (tunedTo / scaleFrom) * squares(firsts, at);
    // If the first five all equal this mean, they set no scale, and it cannot be excluded.
    if (rho === 0) return false;
    const sum = count * (mean - at);
    const spread = squares(known, at) + rho;
    return sum * sum >= spread * log(spread / (rho * alpha * alpha));
  };
  // What is not excluded can have gaps, if the first five are much closer together than the others: the interval holds all of these points.
  const inside = [mean, meanOf(firsts), 0].filter((at) => !isOut(at));
  const reach = known.reduce((most, value) => Math.max(most, Math.abs(value - mean)), Math.abs(mean));
  const bound = (side: 1 | -1): number => {
    const from = side > 0 ? Math.max(...inside) : Math.min(...inside);
    let [near, far] = [0, reach];
    while (far < Number.POSITIVE_INFINITY && !isOut(from + side * far)) [near, far] = [far, 2 * far];
    for (let halving = 0; halving < 60; halving++) {
      const middle = (near + far) / 2;
      if (isOut(from + side * middle)) far = middle;
      else near = middle;
    }
    return from + side * far;
  };
  const [low, high] = [bound(-1), bound(1)];
  return { count, mean, low, high, differs: isOut(0) && (low > 0 || high < 0) };
}
