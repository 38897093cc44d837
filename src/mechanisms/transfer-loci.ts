// Copies loci from one living organism into another, for the mechanism of horizontal transfer.

import { expressCopies, expressLocus } from '../genome/express.ts';
import { asRows } from '../kernel/arguments.ts';
import type { Block } from '../kernel/memory.ts';
import { log1p } from '../math/expm1.ts';
import { followLoci } from '../population/copy-alleles.ts';
import type { Population } from '../population/population.ts';
import { rowsByKey } from '../population/rows-by-key.ts';

const rooms = new WeakMap<Population, { readonly former: Block; readonly pending: Block; readonly events: Block }>();

/** Room for a copy of all genomes, for what is to be replaced and for a list of what was; grown as needed. */
function roomOf(population: Population, formerBytes: number, pendingBytes: number, eventBytes: number) {
  const { arena, name } = population;
  let room = rooms.get(population);
  if (!room) {
    room = {
      former: arena.allocate(`${name} former genomes`, 16),
      pending: arena.allocate(`${name} loci to be replaced`, 16),
      events: arena.allocate(`${name} replaced loci`, 16),
    };
    rooms.set(population, room);
  }
  const wanted = [
    { block: room.former, bytes: formerBytes },
    { block: room.pending, bytes: pendingBytes },
    { block: room.events, bytes: eventBytes },
  ].filter(({ block, bytes }) => block.bytes < bytes);
  if (wanted.length > 0) arena.resize(wanted.map(({ block, bytes }) => ({ block, bytes: 2 * bytes, liveBytes: 0 })));
  return room;
}

/**
 * Every locus is independently replaced, with a chance, by that of an organism drawn from all, as genomes were when the tick
 * began. Replacements are recorded in `population.transfers` only while inheritance is traced, because they are many.
 */
export function transferLoci(population: Population, chance: number, stream: readonly [number, number], tick: number): void {
  const { table, layout, haplotypes, ploidy, arena } = population;
  const { count } = table;
  if (chance === 0 || count < 2) return;
  const inverse = chance < 1 ? 1 / log1p(-chance) : -0;
  const columnBytes = count * layout.stride * 4;
  // The expectation and ten standard deviations.
  const expected = chance * count * layout.stride;
  const most = Math.min(count * layout.stride, Math.ceil(expected + 10 * Math.sqrt(expected) + 16));
  const listed = population.tracers > 0 || population.originTraces.length > 0;
  const room = listed ? most : 0;
  // Former genomes are needed after the replacement if its effect is recorded, or if two columns give to each other.
  const keeps = population.tracers > 0 || ploidy === 2 || table.ownColumns.some(({ start }) => start === 'genome');
  const blocks = roomOf(population, keeps ? ploidy * columnBytes : 0, most * 8, ploidy * room * 12);
  // `dying` is written later in the tick: until then it holds a list.
  const { dying, keyLow, keyHigh } = table.columns;
  const order = population.drawsByRow ? undefined : dying;
  if (order) order.values.set(rowsByKey(population));
  const genomes = haplotypes.map((name) => table.of(name));
  if (keeps) for (const [h, genome] of genomes.entries()) blocks.former.u8().set(table.bytes(genome), h * columnBytes);
  const done = genomes.map((genome, h) =>
    arena.kernel.shuffleLoci({
      count,
      genome,
      slots: layout.stride,
      used: layout.stride,
      former: keeps ? blocks.former : genome,
      ploidy,
      order,
      inverse,
      keyLow,
      keyHigh,
      stream: h === 0 ? stream : population.stream('transfer.2'),
      tick,
      pending: blocks.pending,
      most,
      events: asRows(blocks.events, 'u32', 3, h * room * 12),
      room,
    }),
  );
  if (done.some((replaced) => replaced > most)) throw new Error(`transfer: more than ${most} loci would be replaced`);
  if (done.every((replaced) => replaced === 0)) return;
  if (listed && done.some((replaced) => replaced > room))
    throw new Error(`transfer: room for ${room} replaced loci is too little`);
  if (population.tracers > 0) note(population, blocks.events.u32(), blocks.former.f32(), done, room);
  followLoci(population, blocks.events.u32(), done, room);
  const former = table.ownColumns.some(({ start }) => start === 'genome')
    ? expressedBefore(population, blocks.former.f32())
    : undefined;
  population.redevelopAll();
  if (former) restartChanged(population, former);
}

/** A copy of what was expressed before loci were replaced: of a haploid its former genome, of a diploid what is still there. */
function expressedBefore({ table, layout, ploidy }: Population, former: Float32Array): Float32Array {
  const length = table.count * layout.stride;
  return (ploidy === 1 ? former : table.f32('genome')).slice(0, length);
}

/** What had been built on the replaced loci starts again there. */
function restartChanged(population: Population, former: Float32Array): void {
  const { stride } = population.layout;
  const genome = population.table.f32('genome');
  for (let at = 0; at < former.length; at++) {
    if (genome[at] === former[at]) continue;
    const slot = at % stride;
    population.restartSlots((at - slot) / stride, slot, slot + 1);
  }
}

/** Records the replacements: those of the first haplotypes, then those of the second. */
function note(population: Population, words: Uint32Array, former: Float32Array, done: readonly number[], room: number): void {
  const { table, layout, haplotypes, ploidy, transfers, traits } = population;
  const { stride, ranges, loci } = layout;
  const id = table.f64('id');
  const columns = haplotypes.map((name) => table.f32(name));
  const column = table.count * stride;
  const rangeOf = new Int32Array(stride).fill(-1);
  for (const [t, { slot }] of ranges.entries()) rangeOf[slot] = t;
  const isLocus = new Uint8Array(stride);
  for (const { slot } of loci) isLocus[slot] = 1;
  transfers.begin(
    'transfer',
    done.reduce((sum, replaced) => sum + replaced, 0),
  );
  for (const [h, replaced] of done.entries()) {
    for (let i = 0; i < replaced; i++) {
      const at = 3 * (h * room + i);
      const slot = words[at + 2] & 0x7fff_ffff;
      if (isLocus[slot] === 0) continue;
      const k = transfers.count++;
      const [row, donor] = [words[at], words[at + 1]];
      transfers.recipientRow[k] = row;
      transfers.donorRow[k] = donor;
      transfers.recipient[k] = id[row];
      transfers.donor[k] = id[donor];
      transfers.recipientHaplotype[k] = h;
      transfers.donorHaplotype[k] = words[at + 2] >>> 31;
      transfers.start[k] = slot;
      transfers.end[k] = slot + 1;
      transfers.keepValues(k, columns[h], row * stride + slot, row * stride + slot + 1);
      const change = k * traits.length;
      transfers.traitChange.fill(0, change, change + traits.length);
      const t = rangeOf[slot];
      if (t < 0) continue;
      const place = row * stride + slot;
      const now = columns[h][place];
      const was = former[h * column + place];
      // Of a diploid the first haplotype was replaced before the second.
      const other = ploidy === 1 ? 0 : h === 0 ? former[column + place] : columns[0][place];
      const expressed = (value: number) =>
        expressLocus(ranges[t], ploidy === 1 ? value : expressCopies(layout, slot, value, other));
      transfers.traitChange[change + t] = expressed(now) - expressed(was);
    }
  }
}
