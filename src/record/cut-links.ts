import type { Genomes } from './genomes.ts';
import type { Individuals } from './individuals.ts';
import { markNeeded } from './mark-needed.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';

/**
 * Cuts links to second parents of organisms born, and to donors of genes given, before a tick. First parents stay linked. A
 * pedigree of two parents never coalesces into few, so without this it would be kept for ever.
 */
export function cutLinks(individuals: Individuals, genomes: Genomes, before: number): void {
  if (individuals.keepAll || (individuals.secondLinks === 0 && individuals.donorLinks === 0)) return;
  const cut: number[] = [];
  const recipients: number[] = [];
  for (let row = 0; row < individuals.rowsUsed; row++) {
    const chunk = individuals.chunks[row >> chunkBits];
    const at = row & chunkMask;
    if ((chunk.flags[at] & flag.kept) === 0) continue;
    if (chunk.secondRow[at] >= 0 && chunk.birthTick[at] < before) cut.push(row);
    if (chunk.transfersAt[at] >= 0) recipients.push(row);
  }
  if (cut.length > 0) {
    // Most of them are kept only by links that are about to be cut: their genomes are not worth the work.
    const staying = markNeeded(individuals, flag.held | flag.fossil, before);
    genomes.settleOnFirst(cut.filter((row) => staying[row] === 1));
  }
  // A cut may free others of the list, and with them their links.
  for (const row of cut) if (individuals.secondParentOf(row) >= 0 && individuals.has(row, flag.kept)) individuals.cutSecond(row);
  for (const row of recipients) if (individuals.has(row, flag.kept)) individuals.cutDonors(row, before);
}
