import { type Children, children } from './children.ts';
import type { Tree } from './tree.ts';

/**
 * Children of every node in the order in which they leave it: by origin, then by index. O(n) if indices already follow
 * origins, as in records, otherwise O(n log n).
 */
export function childrenByOrigin(tree: Pick<Tree, 'count' | 'parent' | 'origin'>): Children {
  const { origin } = tree;
  const all = children(tree);
  for (let i = 0; i < tree.count; i++) {
    const group = all.child.subarray(all.start[i], all.start[i + 1]);
    for (let k = 1; k < group.length; k++) {
      if (origin[group[k]] >= origin[group[k - 1]]) continue;
      group.sort((a, b) => origin[a] - origin[b] || a - b);
      break;
    }
  }
  return all;
}
