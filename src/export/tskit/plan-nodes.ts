import type { History } from '../history.ts';
import { FormatError } from '../validate/format-error.ts';

/**
 * Numbers of nodes and individuals. Organisms and transfers are visited in the order of time, so that parents and donors come
 * before those that have genes from them, as tskit requires of individuals.
 */
export interface NodePlan {
  /** Length of the genome in loci: that of the population with most loci. */
  readonly length: number;
  /** Nodes 0 to `nodes - 1`, individuals 0 to `individuals - 1`. */
  readonly nodes: number;
  readonly individuals: number;
  /** First node of organism i, that of its first haplotype; the second follows. And its individual. */
  readonly organismNode: Uint32Array;
  readonly organismIndividual: Uint32Array;
  /**
   * Node of transfer k, and its individual: all that one haplotype receives in a tick makes one node, all that one organism
   * receives makes one individual.
   */
  readonly transferNode: Uint32Array;
  readonly transferIndividual: Uint32Array;
  /** Transfers in the order of their nodes, those of one node by their loci. Transfers of one tick stay together. */
  readonly transferOrder: Uint32Array;
  /** The last node of haplotype h of organism i, at [2 i + h]. */
  readonly newestNode: Uint32Array;
}

/** What `inOrderOfTime` calls. */
export interface TimeVisitor {
  organism(row: number): void;
  /** Transfers `from` to `to - 1`, all of one tick, which are also places of `transferOrder`. */
  transfers(from: number, to: number): void;
}

/** Visits organisms and transfers in the order of time; the transfers of a tick come before its births. */
export function inOrderOfTime({ organisms, transfers }: History, visitor: TimeVisitor): void {
  const { count, birthTick } = organisms;
  const { tick } = transfers;
  let next = 0;
  const transfersUpTo = (last: number) => {
    while (next < transfers.count && tick[next] <= last) {
      const from = next;
      while (next < transfers.count && tick[next] === tick[from]) next++;
      visitor.transfers(from, next);
    }
  };
  for (let row = 0; row < count; row++) {
    transfersUpTo(birthTick[row]);
    visitor.organism(row);
  }
  transfersUpTo(Number.POSITIVE_INFINITY);
}

/** @throws {FormatError} for a transfer whose recipient or donor was not born before it, and for two that replace one locus */
export function planNodes(history: History): NodePlan {
  const { organisms, transfers, populations } = history;
  const organismNode = new Uint32Array(organisms.count);
  const organismIndividual = new Uint32Array(organisms.count);
  const transferNode = new Uint32Array(transfers.count);
  const transferIndividual = new Uint32Array(transfers.count);
  const newestNode = new Uint32Array(2 * organisms.count);
  /** The last individual of organism i. */
  const newestIndividual = new Uint32Array(organisms.count);
  let nodes = 0;
  let individuals = 0;
  inOrderOfTime(history, {
    organism(row) {
      const { ploidy } = populations[organisms.population[row]];
      organismNode[row] = newestNode[2 * row] = nodes;
      newestNode[2 * row + 1] = nodes + ploidy - 1;
      nodes += ploidy;
      organismIndividual[row] = newestIndividual[row] = individuals++;
    },
    transfers(from, to) {
      const [firstNode, firstIndividual] = [nodes, individuals];
      for (let k = from; k < to; k++) {
        const recipient = transfers.recipient[k];
        for (const row of [recipient, transfers.donor[k]]) {
          if (row < 0 || organisms.birthTick[row] < transfers.tick[k]) continue;
          const who = `organism ${organisms.id[row]}, born at tick ${organisms.birthTick[row]}`;
          throw new FormatError(
            'tskit',
            `${who}, takes part in a transfer at tick ${transfers.tick[k]}; a recipient or donor must be born before the transfer`,
          );
        }
        // An organism that has already received in this tick has a node and an individual of this tick.
        if (newestIndividual[recipient] < firstIndividual) newestIndividual[recipient] = individuals++;
        const haplotype = 2 * recipient + transfers.recipientHaplotype[k];
        if (newestNode[haplotype] < firstNode) newestNode[haplotype] = nodes++;
        transferNode[k] = newestNode[haplotype];
        transferIndividual[k] = newestIndividual[recipient];
      }
    },
  });
  const { start, end } = transfers;
  const transferOrder = Uint32Array.from(transferNode, (_, k) => k);
  transferOrder.sort((a, b) => transferNode[a] - transferNode[b] || start[a] - start[b]);
  for (let i = 1; i < transferOrder.length; i++) {
    const [before, k] = [transferOrder[i - 1], transferOrder[i]];
    if (transferNode[before] !== transferNode[k] || end[before] <= start[k]) continue;
    const who = `organism ${organisms.id[transfers.recipient[k]]}`;
    throw new FormatError('tskit', `two transfers to ${who} at tick ${transfers.tick[k]} both replace locus ${start[k]}`);
  }
  const length = populations.reduce((most, { loci }) => Math.max(most, loci), 0);
  return {
    length,
    nodes,
    individuals,
    organismNode,
    organismIndividual,
    transferNode,
    transferIndividual,
    transferOrder,
    newestNode,
  };
}
