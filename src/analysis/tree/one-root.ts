import type { Tree } from './tree.ts';

/** Throws RangeError unless the tree has exactly one root: `asks` is the statistic that requires it. O(n). */
export function oneRoot({ count, parent }: Pick<Tree, 'count' | 'parent'>, asks: string): void {
  let roots = 0;
  for (let i = 0; i < count; i++) if (parent[i] < 0) roots++;
  if (roots !== 1) throw new RangeError(`${asks}: ${roots} roots instead of one; take one tree of the forest with componentOf()`);
}
