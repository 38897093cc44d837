import type { TransferEvents } from '../simulation/types.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import { knownRow, type Stores } from './stores.ts';

/** One object for all transfers, overwritten for each: events allocate nothing. */
const transfer = { tick: 0, donor: 0, donorRow: 0, recipientHaplotype: 0, donorHaplotype: 0, start: 0, end: 0 };

/** Records the transfers of one population in one tick. */
export function takeTransfers(stores: Stores, events: TransferEvents, tick: number): void {
  const { individuals, ledgers } = stores;
  // Donors first: where loci come one by one, the search for the donor's former state would pass everything it received in this tick.
  for (let k = 0; k < events.count; k++) individuals.linkDonor(knownRow(stores, events.donor[k]), tick);
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
