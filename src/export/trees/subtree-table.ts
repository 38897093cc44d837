import { childCounts } from '../../analysis/tree/children.ts';
import type { Tree } from '../../analysis/tree/tree.ts';
import { createCsvEncoder } from '../csv.ts';
import type { ExportTable, Sink } from '../export-table.ts';
import { TableWriter } from '../table-writer.ts';
import { branchesOf, type TreeOptions } from './branches.ts';

const whole = { type: 'INT32', nullable: false, unit: '' } as const;

/** The table that joins the subtrees of a file: `organisms.subtrees.csv` beside `organisms.subtrees.nwk` and `.nex`. */
export const subtreeTable: ExportTable = {
  name: 'subtrees',
  title: 'Subtrees',
  row: 'One tree of the file beside it, in its order.',
  columns: [
    {
      ...whole,
      name: 'subtree',
      description: 'Number of the tree in the file, from 1. A tip `subtree2` represents the second one.',
    },
    { ...whole, name: 'tree', description: 'Number of the uncut tree that it is a part of, from 1.' },
    {
      ...whole,
      name: 'parent',
      nullable: true,
      description: 'Subtree with the tip that represents this one; null where a tree begins.',
    },
    {
      name: 'start_tick',
      type: 'DOUBLE',
      nullable: false,
      unit: 'ticks',
      description:
        'Tick at which the branch of its root begins. The tick of a tip is this plus all lengths down to it, the root’s included.',
    },
    { ...whole, name: 'depth', unit: 'branches', description: 'Most branches from its root to one of its tips.' },
    { ...whole, name: 'tips', description: 'Its tips that are organisms or species.' },
    { ...whole, name: 'subtrees', description: 'Its tips that represent subtrees.' },
  ],
};

/** Writes the table of the subtrees that `writeNewick` and `writeNexus` write with the same options. */
export function writeSubtreeTable(tree: Tree, options: TreeOptions & { readonly subtreeDepth: number }, sink: Sink): void {
  const branches = branchesOf(tree, options);
  const { count, parent, start, subtree } = branches;
  const children = childCounts(branches);
  const roots: number[] = [];
  /** For every node, the root that it is below, and the distance. */
  const [of, below] = [new Int32Array(count), new Int32Array(count)];
  for (let i = 0; i < count; i++) {
    of[i] = parent[i] < 0 ? roots.push(i) - 1 : of[parent[i]];
    below[i] = parent[i] < 0 ? 0 : below[parent[i]] + 1;
  }
  const [depth, tips, stands] = [new Int32Array(roots.length), new Int32Array(roots.length), new Int32Array(roots.length)];
  const from = new Int32Array(roots.length).fill(-1);
  for (let i = 0; i < count; i++) {
    if (children[i] > 0) continue;
    // A tree of one node is written with a root above it.
    depth[of[i]] = Math.max(depth[of[i]], below[i], 1);
    if (subtree[i] < 0) tips[of[i]]++;
    else {
      stands[of[i]]++;
      from[subtree[i]] = of[i];
    }
  }
  const writer = new TableWriter(subtreeTable, [createCsvEncoder(subtreeTable, sink)]);
  const whichTree = new Int32Array(roots.length);
  let trees = 0;
  for (const [k, root] of roots.entries()) {
    whichTree[k] = from[k] < 0 ? ++trees : whichTree[from[k]];
    writer.append([k + 1, whichTree[k], from[k] < 0 ? null : from[k] + 1, start[root], depth[k], tips[k], stands[k]]);
  }
  writer.finish();
}
