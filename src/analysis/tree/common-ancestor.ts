import { depths } from './depths.ts';
import type { Tree } from './tree.ts';

type Shape = Pick<Tree, 'count' | 'parent'>;

/**
 * Most recent common ancestor of all the given nodes, which may be one of them; -1 if they have none (several roots).
 * Takes as many steps as lie between the nodes and their ancestor. Throws RangeError if no node is given.
 */
export function commonAncestor({ count, parent }: Shape, nodes: ArrayLike<number>): number {
  if (nodes.length === 0) throw new RangeError('commonAncestor: no nodes given; give at least one');
  for (let k = 0; k < nodes.length; k++) {
    if (!(nodes[k] >= 0 && nodes[k] < count))
      throw new RangeError(`commonAncestor: node ${nodes[k]} is not in [0, ${count - 1}]`);
  }
  let a = nodes[0];
  for (let k = 1; k < nodes.length && a >= 0; k++) {
    let b = nodes[k];
    // Parents come before their children: the larger of two different nodes is not an ancestor of the other.
    while (a !== b) {
      if (a > b) a = parent[a];
      else b = parent[b];
      if (a < 0 || b < 0) return -1;
    }
  }
  return a;
}

/**
 * Prepares for many queries: the returned function gives the most recent common ancestor of two nodes, or -1, in
 * O(log n) on trees of any depth. Jump pointers after Myers (1983, Inf. Process. Lett. 17: 241): O(n) memory and time.
 */
export function commonAncestors(tree: Shape): (a: number, b: number) => number {
  const { count, parent } = tree;
  const depth = depths(tree);
  const jump = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const p = parent[i];
    if (p < 0) jump[i] = i;
    else jump[i] = depth[p] - depth[jump[p]] === depth[jump[p]] - depth[jump[jump[p]]] ? jump[jump[p]] : p;
  }
  const rise = (node: number, to: number) => {
    while (depth[node] > to) node = depth[jump[node]] >= to ? jump[node] : parent[node];
    return node;
  };
  return (a, b) => {
    a = rise(a, depth[b]);
    b = rise(b, depth[a]);
    while (a !== b) {
      if (depth[a] === 0) return -1;
      // Nodes of one depth have jumps of one length.
      if (jump[a] !== jump[b]) [a, b] = [jump[a], jump[b]];
      else [a, b] = [parent[a], parent[b]];
    }
    return a;
  };
}
