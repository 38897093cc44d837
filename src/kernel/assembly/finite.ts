// Looks for values that are not finite.

import { F32, F64 } from './arguments';

/** Index of the first f32 of `count` at `values` (a multiple of 16) that is infinite or NaN; -1 where all are finite. */
export function firstNonFinite(
  values: F32, // [count]
  count: i32,
): i32 {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const x = v128.load(values + (<usize>i << 2));
    // x - x is 0 for every finite x and NaN for the rest.
    if (!i32x4.all_true(f32x4.eq(f32x4.sub(x, x), zero))) break;
  }
  for (; i < count; i++) {
    const x = load<f32>(values + (<usize>i << 2));
    if (x - x != 0) return i;
  }
  return -1;
}

/** The same for f64. */
export function firstNonFinite64(
  values: F64, // [count]
  count: i32,
): i32 {
  for (let i = 0; i < count; i++) {
    const x = load<f64>(values + (<usize>i << 3));
    if (x - x != 0) return i;
  }
  return -1;
}
