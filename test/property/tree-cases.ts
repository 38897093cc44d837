import fc from 'fast-check';
import type { Tree } from '../../src/analysis/tree/tree.ts';

/** Trees of lines as records hold them and also odder ones: whole ticks, many ties, lines that end, several roots. */
export const forests = (roots = 3, most = 30) =>
  fc
    .array(
      fc.record({
        up: fc.nat(1000),
        wait: fc.constantFrom(0, 0, 1, 2, 5),
        life: fc.option(fc.nat(12), { nil: Infinity }),
        isRoot: fc.boolean(),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((nodes) => treeOf(nodes, roots));

function treeOf(nodes: { up: number; wait: number; life: number; isRoot: boolean }[], roots: number): Tree {
  const count = nodes.length;
  const parent = new Int32Array(count).fill(-1);
  const origin = new Float64Array(count);
  let founders = 0;
  for (const [i, { up, wait, isRoot }] of nodes.entries()) {
    if (i === 0 || (isRoot && founders < roots)) founders++;
    else parent[i] = up % i;
    // Waits are counted from the parent, so that origins do not always ascend with the index.
    origin[i] = (parent[i] < 0 ? 0 : origin[parent[i]]) + wait;
  }
  return {
    count,
    parent,
    origin,
    end: Float64Array.from(nodes, ({ life }, i) => origin[i] + life),
    id: Float64Array.from(nodes, (_, i) => 3 * i),
  };
}

/** A tick at which all of a tree's lines have begun. */
export const presentOf = ({ origin }: Tree) => Math.max(...origin) + 3;

/** Node, parent, ... root. */
export function pathUp({ parent }: Pick<Tree, 'parent'>, node: number): number[] {
  const path: number[] = [];
  for (let i = node; i >= 0; i = parent[i]) path.push(i);
  return path;
}

/** The line in which the ancestry of line i is at time t (at its root before that has begun). */
export function hostAt({ parent, origin }: Tree, i: number, t: number): number {
  return pathUp({ parent }, i).find((k) => origin[k] <= t) ?? (pathUp({ parent }, i).at(-1) as number);
}

/** When two lines become one going back in time: NaN where they do not. By the definition, at the ticks between whole ones. */
export function meetingTime(tree: Tree, i: number, j: number): number {
  for (let t = presentOf(tree) + 0.5; t > -1; t--) if (hostAt(tree, i, t) === hostAt(tree, j, t)) return t + 0.5;
  return NaN;
}

export const tipsOf = ({ count, parent }: Tree) =>
  Array.from({ length: count }, (_, i) => i).filter((i) => !parent.subarray(0, count).includes(i));

export const childrenOf = ({ parent }: Pick<Tree, 'parent'>, node: number) =>
  [...parent.entries()].filter(([, up]) => up === node).map(([i]) => i);
