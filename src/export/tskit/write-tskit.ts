import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { TextSink } from '../trees/text-sink.ts';
import { encodeBase64 } from './base64.ts';
import { writeEdges } from './edges.ts';
import { writeIndividuals } from './individuals.ts';
import { writeMutations } from './mutations.ts';
import { writeNodes } from './nodes.ts';
import { type NodePlan, planNodes } from './plan-nodes.ts';
import { writeSites } from './sites.ts';

/** Names of the text tables that `tskit.load_text` reads. */
export const tskitFiles = ['nodes.txt', 'edges.txt', 'individuals.txt', 'sites.txt', 'mutations.txt', 'populations.txt'] as const;
export type TskitFile = (typeof tskitFiles)[number];

/**
 * Gives a writer for each text table; the numbering that they share is made when the first table is written.
 * @param sampled 1 for organisms whose nodes are samples; undefined: all living organisms
 */
export function tskitWriters(history: History, sampled?: Uint8Array): Readonly<Record<TskitFile, (sink: Sink) => void>> {
  let made: NodePlan | undefined;
  const plan = () => (made ??= planNodes(history));
  return {
    'nodes.txt': (sink) => writeNodes(history, plan(), sampled, sink),
    'edges.txt': (sink) => writeEdges(history, plan(), sink),
    'individuals.txt': (sink) => writeIndividuals(history, plan(), sink),
    'sites.txt': (sink) => writeSites(history, plan().length, sink),
    'mutations.txt': (sink) => writeMutations(history, plan(), sink),
    'populations.txt': (sink) => writeText(populationLines(history), sink),
  };
}

function populationLines({ populations }: History): string {
  const rows = populations.map(({ name, loci, ploidy }) => `${encodeBase64(JSON.stringify({ name, loci, ploidy }))}\n`);
  return `metadata\n${rows.join('')}`;
}

function writeText(text: string, sink: Sink): void {
  const writer = new TextSink(sink);
  writer.write(text);
  writer.flush();
}
