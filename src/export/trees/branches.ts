// A tree of lines as it is drawn: which line is a branch of which, and where branches begin and end.

import { budding } from '../../analysis/tree/budding.ts';
import { checkTree } from '../../analysis/tree/check-tree.ts';
import { childCounts } from '../../analysis/tree/children.ts';
import type { Tree } from '../../analysis/tree/tree.ts';
import { cutSubtrees } from './cut-subtrees.ts';
import { joinSingles } from './join-singles.ts';

export interface TreeOptions {
  /** The tick that living lines reach. */
  readonly present: number;
  /**
   * Where nodes are in time. 'budding' (default): a child branches off its parent's line at its own origin, and every line has
   * one tip, at its end or at the present. 'origin': a node is a line at its origin, so a branch is as long as from the
   * parent's origin to the child's; childless lines that have ended are drawn to their end, and living ones with children get a
   * tip of length 0.
   */
  readonly branching?: 'budding' | 'origin';
  /**
   * 1 for lines with a tip of their own. Default: with 'budding' all, with 'origin' the living. Childless lines are always
   * tips.
   */
  readonly tips?: Uint8Array;
  /**
   * Joins nodes with a single child to that child: true everywhere, false nowhere. Default: only in trees of one tip, because
   * ape 5.7 reads `((a:1):2):0;` without lengths and `(a:3):0;` with them.
   */
  readonly collapse?: boolean;
  /** Cuts trees into subtrees of at most this many branches from root to tip, 1 or more. Default: trees stay whole. */
  readonly subtreeDepth?: number;
  /** Label of a node of the tree, made of the letters A-Z, a-z, digits, `_`, `.` and `-`; by default the node's id. */
  readonly label?: (node: number) => string;
}

/** A tree as it is to be written. */
export interface Branches {
  readonly count: number;
  /** Smaller than the node itself, -1 for roots. */
  readonly parent: Int32Array;
  /** Of the branch above the node, ticks. */
  readonly length: Float64Array;
  /** The line (node of the tree that was drawn) whose label the node has, or -1. */
  readonly line: Int32Array;
  /** Tick at which the branch above the node begins. */
  readonly start: Float64Array;
  /** For a tip that represents a subtree: the number of its root, counted from 0 in the order of nodes. Otherwise -1. */
  readonly subtree: Int32Array;
}

/** The drawing of a tree of lines. O(n) where indices follow origins. Throws RangeError for a wrong tree. */
export function branchesOf(tree: Tree, options: TreeOptions): Branches {
  checkTree(tree);
  const { branching, collapse, subtreeDepth } = options;
  const drawn = branching === 'origin' ? byOrigin(tree, options) : byBudding(tree, options);
  const whole = collapse === true ? joinSingles(drawn) : drawn;
  const cut = subtreeDepth === undefined ? whole : cutSubtrees(whole, subtreeDepth);
  return collapse === undefined ? joinSingles(cut, 'trees of one tip') : cut;
}

/** Label of a node of branches, '' for none: the label of its line, or `subtree2` where it represents the second root. */
export function branchLabels({ line, subtree }: Branches, label: (line: number) => string): (node: number) => string {
  return (node) => (subtree[node] >= 0 ? subtreeLabel(subtree[node]) : line[node] < 0 ? '' : label(line[node]));
}

/** Label of the tip that represents a root, and name of that tree. @param root counted from 0 */
export function subtreeLabel(root: number): string {
  return `subtree${root + 1}`;
}

function byBudding(tree: Tree, { present, tips }: TreeOptions): Branches {
  const { count, parent, origin, end, line } = budding(tree, { present, tips, collapse: false });
  const last = new Int32Array(tree.count);
  for (let i = 0; i < count; i++) last[line[i]] = i;
  return {
    count,
    parent,
    length: end.map((to, i) => to - origin[i]),
    // A label is written once: at the line's tip, or where the last of its children leaves it.
    line: line.map((of, i) => (last[of] === i ? of : -1)),
    start: origin,
    subtree: new Int32Array(count).fill(-1),
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
  const start = new Float64Array(parent.length);
  for (let i = 0; i < count; i++) {
    const up = (parent[i] = tree.parent[i]);
    const to = children[i] === 0 && end[i] !== Infinity ? end[i] : origin[i];
    start[i] = origin[up < 0 ? i : up];
    length[i] = to - start[i];
    line[i] = i;
  }
  for (const [k, i] of extra.entries()) {
    parent[count + k] = i;
    line[count + k] = i;
    line[i] = -1;
    start[count + k] = origin[i];
  }
  return { count: parent.length, parent, length, line, start, subtree: new Int32Array(parent.length).fill(-1) };
}
