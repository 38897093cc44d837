import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { TextSink } from '../trees/text-sink.ts';
import { FormatError } from '../validate/format-error.ts';
import { encodeBase64 } from './base64.ts';
import type { ChosenSites } from './chosen-sites.ts';
import { inheritLoci } from './inherit-loci.ts';
import type { NodePlan } from './plan-nodes.ts';
import { ancestralStates, stateText } from './sites.ts';

/**
 * Writes `mutations.txt`: one where a birth changed what came from the parents, at the time of the birth, and one where a
 * founder has another value than the first founder. Rows follow the nodes, so that a mutation comes after those above it.
 * @throws {FormatError} for a change at a locus that the genome lacks
 */
export function writeMutations(history: History, plan: NodePlan, sites: ChosenSites, sink: Sink): void {
  const writer = new TextSink(sink);
  writer.write('site\tnode\ttime\tderived_state\tparent\tmetadata\n');
  eachSiteMutation(history, plan, sites, ({ site, node, time, value, parent }) => {
    const state = stateText(value);
    writer.write(`${site}\t${node}\t${time}\t${state}\t${parent}\t${encodeBase64(valueMetadata(state))}\n`);
  });
  writer.flush();
}

/** Metadata of a mutation: its value as a number. */
export const valueMetadata = (state: string): string => `{"value":${state}}`;

/** A mutation at a site. */
export interface SiteMutation {
  readonly site: number;
  readonly node: number;
  /** Ticks ago. */
  readonly time: number;
  readonly value: number;
  /** Number of the last mutation above it at its site, in the order of calls; -1 for none. */
  readonly parent: number;
}

/**
 * Calls back for each mutation at the chosen sites, in the order of nodes; nothing where changes are not known.
 * @throws {FormatError} for a change at a locus that the genome lacks
 */
export function eachSiteMutation(
  history: History,
  plan: NodePlan,
  { siteAt }: ChosenSites,
  each: (mutation: SiteMutation) => void,
): void {
  const { changes } = history;
  if (!changes) return;
  const ancestral = ancestralStates(history, changes, plan.length);
  let count = 0;
  inheritLoci(history, plan, {
    // Last mutation at each site; -1 for the ancestral state.
    unknown: () => -1,
    node(node, row, haplotype, current) {
      if (row < 0) return;
      const time = history.endTick - history.organisms.birthTick[row];
      eachMutation(history, changes, row, haplotype, ancestral, (locus, value) => {
        if (siteAt[locus] < 0) return;
        each({ site: siteAt[locus], node, time, value, parent: current[locus] });
        current[locus] = count++;
      });
    },
  });
}

/**
 * Calls back for each locus at which a haplotype was born with another value than its sources had; of founders, than the ancestral states, where these are given.
 * @throws {FormatError} for a change at a locus that the genome lacks
 */
export function eachMutation(
  { organisms, populations }: History,
  changes: NonNullable<History['changes']>,
  row: number,
  haplotype: number,
  ancestral: Float32Array | undefined,
  each: (site: number, value: number) => void,
): void {
  const { loci, ploidy } = populations[organisms.population[row]];
  const founder = organisms.firstParent[row] < 0 && organisms.secondParent[row] < 0;
  if (founder && !ancestral) return;
  for (let k = changes.starts[row]; k < changes.starts[row + 1]; k++) {
    const site = changes.loci[k] - haplotype * loci;
    if (changes.loci[k] >= ploidy * loci) {
      const problem = `organism ${organisms.id[row]} changes locus ${changes.loci[k]} of ${ploidy * loci}`;
      throw new FormatError('tskit', `${problem}, which does not exist`);
    }
    if (site < 0 || site >= loci || (founder && ancestral && Object.is(changes.values[k], ancestral[site]))) continue;
    each(site, changes.values[k]);
  }
}
