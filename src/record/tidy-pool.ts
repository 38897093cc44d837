import { runWords } from './genome-runs.ts';
import type { Individuals } from './individuals.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';
import { moveTransfers } from './transfer-runs.ts';

/** Compacts the pool of a record once more than half of it is garbage. */
export function tidyPool({ pool, chunks, rowsUsed }: Individuals): void {
  if (!pool.wasteful) return;
  pool.startMoving();
  for (let row = 0; row < rowsUsed; row++) {
    const chunk = chunks[row >> chunkBits];
    const at = row & chunkMask;
    if ((chunk.flags[at] & flag.kept) === 0) continue;
    const genomeAt = chunk.genomeAt[at];
    chunk.genomeAt[at] = pool.move(genomeAt, runWords(pool.formerWord(genomeAt)));
    if (chunk.transfersAt[at] >= 0) chunk.transfersAt[at] = moveTransfers(pool, chunk.transfersAt[at]);
  }
  pool.finishMoving();
}
