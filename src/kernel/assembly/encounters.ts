// Encounters of organisms with others near them: which organisms meet one, which one it is, and what they play.

import { Begin, F32, F64, Flag, I32, I32OrNone, Key0, Key1, Scratch, Stride, U32 } from './arguments';
import { exp1 } from './elementary';
import { PHILOX4_BYTES, philox1, philox4, whole53 } from './random';

const SCALE53: f64 = 9007199254740992.0;

/**
 * Flags (u32, 1 or 0) of the rows whose uniform draw of this tick under the index `draw` (drawUniform, src/math/draws.ts) lies below `chance`.
 * `flagByChance` (./inherit.ts) compares one word of 24 bits; mechanisms that drew with drawUniform before they had a kernel keep its 53.
 */
export function flagDraws(
  count: i32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  draw: u32,
  chance: f64,
  flags: U32,
  scratch: Scratch,
  begin: Begin, // count: 9 ns
): void {
  const tick4 = i32x4.splat(tick);
  const draw4 = i32x4.splat(draw);
  // Exact: a product with a power of two.
  const limit = chance * SCALE53;
  for (let i = begin; i < count; i += 4) {
    const at = <usize>i << 2;
    philox4(scratch, stream0, stream1, v128.load(keyLow + at), v128.load(keyHigh + at), tick4, draw4);
    for (let lane: usize = 0; lane < 16; lane += 4) {
      const whole = whole53(load<u32>(scratch + lane), load<u32>(scratch + lane, 16));
      store<u32>(flags + at + lane, <u32>(<f64>whole < limit));
    }
  }
}

/**
 * The strategy that every row plays in this tick: k with a chance in proportion to e to the power of the row's k-th inclination, chosen by
 * the uniform draw under the index `draw`. float64 as in TypeScript, operation by operation.
 */
export function playStrategies(
  count: i32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  draw: u32,
  inclinations: F32,
  stride: Stride,
  strategies: i32,
  played: F32,
  scratch: Scratch,
  begin: Begin, // count: 40 ns
): void {
  const tick4 = i32x4.splat(tick);
  const draw4 = i32x4.splat(draw);
  const weights = scratch + PHILOX4_BYTES;
  for (let i = begin; i < count; i += 4) {
    const at = <usize>i << 2;
    philox4(scratch, stream0, stream1, v128.load(keyLow + at), v128.load(keyHigh + at), tick4, draw4);
    const lanes = min(4, count - i);
    for (let lane = 0; lane < lanes; lane++) {
      const words = scratch + (<usize>lane << 2);
      const uniform = <f64>whole53(load<u32>(words), load<u32>(words, 16)) / SCALE53;
      const from = inclinations + <usize>(i + lane) * <usize>stride;
      let sum: f64 = 0;
      for (let k = 0; k < strategies; k++) {
        const weight = exp1(<f64>load<f32>(from + (<usize>k << 2)));
        store<f64>(weights + (<usize>k << 3), weight);
        sum += weight;
      }
      let rest = uniform * sum;
      let chosen = 0;
      while (chosen < strategies - 1) {
        rest -= load<f64>(weights + (<usize>chosen << 3));
        if (rest < 0) break;
        chosen++;
      }
      store<f32>(played + at + (<usize>lane << 2), <f32>chosen);
    }
  }
}

/**
 * For every entry of `list`, a row, one of the organisms within `reach` of its place, each with the same chance, or -1 if there is none:
 * the one with the smallest uniform draw keyed by both (see src/mechanisms/draw-neighbour.ts). The grid is that of `sortByCell`; `out`:
 * i32 an entry.
 */
export function drawNeighbours(
  count: i32,
  list: U32,
  keyLow: U32,
  keyHigh: U32,
  stream0: Key0,
  stream1: Key1,
  tick: u32,
  cells: U32,
  order: U32,
  sortedX: F32,
  sortedY: F32,
  starts: U32, // [columns * lines + 1]
  columns: i32,
  lines: i32,
  width: f64,
  height: f64,
  torus: Flag,
  reach: f64,
  out: I32,
  scratch: Scratch,
  begin: Begin, // count: 300 ns
): void {
  meet(true, count, list, keyLow, keyHigh, stream0, stream1, tick, 0, 0, 0, 0, cells, order, sortedX, sortedY, starts, columns, lines, width, height, torus, reach, out, scratch, begin);
}

/**
 * For every entry of `list`, a row, the organism within `reach` of its place with the fullest reserve, or with `birthTick` the oldest, if it
 * exceeds the row itself; of equals the lowest id; -1 if there is none. The grid is that of `sortByCell`; `out`: i32 an entry.
 */
export function bestNeighbours(
  count: i32,
  list: U32,
  ids: F64,
  energy: F32,
  storage: F32,
  birthTick: I32OrNone,
  cells: U32,
  order: U32,
  sortedX: F32,
  sortedY: F32,
  starts: U32, // [columns * lines + 1]
  columns: i32,
  lines: i32,
  width: f64,
  height: f64,
  torus: Flag,
  reach: f64,
  out: I32,
  begin: Begin, // count: 300 ns
): void {
  meet(false, count, list, 0, 0, 0, 0, 0, ids, energy, storage, birthTick, cells, order, sortedX, sortedY, starts, columns, lines, width, height, torus, reach, out, 0, begin);
}

/** How good a model a row is. */
// @ts-ignore: decorator
@inline
function worth(row: usize, energy: usize, storage: usize, birthTick: usize): f64 {
  if (birthTick) return -<f64>load<i32>(birthTick + (row << 2));
  return <f64>load<f32>(energy + (row << 2)) / <f64>load<f32>(storage + (row << 2));
}

