// Uniform grid by counting sort. Cells are row-major, `columns` x `rows`; a cell's organisms lie side by side in the
// sorted columns, in the order of their table rows, so that the result depends on nothing but the state.

import { F32, U32 } from './arguments';

/** Cell index along one axis: trunc and clamp, so that a position on the far edge stays inside. */
// @ts-ignore: decorator
@inline
function along(position: f32, inverse: f32, cells: i32): i32 {
  const cell = <i32>(position * inverse);
  return cell < cells ? cell : cells - 1;
}

/**
 * Sorts `count` organisms by cell.
 * starts: u32[columns * rows + 1], cells: u32[count] scratch, order: u32[count] row of each sorted place,
 * sortedX, sortedY: f32[count + 4], padded with places that are out of sight of all organisms.
 */
export function sortByCell(
  count: i32,
  x: F32,
  y: F32,
  columns: i32,
  rows: i32,
  inverseX: f32,
  inverseY: f32,
  starts: U32, // [columns * rows + 1]
  cells: U32,
  order: U32,
  sortedX: F32, // [count + 4]
  sortedY: F32, // [count + 4]
): void {
  const total = columns * rows;
  memory.fill(starts, 0, (<usize>total + 1) << 2);
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const cell = along(load<f32>(y + at), inverseY, rows) * columns + along(load<f32>(x + at), inverseX, columns);
    store<u32>(cells + at, cell);
    const start = starts + (<usize>cell << 2);
    store<u32>(start, load<u32>(start) + 1);
  }
  let sum: u32 = 0;
  for (let cell = 0; cell <= total; cell++) {
    const start = starts + (<usize>cell << 2);
    const n = load<u32>(start);
    store<u32>(start, sum);
    sum += n;
  }
  // Placing advances each start to that of the next cell; the loop after it shifts them back.
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const start = starts + (<usize>load<u32>(cells + at) << 2);
    const place = <usize>load<u32>(start);
    store<u32>(start, <u32>place + 1);
    store<u32>(order + (place << 2), i);
    store<f32>(sortedX + (place << 2), load<f32>(x + at));
    store<f32>(sortedY + (place << 2), load<f32>(y + at));
  }
  for (let cell = total; cell > 0; cell--) {
    store<u32>(starts + (<usize>cell << 2), load<u32>(starts + (<usize>(cell - 1) << 2)));
  }
  store<u32>(starts, 0);
  const far = f32x4.splat(1e9);
  v128.store(sortedX + (<usize>count << 2), far);
  v128.store(sortedY + (<usize>count << 2), far);
}
