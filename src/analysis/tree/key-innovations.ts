import type { NamedStream } from '../../math/streams.ts';
import type { Tree } from './tree.ts';

/** How changes of a trait go with the multiplying of lines. @experimental */
export interface KeyInnovation {
  /** Spearman's rank correlation, over lines that split off another, of the change at the split with the lines that descend; NaN where one does not vary. */
  readonly correlation: number;
  /** Chance that the largest of all traits' correlations, with changes dealt at random among the lines, is as far from 0: corrected for the number of traits. */
  readonly p: number;
}

/** Random deals of the changes. */
const draws = 999;

/** Number of lines that descend from each line, itself not counted. @experimental */
export function descendantLines({ count, parent }: Pick<Tree, 'count' | 'parent'>): Float64Array {
  const lines = new Float64Array(count);
  for (let i = count - 1; i >= 0; i--) if (parent[i] >= 0) lines[parent[i]] += 1 + lines[i];
  return lines;
}

/**
 * Traits whose changes go with the multiplying of lines: rank correlations, tested by dealing the changes of all traits together among the lines, so that the tree
 * and the correlations of traits stay as they are (the largest of all: Westfall & Young 1993, Resampling-Based Multiple Testing).
 * @param changes of each trait, one for each line
 * @param descendants of each line
 * @experimental
 */
export function keyInnovations(
  changes: readonly ArrayLike<number>[],
  descendants: ArrayLike<number>,
  stream: NamedStream,
): KeyInnovation[] {
  const n = descendants.length;
  const lines = scaledRanks(descendants);
  const traits = changes.map(scaledRanks);
  const correlations = (order: ArrayLike<number>) =>
    traits.map((ranks) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += ranks[order[i]] * lines[i];
      return sum;
    });
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const found = correlations(order);
  const asFar = found.map(() => 1);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = n - 1; i > 0; i--) {
      const other = stream.integer(i + 1);
      [order[i], order[other]] = [order[other], order[i]];
    }
    let largest = 0;
    for (const one of correlations(order)) if (Math.abs(one) > largest) largest = Math.abs(one);
    // Equal ones may differ by rounding.
    for (const [t, one] of found.entries()) if (largest >= Math.abs(one) - 1e-12) asFar[t]++;
  }
  return found.map((correlation, t) => ({ correlation, p: Number.isNaN(correlation) ? Number.NaN : asFar[t] / (draws + 1) }));
}

/** Ranks, ties at their mean, centred and of length 1; NaN where all are equal. */
function scaledRanks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
  const ranks = new Float64Array(n);
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + to) / 2 - n / 2;
    from = to;
  }
  const length = Math.sqrt(ranks.reduce((sum, one) => sum + one * one, 0));
  return ranks.map((one) => (length > 0 ? one / length : Number.NaN));
}
