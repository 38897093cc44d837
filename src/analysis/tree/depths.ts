import type { Tree } from './tree.ts';

/** Number of branches between every node and its root; 0 at roots. O(n). */
export function depths({ count, parent }: Pick<Tree, 'count' | 'parent'>): Int32Array {
  const depth = new Int32Array(count);
  for (let i = 0; i < count; i++) if (parent[i] >= 0) depth[i] = depth[parent[i]] + 1;
  return depth;
}
