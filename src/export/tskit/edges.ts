import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { TextSink } from '../trees/text-sink.ts';
import { FormatError } from '../validate/format-error.ts';
import { inOrderOfTime, type NodePlan } from './plan-nodes.ts';

const nobody = [-1, -1] as const;

/**
 * What `eachEdge` calls: every node, in the order of their numbers, and after it the edges to the nodes that it is made from.
 */
export interface EdgeVisitor {
  /** @param born row of the organism that the node is a haplotype of at its birth, -1 for the node of a transfer */
  node?(node: number, born: number, haplotype: number): void;
  edge(left: number, right: number, parent: number, child: number): void;
}

/** Writes `edges.txt`: the loci that each node inherits, and from which node. */
export function writeEdges(history: History, plan: NodePlan, sink: Sink): void {
  const writer = new TextSink(sink);
  writer.write('left\tright\tparent\tchild\n');
  eachEdge(history, plan, {
    edge: (left, right, parent, child) => writer.write(`${left}\t${right}\t${parent}\t${child}\n`),
  });
  writer.flush();
}

/**
 * Passes the loci of each node and the nodes that they come from to a visitor. A node at birth inherits them from the nodes
 * that its parents' haplotypes had then. The node of a haplotype that received genes inherits these from the donors, as they
 * were before the tick, and the rest from its own former node. Loci whose source the record has dropped have no edge.
 * @throws {FormatError} for a parent that was not born before its child
 */
export function eachEdge(history: History, plan: NodePlan, visitor: EdgeVisitor): void {
  const { organisms, transfers, populations } = history;
  const { firstParent, secondParent, firstShare, birthTick, gameteStarts, gametes } = organisms;
  // Newest node of haplotype h of organism i, at [2 i + h].
  const newest = new Uint32Array(2 * organisms.count);
  const edge = (left: number, right: number, parent: number, child: number) => {
    if (right > left) visitor.edge(left, right, parent, child);
  };
  /** One gamete: `sources[s]` is the place of source s in `newest`, -1 where the source is unknown. */
  const gamete = (row: number, g: number, loci: number, sources: readonly [number, number], untold: number) => {
    const child = plan.organismNode[row] + g;
    visitor.node?.(child, row, g);
    const start = gameteStarts[2 * row + g];
    const end = gameteStarts[2 * row + g + 1];
    let source = start < end ? gametes[start] : untold;
    let left = 0;
    for (let k = start + 1; k <= end; k++) {
      const right = k < end ? gametes[k] : loci;
      if (right < left || right > loci)
        throw new FormatError('tskit', `a gamete of organism ${organisms.id[row]} has no order of loci`);
      if (sources[source] >= 0) edge(left, right, newest[sources[source]], child);
      left = right;
      source = 1 - source;
    }
    if (start === end && sources[source] >= 0) edge(0, loci, newest[sources[source]], child);
  };
  inOrderOfTime(history, {
    organism(row) {
      const { loci, ploidy } = populations[organisms.population[row]];
      const first = firstParent[row];
      const second = secondParent[row];
      for (const parent of [first, second]) {
        if (parent < 0 || birthTick[parent] < birthTick[row]) continue;
        const who = `organism ${organisms.id[parent]}, born at tick ${birthTick[parent]}`;
        throw new FormatError(
          'tskit',
          `${who}, is a parent of ${organisms.id[row]}, born at tick ${birthTick[row]}; a parent must be older`,
        );
      }
      newest[2 * row] = plan.organismNode[row];
      newest[2 * row + 1] = plan.organismNode[row] + ploidy - 1;
      if (ploidy === 1) {
        gamete(row, 0, loci, [first < 0 ? -1 : 2 * first, second < 0 ? -1 : 2 * second], 0);
        return;
      }
      // Where all loci come from the first parent, the second haplotype does too; otherwise a missing second parent was
      // dropped.
      const other = second < 0 && firstShare[row] === 1 ? first : second;
      gamete(row, 0, loci, first < 0 ? nobody : [2 * first, 2 * first + 1], 0);
      gamete(row, 1, loci, other < 0 ? nobody : [2 * other, 2 * other + 1], 1);
    },
    transfers(from, to) {
      for (let i = from; i < to; i++) {
        const k = plan.transferOrder[i];
        const child = plan.transferNode[k];
        const recipient = transfers.recipient[k];
        const former = newest[2 * recipient + transfers.recipientHaplotype[k]];
        const isFirst = i === from || plan.transferNode[plan.transferOrder[i - 1]] !== child;
        const isLast = i === to - 1 || plan.transferNode[plan.transferOrder[i + 1]] !== child;
        if (isFirst) {
          visitor.node?.(child, -1, transfers.recipientHaplotype[k]);
          edge(0, transfers.start[k], former, child);
        }
        const donor = transfers.donor[k];
        if (donor >= 0) edge(transfers.start[k], transfers.end[k], newest[2 * donor + transfers.donorHaplotype[k]], child);
        const rest = isLast ? populations[organisms.population[recipient]].loci : transfers.start[plan.transferOrder[i + 1]];
        edge(transfers.end[k], rest, former, child);
      }
      for (let k = from; k < to; k++) newest[2 * transfers.recipient[k] + transfers.recipientHaplotype[k]] = plan.transferNode[k];
    },
  });
}
