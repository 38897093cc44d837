import type { Individuals } from './individuals.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';

/** A living organism with a common ancestor. @experimental */
export interface LivingRelative {
  readonly id: number;
  readonly species: number;
  /** Id of the nearest common ancestor, which may be either of the two. */
  readonly ancestor: number;
  /** Births from that ancestor to the organism that is asked about, and to this one. */
  readonly up: number;
  readonly down: number;
}

/**
 * The living that share a kept ancestor with an individual, without itself: the fewest births apart first, then by id. Lines that the record has joined count with all their births.
 * @param seconds whether second parents count, as far as the record follows them
 */
export function livingRelatives(individuals: Individuals, id: number, seconds: boolean): readonly LivingRelative[] {
  const own = individuals.rowOf(id);
  if (own < 0) return [];
  const far = 0x7fff_ffff;
  const rows = individuals.rowsBornAfter(Number.NEGATIVE_INFINITY);
  const generationOf = (row: number) => individuals.chunks[row >> chunkBits].generation[row & chunkMask];
  /** Calls back with each parent and the number of births to it. */
  const eachParent = (row: number, each: (parent: number, births: number) => void) => {
    const first = individuals.firstParentOf(row);
    // Along first parents generations count births, also where ancestors between were joined.
    if (first >= 0) each(first, generationOf(row) - generationOf(first));
    const second = seconds ? individuals.secondParentOf(row) : -1;
    if (second >= 0) each(second, 1);
  };
  const up = new Int32Array(individuals.rowsUsed).fill(far);
  up[own] = 0;
  for (let k = rows.length - 1; k >= 0; k--) {
    const row = rows[k];
    if (up[row] === far) continue;
    eachParent(row, (parent, births) => {
      up[parent] = Math.min(up[parent], up[row] + births);
    });
  }
  const apart = new Int32Array(individuals.rowsUsed).fill(far);
  const shared = new Int32Array(individuals.rowsUsed).fill(-1);
  const found: LivingRelative[] = [];
  for (const row of rows) {
    if (up[row] < far) [apart[row], shared[row]] = [up[row], row];
    // Also for ancestors: with two parents an ancestor further back may be fewer births away.
    eachParent(row, (parent, births) => {
      if (apart[parent] === far) return;
      const sum = apart[parent] + births;
      if (sum < apart[row] || (sum === apart[row] && individuals.idOf(shared[parent]) > individuals.idOf(shared[row]))) {
        [apart[row], shared[row]] = [sum, shared[parent]];
      }
    });
    if (row === own || apart[row] === far || !individuals.has(row, flag.living)) continue;
    const ancestor = shared[row];
    found.push({
      id: individuals.idOf(row),
      species: individuals.speciesOf(row),
      ancestor: individuals.idOf(ancestor),
      up: up[ancestor],
      down: apart[row] - up[ancestor],
    });
  }
  return found.sort((a, b) => a.up + a.down - (b.up + b.down) || a.id - b.id);
}
