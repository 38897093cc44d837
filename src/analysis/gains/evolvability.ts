import { eigenComponents } from '../../math/eigenvalues.ts';

/** How far a population could follow a gradient (Hansen & Houle 2008, J. Evol. Biol. 21: 1201). @experimental */
export interface Evolvability {
  /** e = b^T G b / |b|^2: variance along the gradient, the response per unit of selection. */
  readonly evolvability: number;
  /** c = |b|^2 / (b^T G^-1 b): the same if every other direction is held fixed; in the space of the largest eigenvalues. */
  readonly conditional: number;
  /** Number of eigenvectors of G in that space. */
  readonly dimensions: number;
  /** Share of the square of b that lies in it. */
  readonly share: number;
}

/** Share of the trace of G that its space of eigenvectors holds. */
export const varianceKept = 0.99;

/**
 * Evolvability and conditional evolvability along a gradient. G^-1 exists only where there is variation, so the conditional one is that of the part of b in
 * the space of the largest eigenvectors that together hold 99 % of the variance.
 * @param covariance G, a row a locus; @param b the gradient, in units of one over the root of those of G
 * @returns NaN without variation or gradient
 * @experimental
 */
export function evolvability(covariance: Float64Array, b: Float64Array): Evolvability {
  const loci = b.length;
  const { values, components } = eigenComponents(covariance, b);
  const trace = values.reduce((sum, value) => sum + value, 0);
  let [square, response, within, inverse, held, dimensions] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < loci; i++) {
    const component = components[i] * components[i];
    square += component;
    response += values[i] * component;
    if (held >= varianceKept * trace || !(values[i] > 0)) continue;
    held += values[i];
    dimensions++;
    within += component;
    inverse += component / values[i];
  }
  return { evolvability: response / square, conditional: within / inverse, dimensions, share: within / square };
}
