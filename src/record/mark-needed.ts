import type { Individuals } from './individuals.ts';
import { chunkBits, chunkMask } from './row-chunk.ts';
import { donorRowOf, previousOf, tickOf } from './transfer-runs.ts';

/**
 * 1 for every row that rows with any of the `flags` need, including themselves, by first parents and by links to second
 * parents and donors that date from `before` or later; perhaps also for some others, because the time of the need is ignored.
 */
export function markNeeded(individuals: Individuals, flags: number, before: number): Uint8Array {
  const { pool } = individuals;
  const needed = new Uint8Array(individuals.rowsUsed);
  const open: number[] = [];
  const mark = (row: number) => {
    if (row < 0 || needed[row] === 1) return;
    needed[row] = 1;
    open.push(row);
  };
  for (let row = 0; row < individuals.rowsUsed; row++) if (individuals.has(row, flags)) mark(row);
  while (open.length > 0) {
    const row = open.pop() as number;
    const chunk = individuals.chunks[row >> chunkBits];
    const at = row & chunkMask;
    mark(chunk.firstRow[at]);
    if (chunk.birthTick[at] >= before) mark(chunk.secondRow[at]);
    for (let place = chunk.transfersAt[at]; place >= 0; place = previousOf(pool, place)) {
      if (tickOf(pool, place) >= before) mark(donorRowOf(pool, place));
    }
  }
  return needed;
}
