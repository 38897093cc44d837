import type { InheritanceTrace } from '../simulation/types.ts';
import type { WordPool } from './word-pool.ts';

/**
 * A genome in the pool: a head, masks, then values. Masks are as in `InheritanceTrace`, or absent if the
 * newborn is a clone of its first parent except for the changes.
 * - full: a value a slot, haplotypes one behind the other.
 * - mosaic: differences from what the masks take from the parents: slots (two a word), then their values.
 * - first: differences from the first parent, likewise.
 * For full and first the masks only record how the genome arose.
 */
export type RunKind = 'full' | 'mosaic' | 'first';

/** Head: kind (2 bits), number of values (17 bits), words of masks. */
const kindBits = { full: 1, mosaic: 2, first: 0 } as const;
const valueBits = 17;
export const longestGenome = 1 << 16;

const headOf = (kind: RunKind, values: number, masks: number) =>
  (kindBits[kind] | (values << 2) | (masks << (2 + valueBits))) >>> 0;
export const isFull = (head: number): boolean => (head & kindBits.full) !== 0;
export const isMosaic = (head: number): boolean => (head & kindBits.mosaic) !== 0;
const valuesIn = (head: number): number => (head >>> 2) & ((1 << valueBits) - 1);
const masksIn = (head: number): number => head >>> (2 + valueBits);

const slotWords = (changes: number) => (changes + 1) >> 1;

/** Words of the run that begins with this one. */
export const runWords = (head: number): number =>
  1 + masksIn(head) + valuesIn(head) + (isFull(head) ? 0 : slotWords(valuesIn(head)));

/** Whether a run from outside is a genome of that shape: its values, its masks, and the slots that it changes. */
export function fitsShape(run: Uint32Array, ploidy: number, stride: number): boolean {
  const values = valuesIn(run[0]);
  const masks = masksIn(run[0]);
  if (masks !== 0 && masks !== ploidy * Math.ceil(stride / 32)) return false;
  if (isFull(run[0])) return !isMosaic(run[0]) && values === ploidy * stride;
  if ((isMosaic(run[0]) && masks === 0) || slotWords(values) + values > ploidy * stride) return false;
  for (let i = 0; i < values; i++) {
    if (((run[1 + masks + (i >> 1)] >>> ((i & 1) << 4)) & 0xffff) >= ploidy * stride) return false;
  }
  return true;
}

/** Words of the longest run for genomes of that many values: in full, with masks. */
export const longestRun = (values: number): number => 1 + values + Math.ceil(values / 32) + 1;

/** Writes a genome in full, with masks from `masks`, `masksAt` on; returns its place. */
export function writeFull(pool: WordPool, genome: Float32Array, masks?: Uint32Array, masksAt = 0, maskWords = 0): number {
  const at = pool.allocate(1 + maskWords + genome.length);
  const o = pool.offset(at);
  const target = pool.words(at);
  target[o] = headOf('full', genome.length, maskWords);
  for (let w = 0; w < maskWords; w++) target[o + 1 + w] = (masks as Uint32Array)[masksAt + w];
  pool.floats(at).set(genome, o + 1 + maskWords);
  return at;
}

/** Words of the masks that newborn k of a trace needs: 0 for a clone of the first parent. */
export function newbornMasks({ masks, maskWords }: InheritanceTrace, k: number, ploidy: number, paired: boolean): number {
  // The second haplotype of a diploid with two parents is the second parent's, whatever the bits say.
  if (ploidy === 2 && paired) return 2 * maskWords;
  const from = k * ploidy * maskWords;
  for (let w = 0; w < maskWords; w++) if (masks[from + w] !== 0) return ploidy * maskWords;
  for (let w = maskWords; w < ploidy * maskWords; w++) if (masks[from + w] !== 0xffff_ffff) return ploidy * maskWords;
  return 0;
}

/**
 * Writes newborn k of a trace as differences; -1 if its genome in full is no longer.
 * @param kept words of masks, from `newbornMasks`
 * @param values values of a whole genome
 */
export function writeNewborn(
  pool: WordPool,
  trace: InheritanceTrace,
  k: number,
  ploidy: number,
  kept: number,
  values: number,
): number {
  const { changeStarts, changeSlot, changeValue, masks } = trace;
  const start = changeStarts[k];
  const changes = changeStarts[k + 1] - start;
  if (slotWords(changes) + changes >= values) return -1;
  const at = pool.allocate(1 + kept + slotWords(changes) + changes);
  const target = pool.words(at);
  let o = pool.offset(at);
  target[o++] = headOf(kept > 0 ? 'mosaic' : 'first', changes, kept);
  const masksAt = k * ploidy * trace.maskWords;
  for (let w = 0; w < kept; w++) target[o++] = masks[masksAt + w];
  for (let i = 0; i < changes; i += 2) {
    target[o++] = changeSlot[start + i] | (i + 1 < changes ? changeSlot[start + i + 1] << 16 : 0);
  }
  const floats = pool.floats(at);
  for (let i = 0; i < changes; i++) floats[o + i] = changeValue[start + i];
  return at;
}