function meet(
  race: bool,
  count: i32,
  list: usize,
  keyLow: usize,
  keyHigh: usize,
  stream0: u32,
  stream1: u32,
  tick: u32,
  ids: usize,
  energy: usize,
  storage: usize,
  birthTick: usize,
  cells: usize,
  order: usize,
  sortedX: usize,
  sortedY: usize,
  starts: usize,
  columns: i32,
  lines: i32,
  width: f64,
  height: f64,
  torus: i32,
  reach: f64,
  out: usize,
  scratch: usize,
  begin: i32,
): void {
  const square = reach * reach;
  // Candidates are sieved in float32, four at a time; those that may be near enough are then measured in float64, as in TypeScript.
  const roughly = <f32>(reach * 1.00001 + 0.01);
  const sieve = f32x4.splat(roughly * roughly);
  const width4 = f32x4.splat(<f32>width);
  const height4 = f32x4.splat(<f32>height);
  const across = <i32>Math.ceil((reach * <f64>columns) / width);
  const down = <i32>Math.ceil((reach * <f64>lines) / height);
  for (let entry = begin; entry < count; entry++) {
    const row = <usize>load<u32>(list + (<usize>entry << 2));
    const own = load<u32>(cells + (row << 2));
    let place = <usize>load<u32>(starts + (<usize>own << 2));
    const behind = <usize>load<u32>(starts + (<usize>(own + 1) << 2));
    while (place < behind && <usize>load<u32>(order + (place << 2)) != row) place++;
    if (place == behind) unreachable();
    const x4 = f32x4.splat(load<f32>(sortedX + (place << 2)));
    const y4 = f32x4.splat(load<f32>(sortedY + (place << 2)));
    const x = <f64>load<f32>(sortedX + (place << 2));
    const y = <f64>load<f32>(sortedY + (place << 2));
    const column = <i32>(own % <u32>columns);
    const line = <i32>(own / <u32>columns);
    let firstColumn = column - across;
    let lastColumn = column + across;
    let firstLine = line - down;
    let lastLine = line + down;
    if (!torus) {
      firstColumn = max(0, firstColumn);
      lastColumn = min(columns - 1, lastColumn);
      firstLine = max(0, firstLine);
      lastLine = min(lines - 1, lastLine);
    } else {
      if (2 * across + 1 >= columns) {
        firstColumn = 0;
        lastColumn = columns - 1;
      }
      if (2 * down + 1 >= lines) {
        firstLine = 0;
        lastLine = lines - 1;
      }
    }
    let chosen: i32 = -1;
    let least = u64.MAX_VALUE;
    let most: f64 = race ? 0 : worth(row, energy, storage, birthTick);
    for (let l = firstLine; l <= lastLine; l++) {
      const base = (l < 0 ? l + lines : l >= lines ? l - lines : l) * columns;
      // Cells of a line lie side by side: one range, and a second one beyond the seam of the torus.
      let first = firstColumn;
      let last = lastColumn;
      let restFirst = 0;
      let restLast = -1;
      if (first < 0) {
        restFirst = first + columns;
        restLast = columns - 1;
        first = 0;
      } else if (last >= columns) {
        restLast = last - columns;
        last = columns - 1;
      }
      while (true) {
        const end = <usize>load<u32>(starts + (<usize>(base + last + 1) << 2));
        for (let j = <usize>load<u32>(starts + (<usize>(base + first) << 2)); j < end; j += 4) {
          let dx4 = f32x4.abs(f32x4.sub(v128.load(sortedX + (j << 2)), x4));
          let dy4 = f32x4.abs(f32x4.sub(v128.load(sortedY + (j << 2)), y4));
          if (torus) {
            dx4 = f32x4.min(dx4, f32x4.sub(width4, dx4));
            dy4 = f32x4.min(dy4, f32x4.sub(height4, dy4));
          }
          let near = i32x4.bitmask(f32x4.le(f32x4.add(f32x4.mul(dx4, dx4), f32x4.mul(dy4, dy4)), sieve));
          while (near) {
            const i = j + <usize>ctz(near);
            near &= near - 1;
            if (i >= end) break;
            const other = <usize>load<u32>(order + (i << 2));
            if (other == row) continue;
            let dx = Math.abs(<f64>load<f32>(sortedX + (i << 2)) - x);
            let dy = Math.abs(<f64>load<f32>(sortedY + (i << 2)) - y);
            if (torus) {
              dx = Math.min(dx, width - dx);
              dy = Math.min(dy, height - dy);
            }
            if (dx * dx + dy * dy > square) continue;
            if (race) {
              const low = load<u32>(keyLow + (row << 2));
              philox1(scratch, stream0, stream1, low, load<u32>(keyHigh + (row << 2)), tick, load<u32>(keyLow + (other << 2)));
              const whole = whole53(load<u32>(scratch), load<u32>(scratch, 4));
              if (
                whole < least ||
                (whole == least && load<u32>(keyHigh + (other << 2)) < load<u32>(keyHigh + (<usize>chosen << 2)))
              ) {
                least = whole;
                chosen = <i32>other;
              }
            } else {
              const value = worth(other, energy, storage, birthTick);
              if (
                value > most ||
                (value == most && chosen >= 0 && load<f64>(ids + (other << 3)) < load<f64>(ids + (<usize>chosen << 3)))
              ) {
                most = value;
                chosen = <i32>other;
              }
            }
          }
        }
        if (restLast < restFirst) break;
        first = restFirst;
        last = restLast;
        restFirst = 0;
        restLast = -1;
      }
    }
    store<i32>(out + (<usize>entry << 2), chosen);
  }
}
