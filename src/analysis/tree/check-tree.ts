import type { Tree } from './tree.ts';

/**
 * Throws RangeError with one line if a tree breaks its rules: parents before children, finite origins that are never before
 * the parent's, ends that are never before the origin.
 */
export function checkTree(tree: Tree): void {
  const { count, parent, origin, end, id } = tree;
  for (const [name, column] of Object.entries({ parent, origin, end, id })) {
    if (column.length < count) throw new RangeError(`tree: ${count} nodes, but ${column.length} values in ${name}`);
  }
  for (let i = 0; i < count; i++) {
    const above = parent[i];
    if (above < -1 || above >= i) throw new RangeError(`tree: parent of node ${i} is ${above}, which is not in [-1, ${i - 1}]`);
    if (!Number.isFinite(origin[i])) throw new RangeError(`tree: origin of node ${i} is ${origin[i]}, not a tick`);
    if (!(end[i] >= origin[i])) throw new RangeError(`tree: node ${i} ends at ${end[i]}, before its origin at ${origin[i]}`);
    if (above >= 0 && origin[i] < origin[above]) {
      throw new RangeError(`tree: node ${i} begins at ${origin[i]}, before its parent ${above} at ${origin[above]}`);
    }
  }
}
