import { childCounts, tipsBelow } from './children.ts';
import type { Imbalance } from './imbalance.ts';
import { oneRoot } from './one-root.ts';
import type { Tree } from './tree.ts';

/** Colless’ index of a tree. @experimental */
export interface Colless extends Imbalance {
  /** Nodes with more than two children. */
  readonly polytomies: number;
}

/**
 * Colless' index (1982, Syst. Zool. 31: 100): the sum over all nodes with two children of the difference of the numbers of
 * tips below them. It is defined for bifurcating trees; none of its extensions (Mir, Rotger & Rossello 2018, PLoS ONE 13:
 * e0203401) shares its expectation. So a node with more than two children adds nothing here and is counted in `polytomies`:
 * if there are many, the normalised value is too low. Nodes with a single child are not branchings.
 * The expectation is n (H(floor(n/2)) - 1) + (n mod 2) (Heard 1992, Evolution 46: 1818), H the harmonic numbers. O(n).
 *
 * Throws RangeError unless there is exactly one root.
 * @experimental
 */
export function colless(tree: Pick<Tree, 'count' | 'parent'>): Colless {
  oneRoot(tree, 'colless');
  const { count, parent } = tree;
  const counts = childCounts(tree);
  const below = tipsBelow(tree);
  const difference = new Int32Array(count);
  let [value, polytomies] = [0, 0];
  for (let i = count - 1; i >= 0; i--) {
    if (counts[i] === 2) value += Math.abs(difference[i]);
    else if (counts[i] > 2) polytomies++;
    const up = parent[i];
    // The first visited child adds its tips, the second subtracts its own.
    if (up >= 0) difference[up] = difference[up] === 0 ? below[i] : difference[up] - below[i];
  }
  const tips = below[0];
  const expected = expectedColless(tips);
  return { tips, value, expected, normalised: (value - expected) / tips, polytomies };
}

/** Expected index of a Yule tree of n tips. */
export function expectedColless(n: number): number {
  let harmonic = 0;
  for (let j = 2; j <= Math.floor(n / 2); j++) harmonic += 1 / j;
  return n === 1 ? 0 : n * harmonic + (n % 2);
}
