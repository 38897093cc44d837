import type { Sink } from '../export-table.ts';
import type { History, HistoryPopulation } from '../history.ts';
import { TextSink } from '../trees/text-sink.ts';
import { encodeBase64 } from './base64.ts';
import { chooseSites } from './chosen-sites.ts';
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
 * @param wanted names of loci and segments that are sites; undefined: all loci
 */
export function tskitWriters(
  history: History,
  sampled?: Uint8Array,
  wanted?: readonly string[],
): Readonly<Record<TskitFile, (sink: Sink) => void>> {
  let made: NodePlan | undefined;
  const plan = () => (made ??= planNodes(history));
  const sites = () => chooseSites(history, plan().length, wanted);
  return {
    'nodes.txt': (sink) => writeNodes(history, plan(), sampled, sink),
    'edges.txt': (sink) => writeEdges(history, plan(), sink),
    'individuals.txt': (sink) => writeIndividuals(history, plan(), sink),
    'sites.txt': (sink) => writeSites(history, sites(), plan().length, sink),
    'mutations.txt': (sink) => writeMutations(history, plan(), sites(), sink),
    'populations.txt': (sink) => writeText(populationLines(history), sink),
  };
}

/** Metadata of a population. */
export const populationMetadata = ({ name, loci, ploidy }: HistoryPopulation): string => JSON.stringify({ name, loci, ploidy });

function populationLines({ populations }: History): string {
  const rows = populations.map((population) => `${encodeBase64(populationMetadata(population))}\n`);
  return `metadata\n${rows.join('')}`;
}

function writeText(text: string, sink: Sink): void {
  const writer = new TextSink(sink);
  writer.write(text);
  writer.flush();
}
