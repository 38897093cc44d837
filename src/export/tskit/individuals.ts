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
  const { organisms, transfers } = history;
  const writer = new TextSink(sink);
  const newest = plan.organismIndividual.slice();
  const line = (parents: string, row: number, more: string) =>
    writer.write(`0\t\t${parents}\t${encodeBase64(`{"id":${organisms.id[row]}${more}}`)}\n`);
  writer.write('flags\tlocation\tparents\tmetadata\n');
  inOrderOfTime(history, {
    organism(row) {
      const first = organisms.firstParent[row];
      const second = organisms.secondParent[row];
      const parents = first < 0 ? '' : String(newest[first]);
      line(second < 0 || second === first ? parents : `${parents === '' ? '' : `${parents},`}${newest[second]}`, row, '');
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
      for (const [recipient, own] of parents) line([...own].join(), recipient, `,"transfer_tick":${transfers.tick[from]}`);
      for (let k = from; k < to; k++) newest[transfers.recipient[k]] = plan.transferIndividual[k];
    },
  });
  writer.flush();
}
