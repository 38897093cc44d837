import type { Tree } from './tree.ts';

/** The children of node i are `child[start[i]]` to `child[start[i + 1] - 1]`, ascending. */
export interface Children {
  /** `count + 1` values. */
  readonly start: Int32Array;
  readonly child: Int32Array;
}

/** Children of every node. O(n). */
export function children({ count, parent }: Pick<Tree, 'count' | 'parent'>): Children {
  const start = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) if (parent[i] >= 0) start[parent[i] + 1]++;
  for (let i = 0; i < count; i++) start[i + 1] += start[i];
  const child = new Int32Array(start[count]);
  const next = start.slice(0, count);
  for (let i = 0; i < count; i++) if (parent[i] >= 0) child[next[parent[i]]++] = i;
  return { start, child };
}

/** Number of children of every node. O(n). */
export function childCounts({ count, parent }: Pick<Tree, 'count' | 'parent'>): Int32Array {
  const counts = new Int32Array(count);
  for (let i = 0; i < count; i++) if (parent[i] >= 0) counts[parent[i]]++;
  return counts;
}

/** Number of tips (nodes without children) at or below every node. O(n). */
export function tipsBelow(tree: Pick<Tree, 'count' | 'parent'>): Int32Array {
  const tips = childCounts(tree);
  for (let i = 0; i < tree.count; i++) tips[i] = tips[i] === 0 ? 1 : 0;
  for (let i = tree.count - 1; i >= 0; i--) if (tree.parent[i] >= 0) tips[tree.parent[i]] += tips[i];
  return tips;
}
