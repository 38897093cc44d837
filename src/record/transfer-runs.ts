import type { RecordedTransfer } from './types.ts';
import type { WordPool } from './word-pool.ts';

/**
 * A transfer in the pool: previous transfer of the same recipient (-1 for none), references, tick, row of the donor (-1
 * when the link is cut), id of the donor (low word, high word), haplotypes, start, end, then a value a slot.
 *
 * References are children born, genes given and fossils made after this transfer and before the recipient's next one: as
 * long as there are any, the recipient is needed as it was after this transfer.
 */
const word = { previous: 0, references: 1, tick: 2, donorRow: 3, donorLow: 4, donorHigh: 5, haplotypes: 6, start: 7, end: 8 };
const headWords = 9;

/** Words of a transfer of that many slots. */
export const transferWords = (slots: number): number => headWords + slots;

/** What one transfer brings, as in the events. */
export interface NewTransfer {
  tick: number;
  donor: number;
  donorRow: number;
  recipientHaplotype: number;
  donorHaplotype: number;
  start: number;
  end: number;
}

/** Writes a transfer whose values are in `values` from `from` on; returns its place. */
export function writeTransfer(
  pool: WordPool,
  previous: number,
  transfer: Readonly<NewTransfer>,
  values: Float32Array,
  from: number,
): number {
  const slots = transfer.end - transfer.start;
  const at = pool.allocate(transferWords(slots));
  const words = pool.words(at);
  const o = pool.offset(at);
  words[o + word.previous] = previous;
  words[o + word.references] = 0;
  words[o + word.tick] = transfer.tick;
  words[o + word.donorRow] = transfer.donorRow;
  words[o + word.donorLow] = transfer.donor % 4294967296;
  words[o + word.donorHigh] = Math.floor(transfer.donor / 4294967296);
  words[o + word.haplotypes] = transfer.recipientHaplotype | (transfer.donorHaplotype << 8);
  words[o + word.start] = transfer.start;
  words[o + word.end] = transfer.end;
  const floats = pool.floats(at);
  for (let i = 0; i < slots; i++) floats[o + headWords + i] = values[from + i];
  return at;
}

const read = (pool: WordPool, at: number, which: number) => pool.words(at)[pool.offset(at) + which];

export const previousOf = (pool: WordPool, at: number): number => read(pool, at, word.previous) | 0;
export const tickOf = (pool: WordPool, at: number): number => read(pool, at, word.tick) | 0;
export const donorRowOf = (pool: WordPool, at: number): number => read(pool, at, word.donorRow) | 0;
export const referencesOf = (pool: WordPool, at: number): number => read(pool, at, word.references);
export const wordsOf = (pool: WordPool, at: number): number =>
  transferWords(read(pool, at, word.end) - read(pool, at, word.start));

export function setDonorRow(pool: WordPool, at: number, row: number): void {
  pool.words(at)[pool.offset(at) + word.donorRow] = row;
}

/** Adds to the references of the last transfer at or before `tick`, if there is one. */
export function countReference(pool: WordPool, last: number, tick: number, change: 1 | -1): void {
  for (let at = last; at >= 0; at = previousOf(pool, at)) {
    if (tickOf(pool, at) > tick) continue;
    pool.words(at)[pool.offset(at) + word.references] += change;
    return;
  }
}

export function readTransfer(pool: WordPool, at: number): RecordedTransfer {
  const words = pool.words(at);
  const o = pool.offset(at);
  return {
    tick: words[o + word.tick] | 0,
    donor: words[o + word.donorHigh] * 4294967296 + words[o + word.donorLow],
    recipientHaplotype: words[o + word.haplotypes] & 0xff,
    donorHaplotype: words[o + word.haplotypes] >>> 8,
    start: words[o + word.start],
    end: words[o + word.end],
  };
}

/** The values that a transfer brought: a view, valid until anything is added to the pool. */
export function valuesOf(pool: WordPool, at: number): Float32Array {
  const o = pool.offset(at) + headWords;
  return pool.floats(at).subarray(o, o + wordsOf(pool, at) - headWords);
}

/** Copies the values of a transfer into the genome of its recipient. */
export function applyTransfer(pool: WordPool, at: number, genome: Float32Array, stride: number): void {
  const { recipientHaplotype, start } = readTransfer(pool, at);
  genome.set(valuesOf(pool, at), recipientHaplotype * stride + start);
}

/** Places of the transfers that begin with `last`, the earliest first. */
export function transfersFrom(pool: WordPool, last: number): number[] {
  const places: number[] = [];
  for (let at = last; at >= 0; at = previousOf(pool, at)) places.push(at);
  return places.reverse();
}

/** Moves all transfers of a recipient while the pool is being moved; returns the new place of the last one. */
export function moveTransfers(pool: WordPool, last: number): number {
  let moved = -1;
  let newest = -1;
  for (let at = last; at >= 0; ) {
    const previous = pool.formerWord(at + word.previous) | 0;
    const slots = pool.formerWord(at + word.end) - pool.formerWord(at + word.start);
    const to = pool.move(at, transferWords(slots));
    if (moved >= 0) pool.words(moved)[pool.offset(moved) + word.previous] = to;
    else newest = to;
    moved = to;
    at = previous;
  }
  return newest;
}
