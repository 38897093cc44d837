import { exp } from '../../math/elementary.ts';

/** Beyond it a standard normal has less than 1e-22 of its weight. */
const reach = 10;
const density = 1 / Math.sqrt(2 * Math.PI);

/**
 * Length of the expected step along the gradient on a linear landscape, exact at every sigma: sigma E[z w(sigma |grad f| z)],
 * z standard normal. On another landscape it holds if sigma is small relative to the curvature. The step across is 0.
 * By Simpson's rule on each side of 0, where w may have a step or a kink: 1e-8 relative with 400 intervals if w changes by
 * little over one of them, far less if w is smooth.
 * @param weight probability that a mutant replaces the others, of its log fitness minus theirs
 * @param intervals on each side, even
 */
export function expectedAlong(weight: (change: number) => number, sigma: number, gradientNorm: number, intervals = 400): number {
  const width = reach / intervals;
  let sum = 0;
  for (let i = 1; i <= intervals; i++) {
    const z = i * width;
    const change = sigma * gradientNorm * z;
    const share = i === intervals ? 1 : i % 2 === 0 ? 2 : 4;
    sum += share * z * exp(-0.5 * z * z) * (weight(change) - weight(-change));
  }
  return ((sigma * density * width) / 3) * sum;
}
