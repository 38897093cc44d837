import { childCounts } from '../../analysis/tree/children.ts';
import type { Tree } from '../../analysis/tree/tree.ts';
import type { Sink } from '../export-table.ts';
import { branchesOf, branchLabels, subtreeLabel, type TreeOptions } from './branches.ts';
import { labelsOf } from './label.ts';
import { TextSink } from './text-sink.ts';
import { writeBranches } from './write-branches.ts';

/**
 * Writes a forest as NEXUS (Maddison, Swofford & Maddison 1997, Syst. Biol. 46: 590): a TAXA block with the labels of all tips,
 * and a TREES block with the trees `tree1`, `tree2` and so on, rooted (`[&R]`); subtrees are `subtree1` and so on. A taxon's
 * label should not be a number: readers may take it for the taxon's place in the list. Throws RangeError as writeNewick does.
 */
export function writeNexus(tree: Tree, options: TreeOptions, sink: Sink): void {
  if (tree.count === 0) throw new RangeError('NEXUS: no line to write');
  const branches = branchesOf(tree, options);
  const { count } = branches;
  const label = branchLabels(branches, labelsOf(tree, options.label));
  const children = childCounts(branches);
  let tips = 0;
  for (let i = 0; i < count; i++) if (children[i] === 0) tips++;
  const out = new TextSink(sink);
  out.write(`#NEXUS\nBEGIN TAXA;\n  DIMENSIONS NTAX=${tips};\n  TAXLABELS`);
  for (let i = 0; i < count; i++) if (children[i] === 0) out.write(`\n    ${label(i)}`);
  out.write('\n  ;\nEND;\nBEGIN TREES;\n');
  const name = (k: number) => (options.subtreeDepth === undefined ? `tree${k + 1}` : subtreeLabel(k));
  writeBranches(branches, label, out, (k) => `  TREE ${name(k)} = [&R] `);
  out.write('END;\n');
  out.flush();
}
