import { budding } from '../../analysis/tree/budding.ts';
import { checkTree } from '../../analysis/tree/check-tree.ts';
import { childCounts } from '../../analysis/tree/children.ts';
import type { Tree } from '../../analysis/tree/tree.ts';

export interface TreeOptions {
  /** Tick up to which living lines reach. */
  readonly present: number;
  /**
   * Where nodes stand in time. 'budding' (default): a child branches off its parent's line at its own origin, and every line
   * has one tip, at its end or at the present. 'origin': a node is a line at its origin, so a branch is as long as from
   * the parent's origin to the child's; childless lines that have ended are drawn to their end, and living ones with
   * children get a tip of length 0.
   */
  readonly branching?: 'budding' | 'origin';
  /** 1 for lines with a tip of their own. Default: with 'budding' all, with 'origin' the living. Childless lines are tips. */
  readonly tips?: Uint8Array;
  /** Joins nodes with a single child to that child. Default false. */
  readonly collapse?: boolean;
  /** Label of a node of the tree, of the letters A-Z, a-z, digits, `_`, `.` and `-`; the node's id by default. */
  readonly label?: (node: number) => string;
}

/** A tree as it is to be written. */
export interface Branches {
  readonly count: number;
  /** Smaller than the node itself, -1 for roots. */
  readonly parent: Int32Array;
  /** Of the branch above the node, ticks. */
  readonly length: Float64Array;
  /** The line (node of the tree that was drawn) whose label the node bears, or -1. */
  readonly line: Int32Array;
}

/** How a tree of lines is drawn. O(n) where indices follow origins. Throws RangeError for a wrong tree. */
export function branchesOf(tree: Tree, options: TreeOptions): Branches {
  checkTree(tree);
  const branches = options.branching === 'origin' ? byOrigin(tree, options) : byBudding(tree, options);
  return options.collapse ? joined(branches) : branches;
}

function byBudding(tree: Tree, { present, tips }: TreeOptions): Branches {
  const { count, parent, origin, end, line } = budding(tree, { present, tips, collapse: false });
  const last = new Int32Array(tree.count);
  for (let i = 0; i < count; i++) last[line[i]] = i;
  return {
    count,
    parent,
    length: end.map((to, i) => to - origin[i]),
    // A label stands once: at the line's tip, or where the last of its children leaves it.
    line: line.map((of, i) => (last[of] === i ? of : -1)),
  };
}

function byOrigin(tree: Tree, { tips }: TreeOptions): Branches {
  const { count, origin, end } = tree;
  const children = childCounts(tree);
  const extra: number[] = [];
  for (let i = 0; i < count; i++) {
    if (children[i] > 0 && (tips ? tips[i] === 1 : end[i] === Infinity)) extra.push(i);
  }
  const parent = new Int32Array(count + extra.length);
  const length = new Float64Array(parent.length);
  const line = new Int32Array(parent.length);
  for (let i = 0; i < count; i++) {
    const up = (parent[i] = tree.parent[i]);
    const to = children[i] === 0 && end[i] !== Infinity ? end[i] : origin[i];
    length[i] = to - origin[up < 0 ? i : up];
    line[i] = i;
  }
  for (const [k, i] of extra.entries()) {
    parent[count + k] = i;
    line[count + k] = i;
    line[i] = -1;
  }
  return { count: parent.length, parent, length, line };
}

/** Without nodes of a single child, whose branches lengthen those below. */
function joined({ count, parent, length, line }: Branches): Branches {
  const children = childCounts({ count, parent });
  const place = new Int32Array(count);
  const above = new Float64Array(count);
  const row = new Int32Array(count);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const up = parent[i];
    above[i] = length[i] + (up >= 0 && children[up] === 1 ? above[up] : 0);
    if (children[i] === 1) place[i] = up >= 0 ? place[up] : -1;
    else row[(place[i] = kept++)] = i;
  }
  const rows = row.subarray(0, kept);
  return {
    count: kept,
    parent: Int32Array.from(rows, (i) => (parent[i] < 0 ? -1 : place[parent[i]])),
    length: Float64Array.from(rows, (i) => above[i]),
    line: Int32Array.from(rows, (i) => line[i]),
  };
}
