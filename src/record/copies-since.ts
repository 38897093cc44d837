import type { Population } from '../population/population.ts';
import type { Genomes } from './genomes.ts';
import type { Individuals } from './individuals.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';
import { donorRowOf, readTransfer, transfersFrom } from './transfer-runs.ts';

/** Most transfers for which origins are worked out: single loci transferred one by one are too many. */
const mostTransfers = 200_000;

interface Event {
  readonly tick: number;
  readonly recipient: number;
  readonly at: number;
}

/**
 * The copy, among those that lived at a tick, from which each copy of some loci of the living descends: by the pedigree, its masks and transfers,
 * without a trace. Loci within which transposons jump are not allowed.
 * @param slots of a haplotype
 * @returns a number for each copy, 0 for copies from outside, in the order of ids, haplotypes of an organism one behind the other, `slots.length` each; undefined if
 * second parents or donors are not followed that far back, or there were too many transfers
 */
export function copiesSince(
  individuals: Individuals,
  genomes: Genomes,
  { index, ploidy, births, table, count }: Population,
  slots: ArrayLike<number>,
  since: number,
): Uint32Array | undefined {
  const { pool } = individuals;
  const chunkOf = (row: number) => individuals.chunks[row >> chunkBits];
  const width = slots.length * ploidy;
  const began = (row: number) => chunkOf(row).lineTick[row & chunkMask] <= since;
  const died = (row: number) => !individuals.has(row, flag.living) && chunkOf(row).deathTick[row & chunkMask] <= since;
  const known = new Map<number, Uint32Array>();
  const copiesOf = (row: number): Uint32Array => {
    const there = known.get(row);
    if (there) return there;
    const own = new Uint32Array(width);
    // A line that began by then had exactly one clone of it living at that tick, even if it was joined to a later one; or it had died.
    if (began(row) && !died(row)) {
      for (let h = 0; h < ploidy; h++) own.fill(1 + row * ploidy + h, h * slots.length, (h + 1) * slots.length);
    }
    known.set(row, own);
    return own;
  };
  const transfers: Event[] = [];
  for (let row = 0; row < individuals.rowsUsed; row++) {
    const chunk = chunkOf(row);
    if (!individuals.has(row, flag.kept) || chunk.population[row & chunkMask] !== index) continue;
    for (const at of transfersFrom(pool, chunk.transfersAt[row & chunkMask])) {
      const { tick } = readTransfer(pool, at);
      if (tick > since) transfers.push({ tick, recipient: row, at });
    }
    if (transfers.length > mostTransfers) return undefined;
  }
  transfers.sort((a, b) => a.tick - b.tick);
  let next = 0;
  /** Makes the transfers up to a tick; all transfers of one tick read what was there before it. */
  const transferUpTo = (until: number): boolean => {
    while (next < transfers.length && transfers[next].tick <= until) {
      const { tick } = transfers[next];
      const given: (() => void)[] = [];
      const before = new Map<number, Uint32Array>();
      for (; next < transfers.length && transfers[next].tick === tick; next++) {
        const { recipient, at } = transfers[next];
        const donor = donorRowOf(pool, at);
        if (donor < 0) return false;
        const { recipientHaplotype, donorHaplotype, start, end } = readTransfer(pool, at);
        const from = before.get(donor) ?? copiesOf(donor).slice();
        before.set(donor, from);
        const to = copiesOf(recipient);
        given.push(() => {
          for (let l = 0; l < slots.length; l++) {
            if (slots[l] >= start && slots[l] < end)
              to[recipientHaplotype * slots.length + l] = from[donorHaplotype * slots.length + l];
          }
        });
      }
      for (const give of given) give();
    }
    return true;
  };
  for (const row of individuals.rowsBornAfter(since)) {
    const chunk = chunkOf(row);
    const at = row & chunkMask;
    if (chunk.population[at] !== index || began(row)) continue;
    if (!transferUpTo(chunk.birthTick[at])) return undefined;
    const [first, second] = [chunk.firstRow[at], chunk.secondRow[at]];
    const own = copiesOf(row);
    if (first < 0) continue;
    const masks = genomes.masksOf(row);
    // No masks are kept if everything came from the first parent.
    if (chunk.second[at] < 0 || !masks) {
      own.set(copiesOf(first));
      continue;
    }
    if (second < 0) return undefined;
    for (let g = 0; g < ploidy; g++) {
      const parent = copiesOf(g === 1 ? second : first);
      const other = ploidy === 1 ? copiesOf(second) : parent;
      for (let l = 0; l < slots.length; l++) {
        const bit = (masks[g * births.maskWords + (slots[l] >> 5)] >>> (slots[l] & 31)) & 1;
        own[g * slots.length + l] = bit === 1 ? other[(ploidy - 1) * slots.length + l] : parent[l];
      }
    }
  }
  if (!transferUpTo(Number.POSITIVE_INFINITY)) return undefined;
  const ids = table.f64('id').slice(0, count).sort();
  const names = new Uint32Array(count * width);
  for (const [k, id] of ids.entries()) names.set(copiesOf(individuals.rowOf(id)), k * width);
  return names;
}
