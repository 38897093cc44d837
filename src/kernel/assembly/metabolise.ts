import { F32, F32OrNone, Begin, I32, Key0, Key1, Scratch, U32 } from './arguments';
import { philox4, uniform4 } from './random';

/**
 * Pays for the tick, ages, and decides which organisms die and which give birth. Causes: 0 lives, 1 starvation, 2 predation, 3 age,
 * 4 accident. `ready` is 1 for organisms old and rich enough to have offspring. Draw 0 of the stream decides on death.
 * Ageing: hazard accident + 4/span (age/span)^3, a Weibull law of shape 4.
 */
export function metabolise(
  count: i32,
  tick: i32,
  birthTick: I32,
  energy: F32,
  damage: F32OrNone,
  hurt: F32,
  cost: F32,
  moving: F32,
  moved: F32,
  eat: F32,
  feeding: f32,
  biting: F32OrNone,
  biteCost: f32,
  storage: F32,
  threshold: F32,
  body: F32,
  accident: f32,
  span: f32,
  maturity: i32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  cause: U32,
  ready: U32,
  scratch: Scratch,
  begin: Begin, // count: 12 ns
): void {
  const zero = f32x4.splat(0);
  const inverseSpan = f32x4.splat(1 / span);
  const rate = f32x4.splat(4 / span);
  const accidents = f32x4.splat(accident);
  for (let i = begin; i < count; i += 4) {
    const at = <usize>i << 2;
    const torn = damage ? v128.load(damage + at) : zero;
    const pace = v128.load(moved + at);
    let e = f32x4.sub(v128.load(energy + at), torn);
    e = f32x4.sub(e, v128.load(cost + at));
    e = f32x4.sub(e, f32x4.mul(v128.load(moving + at), f32x4.mul(pace, pace)));
    e = f32x4.sub(e, f32x4.mul(f32x4.splat(feeding), v128.load(eat + at)));
    if (biting) e = f32x4.sub(e, v128.and(f32x4.splat(biteCost), f32x4.gt(v128.load(biting + at), zero)));
    v128.store(energy + at, e);
    v128.store(hurt + at, torn);
    const ageTicks = i32x4.sub(i32x4.splat(tick), v128.load(birthTick + at));
    const age = f32x4.mul(f32x4.convert_i32x4_s(ageTicks), inverseSpan);
    const ageing = f32x4.mul(rate, f32x4.mul(age, f32x4.mul(age, age)));
    philox4(scratch, stream0, stream1, v128.load(keyLow + at), v128.load(keyHigh + at), i32x4.splat(tick), zero);
    const u = uniform4(v128.load(scratch));
    const accidental = f32x4.lt(u, accidents);
    const aged = f32x4.lt(u, f32x4.add(accidents, ageing));
    const starved = f32x4.le(e, zero);
    const bitten = f32x4.gt(torn, zero);
    let why = v128.and(aged, i32x4.splat(3));
    why = v128.bitselect(i32x4.splat(4), why, accidental);
    why = v128.bitselect(i32x4.splat(1), why, starved);
    why = v128.bitselect(i32x4.splat(2), why, v128.and(starved, bitten));
    v128.store(cause + at, why);
    const rich = f32x4.ge(
      e,
      f32x4.add(f32x4.mul(v128.load(threshold + at), v128.load(storage + at)), v128.load(body + at)),
    );
    const grown = i32x4.ge_s(ageTicks, i32x4.splat(maturity));
    v128.store(ready + at, v128.and(v128.and(v128.and(rich, grown), i32x4.eq(why, zero)), i32x4.splat(1)));
  }
}
