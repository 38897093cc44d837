import type { History } from '../history.ts';
import { FormatError } from '../validate/format-error.ts';

/**
 * Numbers of nodes and individuals. Organisms and transfers are told in the order of time, so that parents and donors
 * stand before those who have genes from them, as tskit asks of individuals.
 */
export interface NodePlan {
  /** Length of the genome in loci: the most of any population. */
  readonly length: number;
  /** Nodes 0 to `nodes - 1`, individuals 0 to `individuals - 1`. */
  readonly nodes: number;
  readonly individuals: number;
  /** First node of organism i, that of its first haplotype; the second follows. And its individual. */
  readonly organismNode: Uint32Array;
  readonly organismIndividual: Uint32Array;
  /** Node that transfer k made, and its individual. */
  readonly transferNode: Uint32Array;
  readonly transferIndividual: Uint32Array;
  /** Last transfer to haplotype h of organism i, at [2 i + h]; -1 for none. */
  readonly lastTransfer: Int32Array;
}

/** What `inOrderOfTime` calls. */
export interface TimeVisitor {
  organism(row: number): void;
  /** Transfers `from` to `to - 1`, all of one tick. */
  transfers(from: number, to: number): void;
}

/** Tells organisms and transfers in the order of time; the transfers of a tick come before its births. */
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

/** @throws {FormatError} for a transfer whose recipient or donor was not born before it */
export function planNodes(history: History): NodePlan {
  const { organisms, transfers, populations } = history;
  const organismNode = new Uint32Array(organisms.count);
  const organismIndividual = new Uint32Array(organisms.count);
  const transferNode = new Uint32Array(transfers.count);
  const transferIndividual = new Uint32Array(transfers.count);
  const lastTransfer = new Int32Array(2 * organisms.count).fill(-1);
  let nodes = 0;
  let individuals = 0;
  inOrderOfTime(history, {
    organism(row) {
      organismNode[row] = nodes;
      nodes += populations[organisms.population[row]].ploidy;
      organismIndividual[row] = individuals++;
    },
    transfers(from, to) {
      for (let k = from; k < to; k++) {
        for (const row of [transfers.recipient[k], transfers.donor[k]]) {
          if (row < 0 || organisms.birthTick[row] < transfers.tick[k]) continue;
          const who = `organism ${organisms.id[row]}, born at tick ${organisms.birthTick[row]}`;
          throw new FormatError(
            'tskit',
            `${who}, takes part in a transfer at tick ${transfers.tick[k]}; the history has no order of time`,
          );
        }
        transferNode[k] = nodes++;
        transferIndividual[k] = individuals++;
        lastTransfer[2 * transfers.recipient[k] + transfers.recipientHaplotype[k]] = k;
      }
    },
  });
  const length = populations.reduce((most, { loci }) => Math.max(most, loci), 0);
  return { length, nodes, individuals, organismNode, organismIndividual, transferNode, transferIndividual, lastTransfer };
}
