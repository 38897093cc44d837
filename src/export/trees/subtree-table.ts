import { childCounts } from '../../analysis/tree/children.ts';
import type { Tree } from '../../analysis/tree/tree.ts';
import { createCsvEncoder } from '../csv.ts';
import type { ExportTable, Sink } from '../export-table.ts';
import { TableWriter } from '../table-writer.ts';
import { branchesOf, type TreeOptions } from './branches.ts';

const whole = { type: 'INT32', nullable: false, unit: '' } as const;

/** How the subtrees of a file join: `organisms.subtrees.csv` beside `organisms.subtrees.nwk` and `.nex`. */
export const subtreeTable: ExportTable = {
  name: 'subtrees',
  title: 'Subtrees',
  row: 'a tree of the file beside it, in its order.',
  columns: [
    { ...whole, name: 'subtree', description: 'Which tree of the file, from 1. A tip `subtree2` stands for the second one.' },
    { ...whole, name: 'tree', description: 'Which tree of the uncut file it is a part of, from 1.' },
    {
      ...whole,
      name: 'parent',
      nullable: true,
      description: 'The subtree that has the tip that stands for this one; null where a tree begins.',
    },
    {
      name: 'start_tick',
      type: 'DOUBLE',
      nullable: false,
      unit: 'ticks',
      description:
        'When the branch of its root begins. A tip lies at this plus all lengths down to it, that of the root included.',
    },
    { ...whole, name: 'depth', unit: 'branches', description: 'Most branches from its root to one of its tips.' },
    { ...whole, name: 'tips', description: 'Its tips that are organisms or species.' },
    { ...whole, name: 'subtrees', description: 'Its tips that stand for subtrees.' },
  ],
};

/** Writes the table of the subtrees that `writeNewick` and `writeNexus` write with the same options. */
export function writeSubtreeTable(tree: Tree, options: TreeOptions & { readonly subtreeDepth: number }, sink: Sink): void {
  const branches = branchesOf(tree, options);
  const { count, parent, start, subtree } = branches;
  const children = childCounts(branches);
  const roots: number[] = [];
  /** Of every node: which root it is below, and how far. */
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
