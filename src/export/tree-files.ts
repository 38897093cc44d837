import type { Tree } from '../analysis/tree/tree.ts';
import type { Sink } from './export-table.ts';
import type { ExportFile, ExportInput, TreeSubject } from './format-list.ts';
import type { History } from './history.ts';
import type { TreeOptions } from './trees/branches.ts';
import { organismTexts, speciesNames, speciesOf, speciesTexts, traitTables } from './trees/clade-texts.ts';
import type { DrawnHistory } from './trees/drawn-history.ts';
import { writeExtendedNewick } from './trees/extended-newick.ts';
import { writeNewick } from './trees/newick.ts';
import { writeNexus } from './trees/nexus.ts';
import { organismNetwork } from './trees/organism-network.ts';
import { organismTree } from './trees/organism-tree.ts';
import { type CladeText, writePhyloxml } from './trees/phyloxml.ts';
import { speciesNetwork } from './trees/species-network.ts';
import { speciesTree } from './trees/species-tree.ts';
import { writeSubtreeTable } from './trees/subtree-table.ts';

interface TreeFormat {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly extension: string;
  /** As in `Format`. */
  readonly reads?: readonly string[];
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
    id: 'phyloxml',
    title: 'PhyloXML',
    description: 'The same trees with dates, species and, from the tables of a run, traits.',
    extension: 'phyloxml',
    reads: traitTables,
    files: (of, input) =>
      drawnFiles(of, 'phyloxml', (tree, options, sink) => describedTrees(of, input, tree, options, sink), input),
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

type WriteTrees = (tree: Tree, options: TreeOptions & { readonly row: Int32Array }, sink: Sink) => void | Promise<void>;

/** A file of whole trees; or a file of subtrees and the table that joins them. */
function drawnFiles(of: TreeSubject, extension: string, writeTrees: WriteTrees, input: ExportInput): ExportFile[] {
  const { subtreeDepth } = input.choices;
  const file = (name: string, writer: WriteTrees): ExportFile => ({
    name,
    write(sink) {
      const { tree, tips, label, row } = drawn(of, input);
      return writer(tree, { ...optionsOf(of, input), tips, label, row }, sink);
    },
  });
  if (subtreeDepth === undefined) return [file(`${of}.${extension}`, writeTrees)];
  return [
    file(`${of}.subtrees.${extension}`, writeTrees),
    file(`${of}.subtrees.csv`, (tree, options, sink) => writeSubtreeTable(tree, { ...options, subtreeDepth }, sink)),
  ];
}

/** Most organisms that PhyloXML describes: a million with all their traits would be a file of 1.4 GB. */
const mostDescribed = 100_000;

/** Writes PhyloXML with what the history and the tables say of each line. */
async function describedTrees(
  of: TreeSubject,
  { history, tables, firstSeed }: ExportInput,
  tree: Tree,
  options: TreeOptions & { readonly row: Int32Array },
  sink: Sink,
): Promise<void> {
  const { seed, scene } = history.provenance;
  const names = speciesNames(history, firstSeed ?? seed);
  const isBrief = of === 'organisms' && tree.count > mostDescribed;
  const textOf =
    of === 'species'
      ? await speciesTexts(history, names, tables)
      : isBrief
        ? (row: number): CladeText => ({ ...speciesOf(history, names, row), properties: [] })
        : await organismTexts(history, names, tables);
  const brief = isBrief ? `; without properties, because there are more than ${mostDescribed} organisms: export a sample` : '';
  const subject = of === 'species' ? 'Species' : 'Organisms';
  const title = `${subject} of ${scene.title ?? scene.name}, seed ${seed}, to tick ${history.endTick}${brief}`;
  writePhyloxml(tree, { ...options, title, describe: (node) => textOf(options.row[node]) }, sink);
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
