// Descent: parents drawn by weight, and the keys of newborns.
import { Begin, F64, Key0, Key1, Scratch, U32 } from './arguments';
import { callPhilox4, whole53 } from './random';

/**
 * Draws `draws` rows with replacement, each with a chance set by its weight, and adds how often each was drawn to `counts` (u32 a row).
 * `cumulative`: f64 sums of the weights up to and including a row; `guide`: room for a u32 a row, which is written.
 */
export function drawByWeight(
  draws: i32,
  rows: i32,
  cumulative: F64, // [rows]
  guide: U32, // [rows]
  counts: U32, // [rows]
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  scratch: Scratch,
): void {
  const total = load<f64>(cumulative + (<usize>(rows - 1) << 3));
  const step = total / <f64>rows;
  // guide[b]: the first row whose sum is over b / rows of the whole.
  let row = 0;
  for (let b = 0; b < rows; b++) {
    while (row < rows - 1 && load<f64>(cumulative + (<usize>row << 3)) <= <f64>b * step) row++;
    store<u32>(guide + (<usize>b << 2), row);
  }
  const zero = i32x4.splat(0);
  const steps = i32x4(0, 1, 2, 3);
  for (let k = 0; k < draws; k += 8) {
    callPhilox4(scratch, stream0, stream1, i32x4.add(i32x4.splat(k >> 1), steps), zero, i32x4.splat(tick), zero);
    const most = min(8, draws - k);
    for (let i = 0; i < most; i++) {
      // Lanes of words 0 and 1, then of words 2 and 3.
      const at = scratch + (<usize>(i & 3) << 2) + (<usize>(i >> 2) << 5);
      const uniform = <f64>whole53(load<u32>(at), load<u32>(at, 16)) * (1.0 / 9007199254740992.0);
      const target = uniform * total;
      let found = load<u32>(guide + (<usize>(<i32>(uniform * <f64>rows)) << 2));
      // The step is rounded, so the guide may be a row too far.
      while (found > 0 && load<f64>(cumulative + (<usize>(found - 1) << 3)) > target) found--;
      while (<i32>found < rows - 1 && load<f64>(cumulative + (<usize>found << 3)) <= target) found++;
      const counted = counts + (<usize>found << 2);
      store<u32>(counted, load<u32>(counted) + 1);
    }
  }
}

/**
 * Keys of newborns, rows from `first` on: Philox of the parent's key and of the number of offspring it had before, which is
 * then increased. `parents`: u32 rows.
 */
export function deriveKeys(
  count: i32,
  first: i32,
  parents: U32,
  keyLow: U32,
  keyHigh: U32,
  offspring: U32,
  key0: Key0,
  key1: Key1,
  scratch: Scratch,
): void {
  const zero = i32x4.splat(0);
  for (let k = 0; k < count; k += 4) {
    const most = min(4, count - k);
    for (let lane = 0; lane < most; lane++) {
      const from = <usize>load<u32>(parents + (<usize>(k + lane) << 2)) << 2;
      const at = scratch + (<usize>lane << 2);
      const ordinal = load<u32>(offspring + from);
      store<u32>(at, load<u32>(keyLow + from));
      store<u32>(at, load<u32>(keyHigh + from), 16);
      store<u32>(at, ordinal, 32);
      store<u32>(offspring + from, ordinal + 1);
    }
    callPhilox4(scratch, key0, key1, v128.load(scratch), v128.load(scratch, 16), v128.load(scratch, 32), zero);
    for (let lane = 0; lane < most; lane++) {
      const to = <usize>(first + k + lane) << 2;
      const at = scratch + (<usize>lane << 2);
      store<u32>(keyLow + to, load<u32>(at));
      store<u32>(keyHigh + to, load<u32>(at, 16));
    }
  }
}

/**
 * One uniform draw for each entry of `rows`, by the key of the organism in that row: draw 0 of the stream in this tick. `draws` receives
 * whole numbers below 2^53, of which uniform53 (src/math/words.ts) makes the draw.
 */
export function drawLots(
  count: i32,
  rows: U32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  draws: F64,
  scratch: Scratch,
  begin: Begin, // count: 10 ns
): void {
  const zero = i32x4.splat(0);
  const tick4 = i32x4.splat(tick);
  for (let k = begin; k < count; k += 4) {
    const lanes = <usize>min(4, count - k);
    for (let lane: usize = 0; lane < lanes; lane++) {
      const from = <usize>load<u32>(rows + ((<usize>k + lane) << 2)) << 2;
      store<u32>(scratch + (lane << 2), load<u32>(keyLow + from));
      store<u32>(scratch + (lane << 2), load<u32>(keyHigh + from), 16);
    }
    callPhilox4(scratch, stream0, stream1, v128.load(scratch), v128.load(scratch, 16), tick4, zero);
    for (let lane: usize = 0; lane < lanes; lane++) {
      const at = scratch + (lane << 2);
      store<f64>(draws + ((<usize>k + lane) << 3), <f64>whole53(load<u32>(at), load<u32>(at, 16)));
    }
  }
}
