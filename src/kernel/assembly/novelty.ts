// How new observations are: organisms count kinds of observation, which are distinguished by the sides of random planes.

import { Begin, F32, F64, I32, Stride } from './arguments';
import { exp1 } from './elementary';

/** Planes, whose sides are the bits of a kind of observation: as in src/mechanisms/curiosity.ts. */
const PLANES: usize = 6;
const KINDS: usize = 64;

/**
 * Counts the observation of every row under its kind, after the count of that kind has faded for the ticks since it was last met, and
 * notes its novelty, 1 / sqrt(count). A kind has bit b where the inputs less 1/2 lie on the positive side of plane b. float64 as in
 * TypeScript, operation by operation.
 * @param planes of each input its weights in the six planes
 * @param fading logarithm of what a count keeps of itself in a tick; below -745 nothing is kept
 */
export function noteNovelty(
  count: i32,
  tick: i32,
  inputs: F32,
  inputStride: Stride,
  inputCount: i32,
  planes: F64, // [6 * inputCount]
  fading: f64,
  visits: F32, // [64] a row
  visited: I32, // [64] a row
  novelty: F32,
  begin: Begin, // count: 50 ns
): void {
  const half = f64x2.splat(0.5);
  const zero = f64x2.splat(0);
  for (let row = <usize>begin; row < <usize>count; row++) {
    let from = inputs + row * <usize>inputStride;
    const end = from + (<usize>inputCount << 2);
    let sum0 = zero;
    let sum1 = zero;
    let sum2 = zero;
    let plane = planes;
    for (; from < end; from += 4) {
      const value = f64x2.sub(f64x2.splat(<f64>load<f32>(from)), half);
      sum0 = f64x2.add(sum0, f64x2.mul(v128.load(plane), value));
      sum1 = f64x2.add(sum1, f64x2.mul(v128.load(plane, 16), value));
      sum2 = f64x2.add(sum2, f64x2.mul(v128.load(plane, 32), value));
      plane += PLANES << 3;
    }
    const kind =
      i64x2.bitmask(f64x2.gt(sum0, zero)) |
      (i64x2.bitmask(f64x2.gt(sum1, zero)) << 2) |
      (i64x2.bitmask(f64x2.gt(sum2, zero)) << 4);
    const at = (row * KINDS + <usize>kind) << 2;
    const since = max(0, tick - load<i32>(visited + at));
    const kept: f64 = fading == 0 ? 1 : exp1(fading * <f64>since);
    const met = <f32>(kept * <f64>load<f32>(visits + at) + 1);
    store<f32>(visits + at, met);
    store<i32>(visited + at, tick);
    store<f32>(novelty + (row << 2), <f32>(1 / Math.sqrt(<f64>met)));
  }
}
