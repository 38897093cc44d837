import { childCounts } from '../../analysis/tree/children.ts';
import type { Branches } from './branches.ts';

/**
 * Cuts every tree at nodes that have children and are `depth` branches below their root, and cuts the trees below again. A node
 * at which a tree is cut becomes the root of its own tree, with a branch of length 0; in the tree above, a tip represents it at
 * the end of its branch. Roots are in the order of nodes, so that the tip for a root is in an earlier tree. O(n). Throws
 * RangeError unless depth is a whole number of 1 or more.
 */
export function cutSubtrees(branches: Branches, depth: number): Branches {
  if (!Number.isInteger(depth) || depth < 1)
    throw new RangeError(`subtrees: depth must be a whole number of 1 or more (got ${depth})`);
  const { count, parent } = branches;
  const children = childCounts(branches);
  const below = new Int32Array(count);
  const cut: number[] = [];
  /** Root of each cut, counted from 0. */
  const number: number[] = [];
  let roots = 0;
  for (let i = 0; i < count; i++) {
    below[i] = parent[i] < 0 ? 0 : below[parent[i]] + 1;
    if (parent[i] < 0) roots++;
    if (below[i] < depth || children[i] === 0) continue;
    below[i] = 0;
    cut.push(i);
    number.push(roots++);
  }
  const extended = <T extends Int32Array | Float64Array>(column: T, more: (i: number) => number): T => {
    const longer = new (column.constructor as new (length: number) => T)(count + cut.length);
    longer.set(column);
    for (const [k, i] of cut.entries()) longer[count + k] = more(i);
    return longer;
  };
  const result = {
    count: count + cut.length,
    parent: extended(parent, (i) => parent[i]),
    length: extended(branches.length, (i) => branches.length[i]),
    line: extended(branches.line, () => -1),
    start: extended(branches.start, (i) => branches.start[i]),
    subtree: extended(branches.subtree, () => -1),
  };
  for (const [k, i] of cut.entries()) {
    result.subtree[count + k] = number[k];
    result.parent[i] = -1;
    result.start[i] += result.length[i];
    result.length[i] = 0;
  }
  return result;
}
