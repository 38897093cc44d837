import type { FixationProcess } from '../../habitat/landscape/fixation-probability.ts';
import { binomialProbability } from '../../math/binomial.ts';
import { exp } from '../../math/elementary.ts';
import { absorption } from './absorption.ts';

/** Largest population of an exact chain: it takes N^3/3 multiplications. */
export const largestChain = 200;

/** The exact Markov chain of the number of carriers of a mutation, 0 to N, of which 0 and N are absorbing. */
export interface FixationChain {
  readonly process: FixationProcess;
  /** N */
  readonly size: number;
  /** Steps of time in a generation: 1 (Wright-Fisher), or N (Moran, whose step is an event). */
  readonly stepsPerGeneration: number;
  /** Probability of fixation from i copies, i = 0..N. */
  readonly fixation: Float64Array;
  /** Mean time to fixation, in steps, given that the mutation is fixed; from i copies, NaN at 0. */
  readonly timeToFixation: Float64Array;
  /** Mean time to loss, in steps, given that the mutation is lost; NaN at N. */
  readonly timeToLoss: Float64Array;
  /** Advances a distribution over counts (N + 1 probabilities) by one step; `to` is overwritten and must not be `from`. */
  advance(from: Float64Array, to: Float64Array): void;
}

/**
 * The chain that `simulateFixation` simulates, solved exactly: each probability and time to about 1e-12 relative, including the
 * smallest. Fitness and parameters are the same as there.
 * Throws RangeError unless N is a whole number in [1, 200] and s a finite number.
 */
export function fixationChain(process: FixationProcess, size: number, s: number, dyingMayBeParent = true): FixationChain {
  if (!(Number.isInteger(size) && size >= 1 && size <= largestChain)) {
    throw new RangeError(`fixationChain: ${size} organisms is not a whole number in [1, ${largestChain}]`);
  }
  if (!Number.isFinite(s)) throw new RangeError(`fixationChain: log fitness ${s} is not a finite number`);
  const states = size + 1;
  // Row i: probabilities of the counts after i. A row is 0 outside [first, last].
  const transition = new Float64Array(states * states);
  const first = new Int32Array(states);
  const last = new Int32Array(states);
  const carriers = s < 0 ? exp(s) : 1;
  const others = s > 0 ? exp(-s) : 1;
  const mortals = dyingMayBeParent ? size : size - 1;
  transition[0] = 1;
  transition[states * states - 1] = 1;
  last[0] = 0;
  first[size] = size;
  last[size] = size;
  for (let i = 1; i < size; i++) {
    const weight = i * carriers;
    const otherWeight = (size - i) * others;
    if (process === 'wright-fisher') {
      const chance = weight / (weight + otherWeight);
      for (let k = 0; k <= size; k++) transition[i * states + k] = binomialProbability(k, size, chance);
      last[i] = size;
    } else {
      const up = (weight / (weight + otherWeight)) * ((size - i) / mortals);
      const down = (otherWeight / (weight + otherWeight)) * (i / mortals);
      transition[i * states + i - 1] = down;
      transition[i * states + i] = 1 - up - down;
      transition[i * states + i + 1] = up;
      first[i] = i - 1;
      last[i] = i + 1;
    }
  }
  const { fixation, timeToFixation, timeToLoss } = absorption(transition, states);
  return {
    process,
    size,
    stepsPerGeneration: process === 'moran' ? size : 1,
    fixation,
    timeToFixation,
    timeToLoss,
    advance(from, to) {
      to.fill(0);
      for (let i = 0; i < states; i++) {
        const share = from[i];
        if (share === 0) continue;
        for (let k = first[i], at = i * states + k; k <= last[i]; k++, at++) to[k] += share * transition[at];
      }
    },
  };
}
