// Counter-based random numbers: Philox4x32-7 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), four
// counters at once. A draw is a pure function of key and counter; the engine's convention is
//   key = (stream low, stream high), counter = (organism key low, organism key high, tick, draw).
import { cosEighth4, log4, pickQuarter4, quarter4, sinEighth4 } from './elementary';

/** Bytes that philox4 writes at `out`. */
export const PHILOX4_BYTES: usize = 64;

// Multipliers and Weyl increments of the key, from the paper.
const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/**
 * Four Philox4x32-7 blocks: lane i of c0..c3 is the counter of block i. Stores word w of the four blocks as one v128 at
 * `out + 16 w` (64 bytes, the caller's scratch; not to be shared between nested calls).
 */
// @ts-ignore: decorator
@inline
export function philox4(out: usize, key0: u32, key1: u32, c0: v128, c1: v128, c2: v128, c3: v128): void {
  const m0 = i32x4.splat(M0);
  const m1 = i32x4.splat(M1);
  let k0 = i32x4.splat(key0);
  let k1 = i32x4.splat(key1);
  let x0 = c0;
  let x1 = c1;
  let x2 = c2;
  let x3 = c3;
  for (let round = 0; round < 7; round++) {
    const a = i64x2.extmul_low_i32x4_u(x0, m0);
    const b = i64x2.extmul_high_i32x4_u(x0, m0);
    const c = i64x2.extmul_low_i32x4_u(x2, m1);
    const d = i64x2.extmul_high_i32x4_u(x2, m1);
    x0 = v128.xor(v128.xor(v128.shuffle<i32>(c, d, 1, 3, 5, 7), x1), k0);
    x2 = v128.xor(v128.xor(v128.shuffle<i32>(a, b, 1, 3, 5, 7), x3), k1);
    x1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
    x3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    k0 = i32x4.add(k0, i32x4.splat(W0));
    k1 = i32x4.add(k1, i32x4.splat(W1));
  }
  v128.store(out, x0);
  v128.store(out, x1, 16);
  v128.store(out, x2, 32);
  v128.store(out, x3, 48);
}

/** philox4, not inlined: where a call (0.2 ns a newborn) costs less than its long body in every page. */
export function callPhilox4(out: usize, key0: u32, key1: u32, c0: v128, c1: v128, c2: v128, c3: v128): void {
  philox4(out, key0, key1, c0, c1, c2, c3);
}

/** One Philox4x32-7 block: stores its four words at `out` (16 bytes); equal to a lane of philox4. */
// @ts-ignore: decorator
@inline
export function philox1(out: usize, key0: u32, key1: u32, c0: u32, c1: u32, c2: u32, c3: u32): void {
  let k0 = key0;
  let k1 = key1;
  let x0 = c0;
  let x1 = c1;
  let x2 = c2;
  let x3 = c3;
  for (let round = 0; round < 7; round++) {
    const p0 = <u64>M0 * <u64>x0;
    const p1 = <u64>M1 * <u64>x2;
    x0 = <u32>(p1 >> 32) ^ x1 ^ k0;
    x2 = <u32>(p0 >> 32) ^ x3 ^ k1;
    x1 = <u32>p1;
    x3 = <u32>p0;
    k0 += W0;
    k1 += W1;
  }
  store<u32>(out, x0);
  store<u32>(out, x1, 4);
  store<u32>(out, x2, 8);
  store<u32>(out, x3, 12);
}

/** Uniform f32 in [0, 1) from the top 24 bits of each word, exact multiples of 2^-24. */
// @ts-ignore: decorator
@inline
export function uniform4(word: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(word, 8)), f32x4.splat(1.0 / 16777216.0));
}

/** The whole number below 2^53 of which uniform53 (src/math/words.ts) makes a draw. */
// @ts-ignore: decorator
@inline
export function whole53(high: u32, low: u32): u64 {
  return (<u64>(high >>> 5) << 26) | <u64>(low >>> 6);
}

/** One lane of uniform4. */
// @ts-ignore: decorator
@inline
export function uniform1(word: u32): f32 {
  return <f32>(word >> 8) * <f32>(1.0 / 16777216.0);
}

/**
 * Box-Muller: stores two v128 of independent standard normals at `out` and `out + 16` (32 bytes). The radius takes all
 * 32 bits of w0, as (w0 + 1/2) / 2^32, so it is finite and reaches 6.76; the angle takes the top 24 bits of w1.
 */
// @ts-ignore: decorator
@inline
export function normalPair4(out: usize, w0: v128, w1: v128): void {
  const u = f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(w0), f32x4.splat(0.5)), f32x4.splat(1.0 / 4294967296.0));
  const radius = f32x4.sqrt(f32x4.mul(log4(u), f32x4.splat(-2)));
  const turn = uniform4(w1);
  const n = quarter4(turn);
  const r = f32x4.sub(turn, f32x4.mul(n, f32x4.splat(0.25)));
  const quarters = i32x4.trunc_sat_f32x4_s(n);
  const sine = sinEighth4(r);
  const cosine = cosEighth4(r);
  v128.store(out, f32x4.mul(radius, pickQuarter4(i32x4.add(quarters, i32x4.splat(1)), sine, cosine)));
  v128.store(out, f32x4.mul(radius, pickQuarter4(quarters, sine, cosine)), 16);
}
