/** Multipliers and Weyl increments of the key: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3". */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** Rounds that the engine uses; 7 pass every known statistical test, 10 are the paper's safety margin. */
export const PHILOX_ROUNDS = 7;

/** The high 32 bits of the 64-bit product of two u32. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // Every sum stays below 2^32, so it is exact in float64 and its halves can be found by shifting.
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return (aHigh * bHigh + (middle >>> 16) + ((aLow * bHigh + (middle & 0xffff)) >>> 16)) >>> 0;
}

/**
 * One block of Philox4x32: four random words from a key of two and a counter of four u32, written to `out[0..3]`.
 * Signed arguments are taken modulo 2^32. Equal to a lane of the kernel's `philox4` at 7 rounds.
 */
export function philox4x32(
  key0: number,
  key1: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array,
  rounds = PHILOX_ROUNDS,
): void {
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  let x0 = c0 | 0;
  let x1 = c1 | 0;
  let x2 = c2 | 0;
  let x3 = c3 | 0;
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(M0, x0);
    const high1 = multiplyHigh(M1, x2);
    const low0 = Math.imul(M0, x0);
    const low1 = Math.imul(M1, x2);
    x0 = high1 ^ x1 ^ k0;
    x1 = low1;
    x2 = high0 ^ x3 ^ k1;
    x3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}
