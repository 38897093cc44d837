import { F32, F32OrNone, Begin, I32, Key0, Key1, Scratch, Stride, U32 } from './arguments';
import { logistic4, tanh4 } from './elementary';
import { normalPair4, philox4, uniform4 } from './random';

/** Four rows' outputs `lane` of a block, one row a lane. */
// @ts-ignore: decorator
@inline
function gather(outputs: usize, i: i32, stride: usize, at: usize): v128 {
  const row = outputs + <usize>i * stride + at;
  return f32x4(load<f32>(row), load<f32>(row + stride), load<f32>(row + stride * 2), load<f32>(row + stride * 3));
}

/**
 * Stochastic heads, four rows at a time. Output 0: mean of turn (tanh), 1: mean of thrust (logistic); both Gaussian with
 * the organism's own spread, clamped to -1..1 and 0..1. Output 2: chance to eat (logistic of it), Bernoulli.
 * One Philox block a row and tick serves two normals and two uniforms: draw 0 of the stream.
 * `bite` and `signal` are 0 where the action is not offered; their outputs then do not exist. Signal is a level, not a draw.
 * `normalTurn` and `normalThrust` are 0, or columns that keep the normal draws for learning.
 */
export function heads(
  count: i32,
  outputs: F32,
  outputStride: Stride,
  spreadTurn: F32,
  spreadThrust: F32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  turn: F32,
  thrust: F32,
  eat: F32,
  bite: F32OrNone,
  biteAt: i32,
  signal: F32OrNone,
  signalAt: i32,
  normalTurn: F32OrNone,
  normalThrust: F32OrNone,
  scratch: Scratch,
  begin: Begin, // count: 15 ns
): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const stride = <usize>outputStride;
  const tick4 = i32x4.splat(tick);
  for (let i = begin; i < count; i += 4) {
    const at = <usize>i << 2;
    philox4(scratch, stream0, stream1, v128.load(keyLow + at), v128.load(keyHigh + at), tick4, zero);
    const u2 = uniform4(v128.load(scratch, 32));
    const u3 = uniform4(v128.load(scratch, 48));
    normalPair4(scratch, v128.load(scratch), v128.load(scratch, 16));
    if (normalTurn) {
      v128.store(normalTurn + at, v128.load(scratch));
      v128.store(normalThrust + at, v128.load(scratch, 16));
    }
    const meanTurn = tanh4(gather(outputs, i, stride, 0));
    const meanThrust = logistic4(gather(outputs, i, stride, 4));
    const turning = f32x4.add(meanTurn, f32x4.mul(v128.load(spreadTurn + at), v128.load(scratch)));
    const thrusting = f32x4.add(meanThrust, f32x4.mul(v128.load(spreadThrust + at), v128.load(scratch, 16)));
    v128.store(turn + at, f32x4.max(f32x4.min(turning, one), f32x4.neg(one)));
    v128.store(thrust + at, f32x4.max(f32x4.min(thrusting, one), zero));
    v128.store(eat + at, v128.and(one, f32x4.lt(u2, logistic4(gather(outputs, i, stride, 8)))));
    if (bite) v128.store(bite + at, v128.and(one, f32x4.lt(u3, logistic4(gather(outputs, i, stride, <usize>biteAt << 2)))));
    if (signal) v128.store(signal + at, logistic4(gather(outputs, i, stride, <usize>signalAt << 2)));
  }
}

/** Memory units: tanh of their outputs, kept in rows of `memoryStride` bytes to be inputs of the next tick. */
export function remember(
  count: i32,
  outputs: F32,
  outputStride: Stride,
  outputAt: i32,
  units: i32,
  memoryOut: F32,
  memoryStride: Stride,
  begin: Begin, // count: 8 ns
): void {
  for (let i = begin; i < count; i++) {
    const source = outputs + <usize>i * <usize>outputStride + (<usize>outputAt << 2);
    const to = memoryOut + <usize>i * <usize>memoryStride;
    for (let m = 0; m < units; m++) {
      const at = <usize>m << 2;
      store<f32>(to + at, f32x4.extract_lane(tanh4(f32x4.splat(load<f32>(source + at))), 0));
    }
  }
}

/** Copies `units` floats a row from rows of one stride to rows of another. */
export function copyUnits(
  count: i32,
  units: i32,
  from: F32,
  fromStride: Stride,
  to: F32,
  toStride: Stride,
  begin: Begin, // count: 4 ns
): void {
  for (let i = begin; i < count; i++) {
    const source = from + <usize>i * <usize>fromStride;
    const target = to + <usize>i * <usize>toStride;
    for (let m = 0; m < units; m++) store<f32>(target + (<usize>m << 2), load<f32>(source + (<usize>m << 2)));
  }
}

/** One input a row: column times `factor` divided by the `divisor` column (0 for none), at `out`. */
export function senseColumn(
  count: i32,
  column: F32,
  divisor: F32OrNone,
  factor: f32,
  out: F32,
  outStride: Stride,
  begin: Begin, // count: 1 ns
): void {
  for (let i = begin; i < count; i++) {
    const at = <usize>i << 2;
    const by: f32 = divisor ? load<f32>(divisor + at) : 1;
    store<f32>(out + <usize>i * <usize>outStride, (load<f32>(column + at) * factor) / by);
  }
}

/** Age over `span`, one input a row. */
export function senseAge(
  count: i32,
  birthTick: I32,
  tick: i32,
  inverseSpan: f32,
  out: F32,
  outStride: Stride,
  begin: Begin, // count: 1 ns
): void {
  for (let i = begin; i < count; i++) {
    store<f32>(out + <usize>i * <usize>outStride, <f32>(tick - load<i32>(birthTick + (<usize>i << 2))) * inverseSpan);
  }
}

/** One more Bernoulli head: `column` becomes 1 with chance logistic(output `outputAt`). Uses draw `draw` (from 1 on). */
export function bernoulliHead(
  count: i32,
  outputs: F32,
  outputStride: Stride,
  outputAt: i32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  draw: u32,
  column: F32,
  scratch: Scratch,
  begin: Begin, // count: 8 ns
): void {
  const one = f32x4.splat(1);
  for (let i = begin; i < count; i += 4) {
    const at = <usize>i << 2;
    philox4(scratch, stream0, stream1, v128.load(keyLow + at), v128.load(keyHigh + at), i32x4.splat(tick), i32x4.splat(draw));
    const chance = logistic4(gather(outputs, i, <usize>outputStride, <usize>outputAt << 2));
    v128.store(column + at, v128.and(one, f32x4.lt(uniform4(v128.load(scratch)), chance)));
  }
}
