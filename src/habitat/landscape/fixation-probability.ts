// How likely the descendants of a mutant are to take over a population.

import { exp } from '../../math/elementary.ts';
import { expm1 } from '../../math/expm1.ts';

export const fixationProcesses = ['wright-fisher', 'moran'] as const;
/** How a population of constant size renews itself: all at once each generation, or one birth and one death an event. */
export type FixationProcess = (typeof fixationProcesses)[number];

/**
 * Probability that a mutant's descendants take over a population of N haploid organisms.
 * - `wright-fisher`: (1 - e^(-2 s i)) / (1 - e^(-2 N s)), Kimura's diffusion (1962, Genetics 47: 713), an approximation for
 *   small s: at N = 100 and N s = 10 it is 1.4 % below the exact chain
 * - `moran`, relative fitness r = e^s: (1 - r^-i) / (1 - r^-N), exact (Moran 1958, Proc. Camb. Phil. Soc. 54: 60)
 *
 * Both keep their digits near s = 0, where they are i/N, and for large |N s|, where p(-s) = p(s) e^(-c (N - i) s), c = 2 or 1.
 * @param size N, a whole number of 1 or more
 * @param s log fitness of the mutant minus that of the others; may be infinite
 * @param copies i, how many organisms carry the mutation at the start, in [0, N]
 */
export function fixationProbability(process: FixationProcess, size: number, s: number, copies = 1): number {
  if (!(Number.isInteger(size) && size >= 1 && copies >= 0 && copies <= size)) {
    throw new RangeError(`fixationProbability: ${copies} copies among ${size} organisms`);
  }
  if (copies === 0 || copies === size) return copies / size;
  const strength = (process === 'moran' ? 1 : 2) * Math.abs(s);
  if (strength === 0) return copies / size;
  const favoured = expm1(-strength * copies) / expm1(-strength * size);
  return s > 0 ? favoured : favoured * exp(-strength * (size - copies));
}

/**
 * The c of E[step per mutant] -> c sigma^2 grad f as sigma -> 0 (so that N |s| << 1), of sequential fixation.
 * A mutant moves the population with p_fix(s), and E[step] = sigma E[e (p_fix(s) - p_fix(-s))] / 2 with s = sigma e . grad f:
 * 1 - 1/N for Wright-Fisher, (1 - 1/N)/2 for Moran. Where 1/N << |s| << 1 the factor is 1 and 1/2. Per generation, times N U.
 */
export function sequentialSlope(process: FixationProcess, size: number): number {
  return (process === 'moran' ? 0.5 : 1) * (1 - 1 / size);
}
