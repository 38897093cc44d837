import type { InheritanceTrace } from '../simulation/types.ts';
import type { WordPool } from './word-pool.ts';

/**
 * A genome in the pool. First word: bit 0 is 1 for a genome in full; then the number of values (17 bits) and the words of
 * masks (14 bits). In full: a value a slot, haplotypes one behind the other. Else as differences from the parents: masks
 * as `InheritanceTrace` has them (none where the newborn is a clone of its first parent but for the changes), slots of
 * the changes (two a word), their values.
 */
const valueBits = 17;
export const longestGenome = 1 << 16;

export const isFull = (head: number): boolean => (head & 1) === 1;
export const valuesIn = (head: number): number => (head >>> 1) & ((1 << valueBits) - 1);
export const maskWordsIn = (head: number): number => head >>> (1 + valueBits);

const slotWords = (changes: number) => (changes + 1) >> 1;
const differenceWords = (changes: number, masks: number) => 1 + masks + slotWords(changes) + changes;

/** Words of the run that begins with this one. */
export const runWords = (head: number): number =>
  isFull(head) ? 1 + valuesIn(head) : differenceWords(valuesIn(head), maskWordsIn(head));

/** Words of the longest run for genomes of that many values. */
export const longestRun = (values: number): number => 1 + values;

/** Writes a genome in full; returns its place. */
export function writeFull(pool: WordPool, genome: Float32Array): number {
  const at = pool.allocate(1 + genome.length);
  const o = pool.offset(at);
  pool.words(at)[o] = 1 | (genome.length << 1);
  pool.floats(at).set(genome, o + 1);
  return at;
}

/**
 * Writes newborn k of a trace as differences; -1 when its genome in full is no longer.
 * @param ploidy haplotypes of a genome
 * @param values values of a whole genome
 */
export function writeNewborn(pool: WordPool, trace: InheritanceTrace, k: number, ploidy: number, values: number): number {
  const { changeStarts, changeSlot, changeValue } = trace;
  const masks = ploidy * trace.maskWords;
  const start = changeStarts[k];
  const changes = changeStarts[k + 1] - start;
  const kept = isClone(trace.masks, k * masks, trace.maskWords, ploidy) ? 0 : masks;
  const words = differenceWords(changes, kept);
  if (words > values) return -1;
  const at = pool.allocate(words);
  const target = pool.words(at);
  let o = pool.offset(at);
  target[o++] = (changes << 1) | (kept << (1 + valueBits));
  for (let w = 0; w < kept; w++) target[o++] = trace.masks[k * masks + w];
  for (let i = 0; i < changes; i += 2) {
    target[o++] = changeSlot[start + i] | (i + 1 < changes ? changeSlot[start + i + 1] << 16 : 0);
  }
  const floats = pool.floats(at);
  for (let i = 0; i < changes; i++) floats[o + i] = changeValue[start + i];
  return at;
}

/** Every haplotype comes from the same haplotype of the first parent. */
function isClone(masks: Uint32Array, from: number, maskWords: number, ploidy: number): boolean {
  for (let w = 0; w < maskWords; w++) if (masks[from + w] !== 0) return false;
  if (ploidy === 1) return true;
  for (let w = maskWords; w < 2 * maskWords; w++) if (masks[from + w] !== 0xffff_ffff) return false;
  return true;
}

/** Writes a genome as differences from the first parent's, or in full where that is no longer; returns its place. */
export function writeFromFirst(pool: WordPool, genome: Float32Array, first: Float32Array): number {
  // Compared as bits: 0 and -0 differ.
  const values = new Uint32Array(genome.buffer, genome.byteOffset, genome.length);
  const former = new Uint32Array(first.buffer, first.byteOffset, first.length);
  let changes = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== former[i]) changes++;
  const words = differenceWords(changes, 0);
  if (words > values.length) return writeFull(pool, genome);
  const at = pool.allocate(words);
  const target = pool.words(at);
  const o = pool.offset(at);
  target[o] = changes << 1;
  const valuesAt = o + 1 + slotWords(changes);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === former[i]) continue;
    const slotAt = o + 1 + (n >> 1);
    target[slotAt] = n % 2 === 0 ? i : target[slotAt] | (i << 16);
    target[valuesAt + n++] = values[i];
  }
  return at;
}

/** Reads a genome that stands in full. */
export function readFull(pool: WordPool, at: number, out: Float32Array): void {
  const o = pool.offset(at) + 1;
  out.set(pool.floats(at).subarray(o, o + out.length));
}

/** Makes the differences to a genome that already holds what comes from the parents. */
export function applyChanges(pool: WordPool, at: number, genome: Float32Array): void {
  const words = pool.words(at);
  const floats = pool.floats(at);
  const o = pool.offset(at);
  const changes = valuesIn(words[o]);
  const slotsAt = o + 1 + maskWordsIn(words[o]);
  const valuesAt = slotsAt + slotWords(changes);
  for (let i = 0; i < changes; i++) genome[(words[slotsAt + (i >> 1)] >>> ((i & 1) << 4)) & 0xffff] = floats[valuesAt + i];
}

/**
 * Puts a genome together from its parents' by the masks of its run. Haploid: each slot from the one or the other; diploid:
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
  const maskWords = maskWordsIn(words[masksAt - 1]) / ploidy;
  for (let h = 0; h < ploidy; h++) {
    const parent = h === 0 ? first : second;
    const [zero, one] = ploidy === 1 ? [first, second] : [parent, parent.subarray(stride)];
    const from = masksAt + h * maskWords;
    for (let slot = 0; slot < stride; slot++) {
      out[h * stride + slot] = (words[from + (slot >> 5)] >>> (slot & 31)) & 1 ? one[slot] : zero[slot];
    }
  }
}