/** Masks of a run: a copy; undefined for a clone. */
export function readMasks(pool: WordPool, at: number): Uint32Array | undefined {
  const words = pool.words(at);
  const o = pool.offset(at);
  const masks = masksIn(words[o]);
  return masks === 0 ? undefined : words.slice(o + 1, o + 1 + masks);
}

/**
 * Writes a genome as differences from the first parent's, or in full if that is no longer, with the masks of the run
 * that it replaces; returns its place.
 */
export function writeFromFirst(pool: WordPool, genome: Float32Array, first: Float32Array, former: number): number {
  const masks = readMasks(pool, former);
  const maskWords = masks?.length ?? 0;
  // Compared as bits: 0 and -0 differ.
  const values = new Uint32Array(genome.buffer, genome.byteOffset, genome.length);
  const firstValues = new Uint32Array(first.buffer, first.byteOffset, first.length);
  let changes = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== firstValues[i]) changes++;
  if (slotWords(changes) + changes >= values.length) return writeFull(pool, genome, masks, 0, maskWords);
  const at = pool.allocate(1 + maskWords + slotWords(changes) + changes);
  const target = pool.words(at);
  const o = pool.offset(at);
  target[o] = headOf('first', changes, maskWords);
  if (masks) target.set(masks, o + 1);
  const slotsAt = o + 1 + maskWords;
  const valuesAt = slotsAt + slotWords(changes);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === firstValues[i]) continue;
    const slotAt = slotsAt + (n >> 1);
    target[slotAt] = n % 2 === 0 ? i : target[slotAt] | (i << 16);
    target[valuesAt + n++] = values[i];
  }
  return at;
}

/** Calls back for each difference that a run holds: slot and new value. */
export function eachChange(pool: WordPool, at: number, each: (slot: number, value: number) => void): void {
  const words = pool.words(at);
  const floats = pool.floats(at);
  const o = pool.offset(at);
  const changes = valuesIn(words[o]);
  const slotsAt = o + 1 + masksIn(words[o]);
  const valuesAt = slotsAt + slotWords(changes);
  for (let i = 0; i < changes; i++) each((words[slotsAt + (i >> 1)] >>> ((i & 1) << 4)) & 0xffff, floats[valuesAt + i]);
}

/** Whether a genome of `size` values is shorter in full than as differences. */
export const shorterInFull = (changes: number, values: number): boolean => slotWords(changes) + changes >= values;

/** Writes differences from the first parent, slots ascending; returns the place. */
export function writeChanges(pool: WordPool, slots: readonly number[], values: Float32Array): number {
  const n = slots.length;
  const at = pool.allocate(1 + slotWords(n) + n);
  const target = pool.words(at);
  const o = pool.offset(at);
  target[o] = headOf('first', n, 0);
  for (let i = 0; i < n; i += 2) target[o + 1 + (i >> 1)] = slots[i] | (i + 1 < n ? slots[i + 1] << 16 : 0);
  pool.floats(at).set(values, o + 1 + slotWords(n));
  return at;
}

/** Reads a genome that is stored in full. */
export function readFull(pool: WordPool, at: number, out: Float32Array): void {
  const o = pool.offset(at) + 1 + masksIn(pool.words(at)[pool.offset(at)]);
  out.set(pool.floats(at).subarray(o, o + out.length));
}

/** Applies the differences to a genome that already holds what comes from the parents. */
export function applyChanges(pool: WordPool, at: number, genome: Float32Array): void {
  const words = pool.words(at);
  const floats = pool.floats(at);
  const o = pool.offset(at);
  const changes = valuesIn(words[o]);
  const slotsAt = o + 1 + masksIn(words[o]);
  const valuesAt = slotsAt + slotWords(changes);
  for (let i = 0; i < changes; i++) genome[(words[slotsAt + (i >> 1)] >>> ((i & 1) << 4)) & 0xffff] = floats[valuesAt + i];
}

/**
 * Builds a genome from its parents' by the masks of its run. Haploid: each slot from the one or the other; diploid:
 * each haplotype from the two of one parent.
 */
export function applyMasks(
  pool: WordPool,
  at: number,
  first: Float32Array,
  second: Float32Array,
  out: Float32Array,
  ploidy: number,
): void {
  const words = pool.words(at);
  const masksAt = pool.offset(at) + 1;
  const stride = out.length / ploidy;
  const maskWords = masksIn(words[masksAt - 1]) / ploidy;
  for (let h = 0; h < ploidy; h++) {
    const parent = h === 0 ? first : second;
    const [zero, one] = ploidy === 1 ? [first, second] : [parent, parent.subarray(stride)];
    const from = masksAt + h * maskWords;
    for (let slot = 0; slot < stride; slot++) {
      out[h * stride + slot] = (words[from + (slot >> 5)] >>> (slot & 31)) & 1 ? one[slot] : zero[slot];
    }
  }
}
