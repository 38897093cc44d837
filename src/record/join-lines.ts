import type { Genomes } from './genomes.ts';
import type { Individuals } from './individuals.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';

/**
 * Joins ancestors of which only one line is left to the next of that line: those that died before a tick, are not
 * fossils, had one parent and have one kept child. Memory then follows where lines meet and not how long they are.
 * Lines with two parents, those of organisms that received or gave genes, and those with a birth after the parent's death are not changed.
 */
export function joinLines(individuals: Individuals, genomes: Genomes, before: number): void {
  if (individuals.keepAll) return;
  const { rowsUsed, chunks } = individuals;
  const children = new Uint32Array(rowsUsed);
  for (let row = 0; row < rowsUsed; row++) {
    const chunk = chunks[row >> chunkBits];
    const at = row & chunkMask;
    const first = chunk.firstRow[at];
    if ((chunk.flags[at] & flag.kept) === 0 || first < 0) continue;
    // A line has an organism that lives at every tick: one with a pause is not joined.
    children[first] += beganAfterDeath(individuals, row) ? 2 : 1;
  }
  const isClone = (row: number) => chunks[row >> chunkBits].second[row & chunkMask] < 0;
  const receivedNothing = (row: number) => chunks[row >> chunkBits].transfersAt[row & chunkMask] < 0;
  const joinable = (row: number): boolean => {
    const chunk = chunks[row >> chunkBits];
    const at = row & chunkMask;
    const first = chunk.firstRow[at];
    if ((chunk.flags[at] & (flag.held | flag.fossil)) !== 0 || chunk.deathTick[at] >= before) return false;
    // One reference, which is a child's to its first parent.
    if (first < 0 || children[row] !== 1 || chunk.references[at] !== 1) return false;
    return isClone(row) && receivedNothing(row) && receivedNothing(first);
  };
  const lines: number[] = [];
  for (let row = 0; row < rowsUsed; row++) {
    if (!individuals.has(row, flag.kept)) continue;
    const first = individuals.firstParentOf(row);
    if (first >= 0 && isClone(row) && joinable(first) && !joinable(row)) lines.push(row);
  }
  if (lines.length === 0) return;
  const joined = genomes.joinOnto(lines, joinable);
  for (let i = 0; i < lines.length; i++) for (let k = 0; k < joined[i]; k++) individuals.joinFirst(lines[i]);
}

/** Whether the line that a row represents began after the death of the parent that it has in the record: the first of the line was revived. */
function beganAfterDeath({ chunks }: Individuals, row: number): boolean {
  const chunk = chunks[row >> chunkBits];
  const at = row & chunkMask;
  const parent = chunks[chunk.firstRow[at] >> chunkBits];
  const parentAt = chunk.firstRow[at] & chunkMask;
  return (parent.flags[parentAt] & flag.living) === 0 && parent.deathTick[parentAt] < chunk.lineTick[at];
}
