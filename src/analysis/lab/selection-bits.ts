import { exp, log } from '../../math/elementary.ts';

/** The information in one round of selection by log fitness f. */
export interface SelectionBits {
  /** Bits per organism: how far parents are from the living, E[w log2 w], w fitness over its mean (Kullback-Leibler). */
  readonly bits: number;
  /** Gain in mean log2 fitness by selection alone, Cov(w, f) / ln 2. */
  readonly gain: number;
  /** Variance of log fitness (divisor n). */
  readonly variance: number;
}

/**
 * Bits of selection in one generation in which parents are drawn by fitness. For normal log fitness of variance V bits are V / (2 ln 2) and
 * the gain is V / ln 2, twice as much: selection spends half of what it gains (Kimura 1961, Genet. Res. 2: 127; Frank 2012,
 * J. Evol. Biol. 25: 2377).
 * @param logFitness of all organisms, one or more
 */
export function selectionBits(logFitness: ArrayLike<number>): SelectionBits {
  const n = logFitness.length;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) highest = Math.max(highest, logFitness[i]);
  let [sum, mean] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += exp(logFitness[i] - highest);
    mean += logFitness[i] / n;
  }
  // w = e^(f - highest) n / sum, so that ln w = f - highest + ln(n / sum).
  const shift = log(n / sum) - highest;
  let [bits, weighted, variance] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = (exp(logFitness[i] - highest) * n) / sum;
    bits += (w * (logFitness[i] + shift)) / n;
    weighted += (w * (logFitness[i] - mean)) / n;
    variance += ((logFitness[i] - mean) * (logFitness[i] - mean)) / n;
  }
  return { bits: Math.max(0, bits) * Math.LOG2E, gain: weighted * Math.LOG2E, variance };
}
