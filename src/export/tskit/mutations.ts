import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { TextSink } from '../trees/text-sink.ts';
import { FormatError } from '../validate/format-error.ts';
import { eachEdge } from './edges.ts';
import type { NodePlan } from './plan-nodes.ts';
import { ancestralStates, stateText } from './sites.ts';

/**
 * Writes `mutations.txt`: one where a birth changed what came from the parents, at the time of the birth, and one where a
 * founder has another value than the first founder. Rows follow the nodes, so that a mutation comes after those above it.
 * @throws {FormatError} for a change at a locus that the genome lacks
 */
export function writeMutations(history: History, plan: NodePlan, sink: Sink): void {
  const writer = new TextSink(sink);
  writer.write('site\tnode\ttime\tderived_state\tparent\n');
  if (history.changes) write(history, history.changes, plan, writer);
  writer.flush();
}

function write(history: History, changes: NonNullable<History['changes']>, plan: NodePlan, writer: TextSink): void {
  const { organisms, populations, endTick } = history;
  const ancestral = ancestralStates(history, changes, plan.length);
  // Edges still to come from each node: a node without any left is forgotten.
  const uses = new Uint32Array(plan.nodes);
  eachEdge(history, plan, { edge: (_left, _right, parent) => uses[parent]++ });
  /** Last mutation at each site, by node; -1 for the ancestral state. */
  const above = new Map<number, Int32Array>();
  let current = new Int32Array(plan.length);
  let open: { node: number; row: number; haplotype: number } | undefined;
  let count = 0;
  const mutate = (row: number, haplotype: number, node: number) => {
    const { loci, ploidy } = populations[organisms.population[row]];
    const founder = organisms.firstParent[row] < 0 && organisms.secondParent[row] < 0;
    for (let k = changes.starts[row]; k < changes.starts[row + 1]; k++) {
      const site = changes.loci[k] - haplotype * loci;
      if (changes.loci[k] >= ploidy * loci) {
        const problem = `organism ${organisms.id[row]} changes locus ${changes.loci[k]} of ${ploidy * loci}`;
        throw new FormatError('tskit', `${problem}, which does not exist`);
      }
      if (site < 0 || site >= loci || (founder && Object.is(changes.values[k], ancestral[site]))) continue;
      const time = endTick - organisms.birthTick[row];
      writer.write(`${site}\t${node}\t${time}\t${stateText(changes.values[k])}\t${current[site]}\n`);
      current[site] = count++;
    }
  };
  const close = () => {
    if (open === undefined) return;
    const { node, row, haplotype } = open;
    if (row >= 0) mutate(row, haplotype, node);
    if (uses[node] === 0) return;
    above.set(node, current);
    current = new Int32Array(plan.length);
  };
  eachEdge(history, plan, {
    node(node, row, haplotype) {
      close();
      open = { node, row, haplotype };
      current.fill(-1);
    },
    edge(left, right, parent) {
      const from = above.get(parent) as Int32Array;
      for (let site = left; site < right; site++) current[site] = from[site];
      if (--uses[parent] === 0) above.delete(parent);
    },
  });
  close();
}
