import { cosine } from '../lab/direction.ts';

/**
 * Reliability of an estimate of a direction, by two halves of the data: their cosine r, and that of the whole by Spearman and
 * Brown's formula 2 r / (1 + r). NaN if the halves point apart, because then nothing is reliable.
 * @experimental
 */
export function splitHalfReliability(first: ArrayLike<number>, second: ArrayLike<number>): { half: number; whole: number } {
  const half = cosine(first, second);
  return { half, whole: half > 0 ? (2 * half) / (1 + half) : Number.NaN };
}

/**
 * Reliability of the mean of independent estimates of one direction: signal over signal and noise, by their variance. It is what 2 r / (1 + r) of
 * split halves estimates, from all ways to split instead of one. NaN for fewer than two, or if the noise is as large as the total.
 */
export function reliabilityOfMean(estimates: readonly ArrayLike<number>[]): number {
  const n = estimates.length;
  let [square, noise] = [0, 0];
  for (let l = 0; l < estimates[0].length; l++) {
    const mean = estimates.reduce((sum, one) => sum + one[l] / n, 0);
    square += mean * mean;
    for (const one of estimates) noise += (one[l] - mean) * (one[l] - mean);
  }
  const signal = square - noise / (n * (n - 1));
  return signal > 0 ? signal / square : Number.NaN;
}

/**
 * A cosine between two estimates, corrected for their noise: divided by the root of the product of their reliabilities (Spearman 1904,
 * Am. J. Psychol. 15: 72). Noise in the three can carry the quotient beyond 1, which is impossible for a cosine: it is then cut off at 1 (or -1), so 1 means "as far as can be
 * seen". NaN if a reliability is not above 0.
 * @experimental
 */
export function correctedCosine(raw: number, reliability: number, other: number): number {
  if (!(reliability > 0 && other > 0)) return Number.NaN;
  return Math.min(1, Math.max(-1, raw / Math.sqrt(reliability * other)));
}
