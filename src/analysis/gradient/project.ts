import { cosine, dot } from '../lab/direction.ts';
import { type GenomeRows, timesCovariance } from '../lab/genetic-covariance.ts';

/** A displacement compared with a gradient of log relative fitness. @experimental */
export interface Projection {
  /** Length of the displacement's part along the gradient, negative downhill; locus units. */
  readonly along: number;
  /** Length of the rest. */
  readonly across: number;
  /** In [-1, 1]; NaN if one of the two is 0. */
  readonly cosine: number;
  /** Its square: the share of the displacement's square that lies along; a random direction gives 1/d. */
  readonly share: number;
  /** Displacement times gradient: gain in relative fitness that a linear landscape would give. */
  readonly predictedGain: number;
  /** Cosine to G times the gradient, because selection acts through G; NaN if no genomes were given. */
  readonly throughG: number;
}

/**
 * Projects a displacement onto a gradient (theory, section 4).
 * @param genomes whose covariance is G, if wanted
 * @throws {RangeError} for vectors of different lengths
 * @experimental
 */
export function projectOntoGradient(
  displacement: ArrayLike<number>,
  gradient: ArrayLike<number>,
  genomes?: GenomeRows,
): Projection {
  const predictedGain = dot(displacement, gradient);
  const norm = Math.sqrt(dot(gradient, gradient));
  const along = predictedGain / norm;
  let square = 0;
  for (let l = 0; l < displacement.length; l++) {
    const rest = displacement[l] - (along * gradient[l]) / norm;
    square += rest * rest;
  }
  const angle = cosine(displacement, gradient);
  return {
    along,
    across: Math.sqrt(square),
    cosine: angle,
    share: angle * angle,
    predictedGain,
    throughG: genomes ? cosine(displacement, timesCovariance(genomes, gradient)) : Number.NaN,
  };
}
