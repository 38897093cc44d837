// Rows of tables: found, removed, put into another order.

import { Any, U32 } from './arguments';

/** Rows whose u32 flag is not 0, in order; returns how many. */
export function collectFlagged(
  count: i32,
  flags: U32,
  out: U32,
): i32 {
  let n: usize = 0;
  let i = 0;
  // Most groups hold none: one test skips four rows.
  for (; i + 4 <= count; i += 4) {
    const at = flags + (<usize>i << 2);
    if (!v128.any_true(v128.load(at))) continue;
    for (let lane = 0; lane < 4; lane++) {
      if (load<u32>(at + (<usize>lane << 2))) store<u32>(out + (n++ << 2), i + lane);
    }
  }
  for (; i < count; i++) if (load<u32>(flags + (<usize>i << 2))) store<u32>(out + (n++ << 2), i);
  return <i32>n;
}

/** Fills `count` rows from `first` on with zeros, in all columns. `columns` as in compactRows. */
export function clearRows(
  first: i32,
  count: i32,
  columns: U32, // [2 * columnCount]
  columnCount: i32,
): void {
  for (let c = 0; c < columnCount; c++) {
    const base = <usize>load<u32>(columns + (<usize>c << 3));
    const bytes = <usize>load<u32>(columns + (<usize>c << 3), 4);
    memory.fill(base + <usize>first * bytes, 0, <usize>count * bytes);
  }
}

/**
 * Removes `removed` rows (ascending in `rows`) from all columns by moving the last row into each hole, from the last
 * hole to the first, so that a moved row is never itself a hole. `columns`: pairs u32 [pointer, bytes a row].
 */
export function compactRows(
  count: i32,
  columns: U32, // [2 * columnCount]
  columnCount: i32,
  rows: U32, // [removed]
  removed: i32,
): void {
  // Where a whole generation goes and as many stay, those that stay move in one piece, to the rows that they would have had anyway.
  const whole = removed > 0 && 2 * removed == count && load<u32>(rows + (<usize>(removed - 1) << 2)) == <u32>(removed - 1);
  for (let c = 0; c < columnCount; c++) {
    const base = <usize>load<u32>(columns + (<usize>c << 3));
    const bytes = <usize>load<u32>(columns + (<usize>c << 3), 4);
    if (whole) {
      memory.copy(base, base + <usize>removed * bytes, <usize>removed * bytes);
      continue;
    }
    let last = <usize>count - 1;
    for (let k = removed - 1; k >= 0; k--) {
      const hole = <usize>load<u32>(rows + (<usize>k << 2));
      if (hole != last) {
        if (bytes == 4) store<u32>(base + (hole << 2), load<u32>(base + (last << 2)));
        else memory.copy(base + hole * bytes, base + last * bytes, bytes);
      }
      last--;
    }
  }
}

/**
 * Puts the rows of all columns into another order in place, cycle by cycle: new row i is old row order[i]. Afterwards
 * `order` is the identity. `columns` as in compactRows; `buffer` holds one row of all columns.
 */
export function permuteRows(
  count: i32,
  columns: U32, // [2 * columnCount]
  columnCount: i32,
  order: U32,
  buffer: Any, // [?]
): void {
  for (let start = 0; start < count; start++) {
    let to = <usize>start;
    let from = <usize>load<u32>(order + (to << 2));
    if (from == to) continue;
    let at = buffer;
    for (let c = 0; c < columnCount; c++) {
      const bytes = <usize>load<u32>(columns + (<usize>c << 3), 4);
      memory.copy(at, <usize>load<u32>(columns + (<usize>c << 3)) + to * bytes, bytes);
      at += bytes;
    }
    while (from != <usize>start) {
      for (let c = 0; c < columnCount; c++) {
        const base = <usize>load<u32>(columns + (<usize>c << 3));
        const bytes = <usize>load<u32>(columns + (<usize>c << 3), 4);
        if (bytes == 4) store<u32>(base + (to << 2), load<u32>(base + (from << 2)));
        else memory.copy(base + to * bytes, base + from * bytes, bytes);
      }
      store<u32>(order + (to << 2), <u32>to);
      to = from;
      from = <usize>load<u32>(order + (to << 2));
    }
    at = buffer;
    for (let c = 0; c < columnCount; c++) {
      const bytes = <usize>load<u32>(columns + (<usize>c << 3), 4);
      memory.copy(<usize>load<u32>(columns + (<usize>c << 3)) + to * bytes, at, bytes);
      at += bytes;
    }
    store<u32>(order + (to << 2), <u32>to);
  }
}
