import type { DeathEvents } from '../simulation/types.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import { knownRow, type Stores } from './stores.ts';

/** Records the deaths of one population in one tick. The dead stay in the record until the next one. */
export function takeDeaths(stores: Stores, deaths: DeathEvents, tick: number): void {
  const { individuals, ledgers, dead } = stores;
  for (let k = 0; k < deaths.count; k++) {
    const row = knownRow(stores, deaths.id[k]);
    individuals.die(row, tick, deaths.cause[k]);
    const chunk = individuals.chunks[row >> chunkBits];
    ledgers.giveBack(chunk.ledger[row & chunkMask]);
    chunk.ledger[row & chunkMask] = -1;
    dead.push(row);
  }
}
