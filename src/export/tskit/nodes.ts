import type { Sink } from '../export-table.ts';
import type { History } from '../history.ts';
import { TextSink } from '../trees/text-sink.ts';
import { inOrderOfTime, type NodePlan } from './plan-nodes.ts';

/**
 * Writes `nodes.txt`: a node for each haplotype at birth and for each haplotype that received genes in a tick. Time is ticks
 * ago. Samples are the newest nodes of the organisms that `sampled` marks with 1; without it, of all living organisms.
 */
export function writeNodes(history: History, plan: NodePlan, sampled: Uint8Array | undefined, sink: Sink): void {
  const writer = new TextSink(sink);
  writer.write('is_sample\ttime\tpopulation\tindividual\n');
  eachNode(history, plan, sampled, (isSample, time, population, individual) =>
    writer.write(`${isSample}\t${time}\t${population}\t${individual}\n`),
  );
  writer.flush();
}

/** Calls back for each node, in the order of their numbers; as for `writeNodes`. */
export function eachNode(
  history: History,
  plan: NodePlan,
  sampled: Uint8Array | undefined,
  each: (isSample: number, time: number, population: number, individual: number) => void,
): void {
  const { organisms, transfers, populations, endTick } = history;
  const sample = (row: number) => (sampled ? sampled[row] : Number(Number.isNaN(organisms.deathTick[row])));
  inOrderOfTime(history, {
    organism(row) {
      const population = organisms.population[row];
      const isSample = sample(row);
      for (let h = 0; h < populations[population].ploidy; h++) {
        const isNewest = plan.newestNode[2 * row + h] === plan.organismNode[row] + h;
        each(isNewest ? isSample : 0, endTick - organisms.birthTick[row], population, plan.organismIndividual[row]);
      }
    },
    transfers(from, to) {
      for (let i = from; i < to; i++) {
        const k = plan.transferOrder[i];
        const node = plan.transferNode[k];
        if (i > from && node === plan.transferNode[plan.transferOrder[i - 1]]) continue;
        const row = transfers.recipient[k];
        const newest = plan.newestNode[2 * row + transfers.recipientHaplotype[k]] === node;
        // Half a tick before the births of its tick, half a tick after those of the previous tick.
        const ago = endTick - transfers.tick[k] + 0.5;
        each(newest ? sample(row) : 0, ago, organisms.population[row], plan.transferIndividual[k]);
      }
    },
  });
}
