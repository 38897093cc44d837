import type { Tree } from '../../analysis/tree/tree.ts';
import type { Sink } from '../export-table.ts';
import { branchesOf, branchLabels, type TreeOptions } from './branches.ts';
import { labelsOf } from './label.ts';
import { TextSink } from './text-sink.ts';
import { writeBranches } from './write-branches.ts';

/**
 * Writes a forest as Newick, one tree a line: `(a:1,b:2)c:0;`. Every node has its branch length, roots too; labels are without
 * quotes. With `subtreeDepth` each line is a subtree, and a tip `subtree2` represents the tree on line 2. Throws RangeError for
 * a forest without trees or a label that readers cannot read.
 */
export function writeNewick(tree: Tree, options: TreeOptions, sink: Sink): void {
  if (tree.count === 0) throw new RangeError('Newick: no line to write');
  const branches = branchesOf(tree, options);
  const out = new TextSink(sink);
  writeBranches(branches, branchLabels(branches, labelsOf(tree, options.label)), out);
  out.flush();
}
