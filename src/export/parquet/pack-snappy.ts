import type { GrowingBytes } from './growing-bytes.ts';

/** How far back a copy may reach: an offset has 16 bits. */
const blockSize = 0x10000;
const hashBits = 14;
/** Literals at the end of a block, so that no comparison reads behind it. */
const margin = 15;
/** Last places of four bytes by hash, within the block; 0 is the first byte, harmless because bytes are compared. */
const places = new Uint16Array(1 << hashBits);

/**
 * Packs bytes as snappy (https://github.com/google/snappy/blob/main/format_description.txt): copies of at least four bytes that were in the same 64 KiB. Where
 * nothing repeats, it skips ever faster, as the reference does.
 */
export function packSnappy(out: GrowingBytes, input: Uint8Array): void {
  // The most that literals add: a tag of three bytes for each block, and one for each copy, which is shorter than what it copies.
  out.reserve(input.length + Math.ceil(input.length / 6) + 32);
  out.varint(input.length);
  for (let from = 0; from < input.length; from += blockSize)
    packBlock(out, input, from, Math.min(input.length, from + blockSize));
}

function packBlock(out: GrowingBytes, input: Uint8Array, from: number, end: number): void {
  let literal = from;
  const last = end - margin;
  if (last > from) {
    places.fill(0);
    let at = from + 1;
    let misses = 32;
    while (at < last) {
      const four = load(input, at);
      const hash = Math.imul(four, 0x1e35a7bd) >>> (32 - hashBits);
      const candidate = from + places[hash];
      places[hash] = at - from;
      if (load(input, candidate) !== four) {
        at += misses++ >>> 5;
        continue;
      }
      writeLiteral(out, input, literal, at);
      let length = 4;
      while (at + length < end && input[candidate + length] === input[at + length]) length++;
      writeCopy(out, at - candidate, length);
      at += length;
      literal = at;
      misses = 32;
      // What follows a copy often repeats where the copied bytes were.
      if (at < last) places[Math.imul(load(input, at - 1), 0x1e35a7bd) >>> (32 - hashBits)] = at - 1 - from;
    }
  }
  writeLiteral(out, input, literal, end);
}

const load = (input: Uint8Array, at: number): number =>
  input[at] | (input[at + 1] << 8) | (input[at + 2] << 16) | (input[at + 3] << 24);

function writeLiteral(out: GrowingBytes, input: Uint8Array, from: number, to: number): void {
  const length = to - from;
  if (length === 0) return;
  if (length <= 60) out.byte((length - 1) << 2);
  else {
    const bytes = length <= 0x100 ? 1 : 2;
    out.byte((59 + bytes) << 2);
    out.little(length - 1, bytes);
  }
  out.reserve(length);
  const { bytes, length: at } = out;
  // Short literals are the rule: a call for them costs more than their bytes.
  if (length < 24) for (let i = 0; i < length; i++) bytes[at + i] = input[from + i];
  else bytes.set(input.subarray(from, to), at);
  out.length = at + length;
}

/** @param back from 1 to 65,535 bytes, @param length at least 4 */
function writeCopy(out: GrowingBytes, back: number, length: number): void {
  let left = length;
  // A copy takes at most 64 bytes, and the last one at least four.
  while (left >= 68) {
    writeShort(out, back, 64);
    left -= 64;
  }
  if (left > 64) {
    writeShort(out, back, 60);
    left -= 60;
  }
  writeShort(out, back, left);
}

function writeShort(out: GrowingBytes, back: number, length: number): void {
  if (length < 12 && back < 2048) {
    out.byte(1 | ((length - 4) << 2) | ((back >>> 8) << 5));
    out.byte(back & 0xff);
  } else {
    out.byte(2 | ((length - 1) << 2));
    out.little(back, 2);
  }
}
