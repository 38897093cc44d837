import { exp, log } from './elementary.ts';
import { logGamma } from './student.ts';

/** P(X <= k), or P(X >= k), of a Poisson distribution with a mean beyond k on that side: terms fall from k on. */
function tailFrom(k: number, mean: number, side: 'below' | 'above'): number {
  let term = exp(k * log(mean) - mean - logGamma(k + 1));
  let sum = term;
  for (let j = k; term > 1e-17 * sum && (side === 'above' || j > 0); ) {
    if (side === 'above') term *= mean / ++j;
    else term *= j-- / mean;
    sum += term;
  }
  return sum;
}

/**
 * The exact 95 % interval of the mean of a Poisson distribution of which a count was drawn (Garwood 1936, Biometrika 28: 437): means at which as many or
 * more, or as few or fewer, have probability 0.025. It holds the mean in at least 95 % of draws.
 * @param count whole, 0 or more
 * @experimental
 */
export function poissonBounds(count: number): { readonly low: number; readonly high: number } {
  if (!(Number.isInteger(count) && count >= 0))
    throw new RangeError(`a count must be a whole number of 0 or more (got ${count})`);
  const solve = (side: 'below' | 'above', from: number, to: number) => {
    let [low, high] = [from, to];
    for (let step = 0; step < 200 && high - low > 1e-13 * high; step++) {
      const middle = low + (high - low) / 2;
      // The tail above k grows with the mean, the tail below falls.
      if (tailFrom(count, middle, side) < 0.025 === (side === 'above')) low = middle;
      else high = middle;
    }
    return low + (high - low) / 2;
  };
  const reach = 4 + 4 * Math.sqrt(count);
  return { low: count === 0 ? 0 : solve('above', 0, count), high: solve('below', count, count + reach) };
}
