// Simulates the drift of one mutation until it is fixed or lost.

import { binomial } from '../../math/binomial.ts';
import { exp, log } from '../../math/elementary.ts';
import { log1p } from '../../math/expm1.ts';
import type { NamedStream } from '../../math/streams.ts';
import type { FixationProcess } from './fixation-probability.ts';

export interface FixationOptions {
  /** How many organisms carry the mutation at the start, in [0, N]; 1 by default. */
  readonly copies?: number;
  /** Moran: whether the organism that dies may be the parent of the newborn; true by default. */
  readonly dyingMayBeParent?: boolean;
  /** Called with the time and the count of carriers after each generation, or after each event that changes the count. */
  readonly watch?: (time: number, count: number) => void;
}

export interface FixationOutcome {
  readonly fixed: boolean;
  /** Until fixed or lost, in generations (Wright-Fisher) or events, a birth and a death each (Moran: N a generation). */
  readonly time: number;
}

/**
 * The drift of a mutation until it is fixed or lost in a population of N haploid organisms.
 * - `wright-fisher`: each of the next N has a carrier as its parent with probability p e^s / (p e^s + 1 - p), p the carriers'
 *   share (Fisher 1930, Wright 1931)
 * - `moran`: an organism drawn in proportion to fitness, e^s for carriers and 1 for others, gives birth, and one drawn
 *   uniformly dies (Moran 1958). Events that leave the count unchanged are counted, not simulated: a geometric draw a change.
 *
 * @param size N, in [1, 1e9]
 * @param s log fitness of carriers minus that of the others; may be infinite
 * Throws RangeError for another N, NaN as s, or copies beyond N.
 */
export function simulateFixation(
  process: FixationProcess,
  size: number,
  s: number,
  stream: NamedStream,
  { copies = 1, dyingMayBeParent = true, watch }: FixationOptions = {},
): FixationOutcome {
  if (!(Number.isInteger(size) && size >= 1 && size <= 1e9)) {
    throw new RangeError(`simulateFixation: the number of organisms must be a whole number in [1, 1e9] (got ${size})`);
  }
  if (!(Number.isInteger(copies) && copies >= 0 && copies <= size)) {
    throw new RangeError(`simulateFixation: ${copies} copies among ${size} organisms`);
  }
  if (Number.isNaN(s)) throw new RangeError('simulateFixation: the log fitness of the mutation is NaN');
  // Fitness of the less fit, that of the fitter being 1: neither overflows.
  const carriers = s < 0 ? exp(s) : 1;
  const others = s > 0 ? exp(-s) : 1;
  let count = copies;
  let time = 0;
  if (process === 'wright-fisher') {
    while (count > 0 && count < size) {
      const weight = count * carriers;
      count = binomial(stream.uniform(), size, weight / (weight + (size - count) * others));
      time++;
      watch?.(time, count);
    }
  } else {
    const mortals = dyingMayBeParent ? size : size - 1;
    while (count > 0 && count < size) {
      const weight = count * carriers;
      const otherWeight = (size - count) * others;
      // A carrier is born and another dies, or the other way round.
      const up = (weight * (size - count)) / mortals;
      const down = (otherWeight * count) / mortals;
      const changing = (up + down) / (weight + otherWeight);
      // 1 - uniform is never 0. Where every event changes the count, the quotient is 0.
      time += 1 + (changing < 1 ? Math.floor(log(1 - stream.uniform()) / log1p(-changing)) : 0);
      count += stream.uniform() * (up + down) < up ? 1 : -1;
      watch?.(time, count);
    }
  }
  return { fixed: count === size, time };
}
