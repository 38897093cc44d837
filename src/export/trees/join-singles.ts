import { childCounts } from '../../analysis/tree/children.ts';
import type { Branches } from './branches.ts';

/**
 * Removes nodes with a single child: their branches lengthen those below. Trees and children keep their order. O(n).
 * @param where everywhere, or only in trees that have one tip, which then become one node
 */
export function joinSingles(branches: Branches, where: 'all trees' | 'trees of one tip' = 'all trees'): Branches {
  const { count, parent, length, line, start, subtree } = branches;
  const children = childCounts(branches);
  const tips = where === 'all trees' ? undefined : tipsOfTree(branches, children);
  const vanishes = (i: number) => children[i] === 1 && (tips === undefined || tips[i] === 1);
  /** The node that each one is joined to, and the length from the beginning of that node's branch to its own end. */
  const place = new Int32Array(count);
  const above = new Float64Array(count);
  const [first, last] = [new Int32Array(count), new Int32Array(count)];
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const up = parent[i];
    const goesOn = up >= 0 && vanishes(up);
    above[i] = length[i] + (goesOn ? above[up] : 0);
    place[i] = goesOn ? place[up] : kept++;
    if (!goesOn) first[place[i]] = i;
    last[place[i]] = i;
  }
  const [tops, ends] = [first.subarray(0, kept), last.subarray(0, kept)];
  return {
    count: kept,
    parent: Int32Array.from(tops, (i) => (parent[i] < 0 ? -1 : place[parent[i]])),
    length: Float64Array.from(ends, (i) => above[i]),
    line: Int32Array.from(ends, (i) => line[i]),
    start: Float64Array.from(tops, (i) => start[i]),
    subtree: Int32Array.from(ends, (i) => subtree[i]),
  };
}

/** For every node, the number of tips of its whole tree. */
function tipsOfTree({ count, parent }: Branches, children: Int32Array): Int32Array {
  const root = new Int32Array(count);
  const tips = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    root[i] = parent[i] < 0 ? i : root[parent[i]];
    if (children[i] === 0) tips[root[i]]++;
  }
  return root.map((of) => tips[of]);
}
