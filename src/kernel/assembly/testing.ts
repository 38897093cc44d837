// Entry points only for tests and benchmarks: they run the inlined functions over arrays, so that vitest can compare each
// with its oracle. Counts are in elements and multiples of 4 (16 for fillNormals).
import { callLog4, cos2pi4, logistic1, logistic4, sin2pi4, tanh1, tanh4 } from './elementary';
import { callPhilox4, normalPair4, philox1, uniform4 } from './random';

/**
 * Applies an elementary function to f32[count]. kind: 0 tanh4, 1 logistic4, 2 log4, 3 sin2pi4, 4 cos2pi4, 5 tanh1,
 * 6 logistic1.
 */
export function testElementary(kind: i32, input: usize, output: usize, count: i32): void {
  const bytes = <usize>count << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(input + at);
    if (kind == 0) v128.store(output + at, tanh4(x));
    else if (kind == 1) v128.store(output + at, logistic4(x));
    else if (kind == 2) v128.store(output + at, callLog4(x));
    else if (kind == 3) v128.store(output + at, sin2pi4(x));
    else if (kind == 4) v128.store(output + at, cos2pi4(x));
    else {
      for (let lane: usize = 0; lane < 16; lane += 4) {
        const one = load<f32>(input + at + lane);
        store<f32>(output + at + lane, kind == 5 ? tanh1(one) : logistic1(one));
      }
    }
  }
}

/** One block of philox4: counters u32[16] at `counters` (word-major: four c0, four c1, ...), words likewise at `out`. */
export function testPhilox4(out: usize, key0: u32, key1: u32, counters: usize): void {
  callPhilox4(
    out,
    key0,
    key1,
    v128.load(counters),
    v128.load(counters, 16),
    v128.load(counters, 32),
    v128.load(counters, 48),
  );
}

/** One block of philox1. */
export function testPhilox1(out: usize, key0: u32, key1: u32, c0: u32, c1: u32, c2: u32, c3: u32): void {
  philox1(out, key0, key1, c0, c1, c2, c3);
}

/**
 * Uniforms of organism keys (id, 0), id = 0 1 2 ..., draw `draw` of `tick`: f32[count] at `out`, word 0 to 3 of four ids in
 * turn as philox4 stores them; `scratch` holds 64 bytes.
 */
export function fillUniforms(
  out: usize,
  count: i32,
  key0: u32,
  key1: u32,
  tick: u32,
  draw: u32,
  scratch: usize,
): void {
  const zero = i32x4.splat(0);
  const bytes = <usize>count << 2;
  let id = i32x4(0, 1, 2, 3);
  for (let at: usize = 0; at < bytes; at += 64) {
    callPhilox4(scratch, key0, key1, id, zero, i32x4.splat(tick), i32x4.splat(draw));
    v128.store(out + at, uniform4(v128.load(scratch)));
    v128.store(out + at, uniform4(v128.load(scratch, 16)), 16);
    v128.store(out + at, uniform4(v128.load(scratch, 32)), 32);
    v128.store(out + at, uniform4(v128.load(scratch, 48)), 48);
    id = i32x4.add(id, i32x4.splat(4));
  }
}

/** normalPair4, not inlined: pages load these functions too. */
function normals4(out: usize, w0: v128, w1: v128): void {
  normalPair4(out, w0, w1);
}

/** Standard normals in the same order: four a block and id, from words (0, 1) and (2, 3). */
export function fillNormals(
  out: usize,
  count: i32,
  key0: u32,
  key1: u32,
  tick: u32,
  draw: u32,
  scratch: usize,
): void {
  const zero = i32x4.splat(0);
  const bytes = <usize>count << 2;
  let id = i32x4(0, 1, 2, 3);
  for (let at: usize = 0; at < bytes; at += 64) {
    callPhilox4(scratch, key0, key1, id, zero, i32x4.splat(tick), i32x4.splat(draw));
    normals4(out + at, v128.load(scratch), v128.load(scratch, 16));
    normals4(out + at + 32, v128.load(scratch, 32), v128.load(scratch, 48));
    id = i32x4.add(id, i32x4.splat(4));
  }
}

/** normalPair4 over given words: u32[count] at w0 and w1, two normals each, written per four as normalPair4 stores them. */
export function testNormals(out: usize, w0: usize, w1: usize, count: i32): void {
  const bytes = <usize>count << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    normals4(out + (at << 1), v128.load(w0 + at), v128.load(w1 + at));
  }
}
