import type { FixationChain } from './fixation-chain.ts';

/** Distribution of the end of a mutation over time. Index t: steps of the chain since the start, which is t = 0. */
export interface FixationTimes {
  /** Probability to be fixed by step t. */
  readonly fixed: Float64Array;
  /** Probability to be lost by step t. */
  readonly lost: Float64Array;
  /** Factor by which the probability to be neither falls at the last step: the tails are geometric with this factor. */
  readonly decay: number;
}

/**
 * The distribution of the time to fixation and to loss from `copies` copies, until only `tail` of the probability is left.
 * Takes about N^2 multiplications a generation in either process.
 * Throws RangeError unless 0 < tail < 1 and copies is a whole number in [1, N - 1].
 */
export function fixationTimes(chain: FixationChain, copies = 1, tail = 1e-9): FixationTimes {
  const { size } = chain;
  if (!(tail > 0 && tail < 1)) throw new RangeError(`fixationTimes: tail ${tail} is not in (0, 1)`);
  if (!(Number.isInteger(copies) && copies >= 1 && copies < size)) {
    throw new RangeError(`fixationTimes: ${copies} copies among ${size}: give at least 1 and fewer than all`);
  }
  let now = new Float64Array(size + 1);
  let next = new Float64Array(size + 1);
  now[copies] = 1;
  const fixed = [0];
  const lost = [0];
  let decay = 1;
  for (let living = 1; living > tail; ) {
    chain.advance(now, next);
    [now, next] = [next, now];
    fixed.push(now[size]);
    lost.push(now[0]);
    let sum = 0;
    for (let i = 1; i < size; i++) sum += now[i];
    decay = sum / living;
    living = sum;
  }
  return { fixed: Float64Array.from(fixed), lost: Float64Array.from(lost), decay };
}

/**
 * First step by which a share of those that come to this end (0 < share < 1) has come to it.
 * @param ended `fixed` or `lost` of `fixationTimes`, whose last entry counts as all
 */
export function timeQuantile(ended: Float64Array, share: number): number {
  const due = share * ended[ended.length - 1];
  let t = 0;
  while (t < ended.length && ended[t] < due) t++;
  return t;
}
