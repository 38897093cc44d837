import type { Population } from '../population/population.ts';
import type { DeathEvents } from '../simulation/types.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import { knownRow, type Stores } from './stores.ts';

/** Records the deaths of one population in one tick. The dead stay in the record until the next one, and those in its bank for as long as they are there. */
export function takeDeaths(stores: Stores, { bank, index }: Population, deaths: DeathEvents, tick: number): void {
  const { individuals, dead, banked } = stores;
  for (let k = 0; k < deaths.count; k++) {
    const row = knownRow(stores, deaths.id[k]);
    individuals.die(row, tick, deaths.cause[k]);
    if (bank?.holds(deaths.id[k])) {
      individuals.bank(row);
      banked[index].set(deaths.id[k], row);
      continue;
    }
    closeLedger(stores, row);
    dead.push(row);
  }
}

/** Lets go of those that have left the bank of their population. */
export function leaveBank(stores: Stores, { bank, index }: Population): void {
  const banked = stores.banked[index];
  for (const [id, row] of banked) {
    if (bank?.holds(id)) continue;
    banked.delete(id);
    closeLedger(stores, row);
    stores.individuals.letGo(row);
  }
}

function closeLedger({ individuals, ledgers }: Stores, row: number): void {
  const chunk = individuals.chunks[row >> chunkBits];
  ledgers.giveBack(chunk.ledger[row & chunkMask]);
  chunk.ledger[row & chunkMask] = -1;
}
