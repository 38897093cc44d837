import type { Sink } from './export-table.ts';
import type { ExportInput, TreeSubject } from './format-list.ts';
import type { History } from './history.ts';
import type { DrawnHistory } from './trees/drawn-history.ts';
import { writeExtendedNewick } from './trees/extended-newick.ts';
import { writeNewick } from './trees/newick.ts';
import { writeNexus } from './trees/nexus.ts';
import { organismNetwork } from './trees/organism-network.ts';
import { organismTree } from './trees/organism-tree.ts';
import { speciesNetwork } from './trees/species-network.ts';
import { speciesTree } from './trees/species-tree.ts';

interface TreeFormat {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly extension: string;
  write(of: TreeSubject, input: ExportInput, sink: Sink): void;
}

/** The formats of trees. */
export const treeFiles: readonly TreeFormat[] = [
  {
    id: 'newick',
    title: 'Newick',
    description: 'Trees of species and of organisms along first parents, dated, one a line.',
    extension: 'nwk',
    write(of, input, sink) {
      const { tree, tips, label } = drawn(of, input);
      writeNewick(tree, { present: input.history.endTick, ...input.choices, tips, label }, sink);
    },
  },
  {
    id: 'nexus',
    title: 'NEXUS',
    description: 'The same trees with a list of their tips.',
    extension: 'nex',
    write(of, input, sink) {
      const { tree, tips, label } = drawn(of, input);
      writeNexus(tree, { present: input.history.endTick, ...input.choices, tips, label }, sink);
    },
  },
  {
    id: 'extended-newick',
    title: 'Extended Newick',
    description: 'The same with second parents, transfers of genes and mergers of species, each as a hybrid node.',
    extension: 'enwk',
    write(of, { history }, sink) {
      const { tree, reticulations, label } = of === 'species' ? speciesNetwork(history.species) : organismNetwork(history, 'all');
      writeExtendedNewick(tree, reticulations, { present: history.endTick, label }, sink);
    },
  },
];

function drawn(of: TreeSubject, { history, sampled }: ExportInput): DrawnHistory {
  if (of === 'species') return speciesTree(history.species);
  return organismTree(history.organisms, sampled === undefined ? 'all' : idsOf(history, sampled));
}

function idsOf({ organisms }: History, sampled: Uint8Array): Float64Array {
  return organisms.id.filter((_, row) => sampled[row] === 1);
}
