// The selection of annealing: with which chance a mutant replaces its parent.

import { exp } from '../../math/elementary.ts';

export const acceptanceIds = ['logistic', 'metropolis', 'step'] as const;
export type AcceptanceId = (typeof acceptanceIds)[number];

/** The selection of annealing: the probability with which a mutant replaces its parent's clone. */
export interface Acceptance {
  readonly id: AcceptanceId;
  /** P_s, nondecreasing, in [0, 1]. `change`: log fitness of the mutant minus that of the clone; may be infinite. */
  probability(change: number): number;
  /**
   * Length of the expected step as sigma -> 0, along the gradient of log fitness; the step of a rejected mutant is 0.
   * @param sigma standard deviation of mutation at each locus, isotropic normal
   * @param gradientNorm |grad f|
   */
  limit(sigma: number, gradientNorm: number): number;
}

const rootTurn = Math.sqrt(2 * Math.PI);

/**
 * The selection called `id` at inverse temperature b, in units of 1 / log fitness.
 * - `logistic`: P_s = 1 / (1 + e^(-b change)) (Glauber 1963); E[step] -> (b/4) sigma^2 grad f
 * - `metropolis`: P_s = min(1, e^(b change)) (Metropolis et al. 1953); E[step] -> (b/2) sigma^2 grad f
 * - `step`: 1 above, 1/2 at and 0 below no change, the limit of the logistic for b -> infinity;
 *   E[step] -> sigma / sqrt(2 pi) times the unit gradient, whatever b
 *
 * The first two have P_s(change) = e^(b change) P_s(-change): in the long run they sample genomes in proportion to e^(b f).
 * With e standard normal the limits are sigma E[e P_s'(0) sigma e . grad f] and, of the step, sigma E[e; e . grad f > 0].
 * Throws RangeError unless b is a positive finite number.
 */
export function makeAcceptance(id: AcceptanceId, inverseTemperature: number): Acceptance {
  const b = inverseTemperature;
  if (!(b > 0 && b < Infinity)) throw new RangeError(`makeAcceptance: inverse temperature ${b} is not positive and finite`);
  switch (id) {
    case 'logistic':
      return {
        id,
        probability: (change) => 1 / (1 + exp(-b * change)),
        limit: (sigma, gradientNorm) => (b / 4) * sigma * sigma * gradientNorm,
      };
    case 'metropolis':
      return {
        id,
        probability: (change) => (change >= 0 ? 1 : exp(b * change)),
        limit: (sigma, gradientNorm) => (b / 2) * sigma * sigma * gradientNorm,
      };
    case 'step':
      return {
        id,
        probability: (change) => (change > 0 ? 1 : change === 0 ? 0.5 : 0),
        limit: (sigma, gradientNorm) => (gradientNorm > 0 ? sigma / rootTurn : 0),
      };
  }
}
