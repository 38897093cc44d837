import type { TransferEvents } from '../simulation/types.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import { knownRow, type Stores } from './stores.ts';

/** One for all transfers, written anew for each: events make no objects. */
const transfer = { tick: 0, donor: 0, donorRow: 0, recipientHaplotype: 0, donorHaplotype: 0, start: 0, end: 0 };

/** Takes in the transfers of one population in one tick. */
export function takeTransfers(stores: Stores, events: TransferEvents, tick: number): void {
  const { individuals, ledgers } = stores;
  for (let k = 0; k < events.count; k++) {
    const row = knownRow(stores, events.recipient[k]);
    transfer.tick = tick;
    transfer.donor = events.donor[k];
    transfer.donorRow = knownRow(stores, events.donor[k]);
    transfer.recipientHaplotype = events.recipientHaplotype[k];
    transfer.donorHaplotype = events.donorHaplotype[k];
    transfer.start = events.start[k];
    transfer.end = events.end[k];
    individuals.addTransfer(row, transfer, events.values, events.valueStarts[k]);
    const place = individuals.chunks[row >> chunkBits].ledger[row & chunkMask];
    ledgers.add(place, events.mechanism, events.traitChange, k * ledgers.traits.length);
  }
}
