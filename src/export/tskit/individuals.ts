import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { TextSink } from '../trees/text-sink.ts';
import { encodeBase64 } from './base64.ts';
import { inOrderOfTime, type NodePlan } from './plan-nodes.ts';

/**
 * Writes `individuals.txt`: a row for each organism at birth, and one for each organism that received genes in a tick, as it
 * was from then on; the parents of the latter are its former self and the donors. The metadata name the organism.
 */
export function writeIndividuals(history: History, plan: NodePlan, sink: Sink): void {
  const writer = new TextSink(sink);
  writer.write('flags\tlocation\tparents\tmetadata\n');
  eachIndividual(history, plan, ({ location, parents, metadata }) =>
    writer.write(`0\t${location.join()}\t${parents.join()}\t${encodeBase64(metadata)}\n`),
  );
  writer.flush();
}

/** An individual. */
export interface TskitIndividual {
  /** Place of birth, x and y; empty where it is not known. */
  readonly location: readonly number[];
  readonly parents: readonly number[];
  /** JSON: the id of the organism, and the tick of the transfer if it is of one. */
  readonly metadata: string;
}

/** Calls back for each individual, in the order of their numbers. */
export function eachIndividual(history: History, plan: NodePlan, each: (individual: TskitIndividual) => void): void {
  const { organisms, transfers } = history;
  const { birthX, birthY, id } = organisms;
  const newest = plan.organismIndividual.slice();
  const locationOf = (row: number) => (birthX && birthY && birthX[row] === birthX[row] ? [birthX[row], birthY[row]] : []);
  inOrderOfTime(history, {
    organism(row) {
      const [first, second] = [organisms.firstParent[row], organisms.secondParent[row]];
      const parents = [...(first < 0 ? [] : [newest[first]]), ...(second < 0 || second === first ? [] : [newest[second]])];
      each({ location: locationOf(row), parents, metadata: `{"id":${id[row]}}` });
    },
    transfers(from, to) {
      /** Parents of the individuals of this tick, in the order of their numbers. */
      const parents = new Map<number, Set<number>>();
      for (let k = from; k < to; k++) {
        const recipient = transfers.recipient[k];
        let own = parents.get(recipient);
        if (own === undefined) parents.set(recipient, (own = new Set([newest[recipient]])));
        if (transfers.donor[k] >= 0) own.add(newest[transfers.donor[k]]);
      }
      for (const [row, own] of parents) {
        const metadata = `{"id":${id[row]},"transfer_tick":${transfers.tick[from]}}`;
        each({ location: locationOf(row), parents: [...own], metadata });
      }
      for (let k = from; k < to; k++) newest[transfers.recipient[k]] = plan.transferIndividual[k];
    },
  });
}
