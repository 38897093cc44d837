import type { Tree } from '../analysis/tree/tree.ts';
import type { Sink } from './export-table.ts';
import type { ExportFile, ExportInput, TreeSubject } from './format-list.ts';
import type { History } from './history.ts';
import type { TreeOptions } from './trees/branches.ts';
import type { DrawnHistory } from './trees/drawn-history.ts';
import { writeExtendedNewick } from './trees/extended-newick.ts';
import { writeNewick } from './trees/newick.ts';
import { writeNexus } from './trees/nexus.ts';
import { organismNetwork } from './trees/organism-network.ts';
import { organismTree } from './trees/organism-tree.ts';
import { speciesNetwork } from './trees/species-network.ts';
import { speciesTree } from './trees/species-tree.ts';
import { writeSubtreeTable } from './trees/subtree-table.ts';

interface TreeFormat {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly extension: string;
  /** Files of the trees of one subject. */
  files(of: TreeSubject, input: ExportInput): readonly ExportFile[];
}

/** The formats of trees. */
export const treeFormats: readonly TreeFormat[] = [
  {
    id: 'newick',
    title: 'Newick',
    description: 'Trees of species and of organisms along first parents, dated, one a line.',
    extension: 'nwk',
    files: (of, input) => drawnFiles(of, 'nwk', writeNewick, input),
  },
  {
    id: 'nexus',
    title: 'NEXUS',
    description: 'The same trees with a list of their tips.',
    extension: 'nex',
    files: (of, input) => drawnFiles(of, 'nex', writeNexus, input),
  },
  {
    id: 'extended-newick',
    title: 'Extended Newick',
    description: 'The same trees with second parents, transfers of genes and mergers of species, each as a hybrid node.',
    extension: 'enwk',
    files: (of, { history }) => [
      {
        name: `${of}.enwk`,
        write(sink) {
          const { tree, reticulations, label } =
            of === 'species' ? speciesNetwork(history.species) : organismNetwork(history, 'all');
          writeExtendedNewick(tree, reticulations, { present: history.endTick, label }, sink);
        },
      },
    ],
  },
];

/** A file of whole trees; or a file of subtrees and the table that joins them. */
function drawnFiles(
  of: TreeSubject,
  extension: string,
  writeTrees: (tree: Tree, options: TreeOptions, sink: Sink) => void,
  input: ExportInput,
): ExportFile[] {
  const { subtreeDepth } = input.choices;
  const file = (name: string, writer: (tree: Tree, options: TreeOptions, sink: Sink) => void): ExportFile => ({
    name,
    write(sink) {
      const { tree, tips, label } = drawn(of, input);
      writer(tree, { ...optionsOf(of, input), tips, label }, sink);
    },
  });
  if (subtreeDepth === undefined) return [file(`${of}.${extension}`, writeTrees)];
  return [
    file(`${of}.subtrees.${extension}`, writeTrees),
    file(`${of}.subtrees.csv`, (tree, options, sink) => writeSubtreeTable(tree, { ...options, subtreeDepth }, sink)),
  ];
}

/** In the tree of a sample, ancestors only lead to it, so that nodes with a single child carry no information. */
function optionsOf(of: TreeSubject, { history, sampled, choices }: ExportInput): TreeOptions {
  const { branching, subtreeDepth, collapse = of === 'organisms' && sampled !== undefined ? true : undefined } = choices;
  return { present: history.endTick, branching, collapse, subtreeDepth };
}

function drawn(of: TreeSubject, { history, sampled }: ExportInput): DrawnHistory {
  if (of === 'species') return speciesTree(history.species);
  return organismTree(history.organisms, sampled === undefined ? 'all' : idsOf(history, sampled));
}

function idsOf({ organisms }: History, sampled: Uint8Array): Float64Array {
  return organisms.id.filter((_, row) => sampled[row] === 1);
}
