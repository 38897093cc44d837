import { makeAcceptance } from '../../habitat/landscape/acceptance.ts';
import { sequentialSlope } from '../../habitat/landscape/fixation-probability.ts';
import type { LandscapeParameters } from '../../habitat/landscape/parameters.ts';

/** The quantities that determine the expected step of the mean. @experimental */
export interface ResponseQuestion {
  readonly habitat: Pick<LandscapeParameters, 'model' | 'annealing' | 'fixation'>;
  /** Root of the variance that mutation adds to a locus at a birth, locus units: rate^(1/2) times the deviation. */
  readonly sigma: number;
  /** |grad f| at the mean. */
  readonly slope: number;
  /** grad f . G grad f, the additive variance in log fitness; 0 for a single genome. */
  readonly variance: number;
  /** Organisms. */
  readonly size: number;
}

/**
 * Length along the gradient of the step of the mean that theory expects of one tick, if selection is weak.
 * - annealing: `Acceptance.limit`, of one proposal. Exact in the limit if every locus mutates; if few do, the step rule's is not.
 * - fixation: `sequentialSlope` sigma^2 |grad f|, of one mutant.
 * - population-based-training: NaN, because a mechanism moves it, not selection.
 * - wright-fisher: the part along the gradient of Lande's (1979) G grad f, of one generation; moran: a share 1/N of it, for one birth.
 * @experimental
 */
export function expectedResponse({ habitat, sigma, slope, variance, size }: ResponseQuestion): number {
  if (slope === 0) return 0;
  switch (habitat.model) {
    case 'annealing':
      return makeAcceptance(habitat.annealing.rule, habitat.annealing.inverseTemperature).limit(sigma, slope);
    case 'fixation':
      return sequentialSlope(habitat.fixation.process, habitat.fixation.size) * sigma * sigma * slope;
    case 'wright-fisher':
      return variance / slope;
    case 'moran':
      return variance / (slope * size);
    case 'population-based-training':
      return Number.NaN;
  }
}
