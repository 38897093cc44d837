import { exp } from '../../math/elementary.ts';
import { expm1 } from '../../math/expm1.ts';

/**
 * Mean number of events until one mutant among N has taken over, given that it does, in the Moran process with r = e^s: the
 * closed form of Antal & Scheuring (2006, Bull. Math. Biol. 68: 1923), exact for every N, in O(N) steps. Neutral: N (N - 1)
 * events, (N - 1)^2 if the dying may not be the parent. N events are a generation.
 * Throws RangeError unless N is a whole number of 2 or more and s a finite number.
 */
export function moranTimeToFixation(size: number, s: number, dyingMayBeParent = true): number {
  if (!(Number.isInteger(size) && size >= 2)) {
    throw new RangeError(`moranTimeToFixation: ${size} organisms is not a whole number of 2 or more`);
  }
  if (!Number.isFinite(s)) throw new RangeError(`moranTimeToFixation: log fitness ${s} is not a finite number`);
  // The sum over l of p_l / T_l, T_l the chance of an event that adds a carrier and p_l the probability of fixation from l,
  // times 1 + ... + r^-(N - 1 - l). With q = e^-|s| the product of the two sums is the same for s and -s except for a factor q.
  const strength = Math.abs(s);
  const fitness = exp(s);
  const mortals = dyingMayBeParent ? size : size - 1;
  let sum = 0;
  for (let l = 1; l < size; l++) {
    const sums =
      strength === 0
        ? (l * (size - l)) / size
        : (expm1(-strength * l) * expm1(-strength * (size - l))) / (expm1(-strength * size) * expm1(-strength));
    const perAddition = (mortals * (s < 0 ? fitness * l + size - l : l + (size - l) / fitness)) / (l * (size - l));
    sum += sums * perAddition;
  }
  return sum;
}
