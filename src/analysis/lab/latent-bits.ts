import type { FixationProcess } from '../../habitat/landscape/fixation-probability.ts';
import { fixationProbability } from '../../habitat/landscape/fixation-probability.ts';
import { type FixationOptions, simulateFixation } from '../../habitat/landscape/simulate-fixation.ts';
import { log } from '../../math/elementary.ts';
import { log1p } from '../../math/expm1.ts';
import type { NamedStream } from '../../math/streams.ts';
import type { FixationChain } from './fixation-chain.ts';

/** Entropy in bits of an event of probability p in [0, 1]: 1 at 1/2, 0 at the ends. */
export function binaryEntropy(p: number): number {
  if (p <= 0 || p >= 1) return 0;
  return -(p * log(p) + (1 - p) * log1p(-p)) * Math.LOG2E;
}

/**
 * Bits of latent fitness that are revealed by generation t = 0, 1, ..., `generations`: h(p_0) - E h(p_fix(X_t)), h the binary
 * entropy and X_t the count of carriers in generation t. p_fix(X_t) is a martingale, so that this is how much the count at t
 * reveals about whether the mutation will be fixed or lost; it rises from 0 to h(p_0). Exact, from the chain.
 */
export function latentBits(chain: FixationChain, generations: number, copies = 1): Float64Array {
  const { size, stepsPerGeneration } = chain;
  const entropies = chain.fixation.map(binaryEntropy);
  let now = new Float64Array(size + 1);
  let next = new Float64Array(size + 1);
  now[copies] = 1;
  const bits = new Float64Array(generations + 1);
  for (let t = 1; t <= generations; t++) {
    for (let step = 0; step < stepsPerGeneration; step++) {
      chain.advance(now, next);
      [now, next] = [next, now];
    }
    let left = 0;
    for (let i = 1; i < size; i++) left += now[i] * entropies[i];
    bits[t] = entropies[copies] - left;
  }
  return bits;
}

export interface LatentQuestion {
  readonly process: FixationProcess;
  /** N */
  readonly size: number;
  /** Log fitness of carriers minus that of the others. */
  readonly s: number;
  readonly copies?: number;
  readonly generations: number;
  /** Mutations to follow, 2 or more. */
  readonly replicates: number;
  readonly stream: NamedStream;
  /** Probability of fixation from i copies; by default by its formula, which in Wright-Fisher is approximate. */
  readonly fixation?: (copies: number) => number;
}

/**
 * The same from simulated drift, for populations of any size.
 * @returns bits by generation 0, 1, ..., `generations`, and the standard error of each
 */
export function simulatedLatentBits({ process, size, s, copies = 1, generations, replicates, stream, fixation }: LatentQuestion) {
  if (!(Number.isInteger(replicates) && replicates >= 2)) {
    throw new RangeError(`simulatedLatentBits: ${replicates} replicates: give 2 or more`);
  }
  const entropies = new Map<number, number>();
  const entropyOf = (count: number): number => {
    let entropy = entropies.get(count);
    if (entropy === undefined) {
      entropy = binaryEntropy(fixation?.(count) ?? fixationProbability(process, size, s, count));
      entropies.set(count, entropy);
    }
    return entropy;
  };
  const perGeneration = process === 'moran' ? size : 1;
  const sum = new Float64Array(generations + 1);
  const squares = new Float64Array(generations + 1);
  // The information in the count of generation t, and of those until the next change; generations after the end have entropy 0.
  let [entropy, written] = [0, 0];
  const writeUpTo = (generation: number) => {
    for (; written < generation && written <= generations; written++) {
      sum[written] += entropy;
      squares[written] += entropy * entropy;
    }
  };
  const options: FixationOptions = {
    copies,
    watch(time, count) {
      writeUpTo(Math.ceil(time / perGeneration));
      entropy = entropyOf(count);
    },
  };
  for (let replicate = 0; replicate < replicates; replicate++) {
    entropy = entropyOf(copies);
    written = 0;
    simulateFixation(process, size, s, stream, options);
    writeUpTo(generations + 1);
  }
  const start = entropyOf(copies);
  const bits = sum.map((total) => start - total / replicates);
  const standardError = sum.map((total, t) =>
    Math.sqrt(Math.max(0, squares[t] - (total * total) / replicates) / (replicates - 1) / replicates),
  );
  return { bits, standardError };
}
