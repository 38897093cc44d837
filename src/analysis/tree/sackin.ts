import { childCounts } from './children.ts';
import type { Imbalance } from './imbalance.ts';
import { oneRoot } from './one-root.ts';
import type { Tree } from './tree.ts';

/**
 * Sackin's index (1972, Syst. Zool. 21: 225; in this form Shao & Sokal 1990, Syst. Zool. 39: 266): the sum over all tips of
 * the number of branchings above them. Polytomies are branchings like others; nodes with a single child are not.
 * The expectation is 2 n (1/2 + ... + 1/n) (Kirkpatrick & Slatkin 1993, Evolution 47: 1171). O(n).
 *
 * Throws RangeError unless there is exactly one root.
 * @experimental
 */
export function sackin(tree: Pick<Tree, 'count' | 'parent'>): Imbalance {
  oneRoot(tree, 'sackin');
  const { count, parent } = tree;
  const counts = childCounts(tree);
  const above = new Int32Array(count);
  let [value, tips] = [0, 0];
  for (let i = 0; i < count; i++) {
    const up = parent[i];
    if (up >= 0) above[i] = above[up] + (counts[up] > 1 ? 1 : 0);
    if (counts[i] > 0) continue;
    value += above[i];
    tips++;
  }
  const expected = expectedSackin(tips);
  return { tips, value, expected, normalised: (value - expected) / tips };
}

/** Expected index of a Yule tree of n tips. */
export function expectedSackin(n: number): number {
  let sum = 0;
  for (let j = 2; j <= n; j++) sum += 1 / j;
  return 2 * n * sum;
}
