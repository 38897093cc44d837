import type { Tree } from './tree.ts';

/** The tree below `node` as a separate tree, with `node` as its root, and the former rows of its nodes. O(n). */
export function componentOf(tree: Tree, node: number): { readonly tree: Tree; readonly row: Int32Array } {
  if (!(node >= 0 && node < tree.count)) throw new RangeError(`componentOf: node ${node} is not in [0, ${tree.count - 1}]`);
  const place = new Int32Array(tree.count).fill(-1);
  let count = 0;
  for (let i = node; i < tree.count; i++) {
    if (i === node || (tree.parent[i] >= 0 && place[tree.parent[i]] >= 0)) place[i] = count++;
  }
  const row = new Int32Array(count);
  for (let i = node; i < tree.count; i++) if (place[i] >= 0) row[place[i]] = i;
  const pick = (column: Float64Array) => Float64Array.from(row, (i) => column[i]);
  const parent = Int32Array.from(row, (i) => (i === node ? -1 : place[tree.parent[i]]));
  return { tree: { count, parent, origin: pick(tree.origin), end: pick(tree.end), id: pick(tree.id) }, row };
}
