/** A 64-bit digest as two u32. */
export type Digest = readonly [low: number, high: number];

const P1 = 0x9e3779b1;
const P2 = 0x85ebca77;

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function avalanche(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Starting values of the sixteen accumulators: digits of pi. */
const start = [
  0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89, 0x452821e6, 0x38d01377, 0xbe5466cf, 0x34e90c6c,
  0xc0ac29b7, 0xc97c50dd, 0x3f84d5b5, 0xb5470917, 0x9216d5d9, 0x8979fb1b,
];

/**
 * A stable 64-bit hash of bytes, for comparing states: not cryptographic. Equal to the kernel's `hashBytes`, where the algorithm is
 * described; bytes are read little-endian on every machine. `seed` is taken modulo 2^32.
 */
export function hashBytes(bytes: Uint8Array, seed = 0): Digest {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length;
  let low = seed ^ 0x243f6a88;
  let high = seed ^ 0x85a308d3;
  const absorb = (word: number) => {
    const a = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    low = (Math.imul((rotate(low ^ a, 13) + high) | 0, 5) + 0xe6546b64) | 0;
    const b = Math.imul(rotate(Math.imul(word, 0x239b961b), 16), 0xab0e9789);
    high = (Math.imul((rotate(high ^ b, 17) + low) | 0, 5) + 0x561ccd1b) | 0;
  };
  let at = 0;
  if (length >= 64) {
    let lanes = Int32Array.from(start, (value) => value + seed);
    let next = new Int32Array(16);
    for (; length - at >= 64; at += 64) {
      for (let i = 0; i < 16; i++) {
        const sum = lanes[i] + Math.imul(view.getInt32(at + 4 * i, true), P2);
        const mixed = Math.imul(rotate(sum, 13), P1);
        // Roles shift by one group of four: group g's result becomes group g - 1.
        next[(i + 12) & 15] = i < 4 ? mixed : mixed ^ lanes[i - 4];
      }
      [lanes, next] = [next, lanes];
    }
    for (let i = 0; i < 16; i++) absorb(lanes[i]);
  }
  for (; length - at >= 4; at += 4) absorb(view.getInt32(at, true));
  let rest = 0;
  for (let shift = 0; at < length; shift += 8) rest |= bytes[at++] << shift;
  absorb(rest);
  absorb(length);
  low = avalanche((low + high) | 0);
  high = avalanche((high + low) | 0);
  return [(low + high) >>> 0, high >>> 0];
}
