// The nearest neighbour in each of four sectors (ahead, right, behind, left: quarter turns around the heading), for
// every observer of one population among the organisms of one population. Nearness is 1 - d^2 / reach^2, and 0 if there is none.

import { F32, Flag, Begin, I32, I32OrNone, Stride, U32 } from './arguments';

/**
 * Observers come in the sorted order of their own grid, so that consecutive observers read the same cells.
 * Both grids have the same cells. `near`: f32[4] a row at `nearStride` bytes; with `combine` the larger of the value
 * there and the value found is kept. `rowsOut` (0 for none): i32[4] a row, the table row of that neighbour or -1.
 * `same` is 1 when both are one population: then no organism sees itself.
 * A group of four candidates may spill over the end of its cells: those organisms are real, so a maximum is unharmed.
 */
export function nearestBySector(
  count: i32,
  order: U32,
  sortedX: F32,
  sortedY: F32,
  headingX: F32,
  headingY: F32,
  targetStarts: U32, // [columns * rows + 1]
  targetOrder: U32, // [?]
  targetX: F32, // [?]
  targetY: F32, // [?]
  same: Flag,
  columns: i32,
  rows: i32,
  inverseX: f32,
  inverseY: f32,
  torus: Flag,
  width: f32,
  height: f32,
  reach: f32,
  near: F32,
  nearStride: Stride,
  combine: Flag,
  rowsOut: I32OrNone, // [4] a row
  begin: Begin, // count: 100 ns
): void {
  // Recording which organism is nearest costs as much again as finding how near it is, so it is done only on request.
  if (rowsOut) {
    search(true, count, order, sortedX, sortedY, headingX, headingY, targetStarts, targetOrder, targetX, targetY, same, columns, rows, inverseX, inverseY, torus, width, height, reach, near, nearStride, combine, rowsOut, begin);
  } else {
    search(false, count, order, sortedX, sortedY, headingX, headingY, targetStarts, targetOrder, targetX, targetY, same, columns, rows, inverseX, inverseY, torus, width, height, reach, near, nearStride, combine, 0, begin);
  }
}

// @ts-ignore: decorator
@inline
function search(
  track: bool,
  count: i32,
  order: usize,
  sortedX: usize,
  sortedY: usize,
  headingX: usize,
  headingY: usize,
  targetStarts: usize,
  targetOrder: usize,
  targetX: usize,
  targetY: usize,
  same: i32,
  columns: i32,
  rows: i32,
  inverseX: f32,
  inverseY: f32,
  torus: i32,
  width: f32,
  height: f32,
  reach: f32,
  near: usize,
  nearStride: i32,
  combine: i32,
  rowsOut: usize,
  part: i32,
): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const negativeInverse = f32x4.splat(-1 / (reach * reach));
  const steps = i32x4(0, 1, 2, 3);
  const noRow = i32x4.splat(-1);
  for (let s = part; s < count; s++) {
    const at = <usize>s << 2;
    const row = <usize>load<u32>(order + at);
    const px = load<f32>(sortedX + at);
    const py = load<f32>(sortedY + at);
    const hx = f32x4.splat(load<f32>(headingX + (row << 2)));
    const hy = f32x4.splat(load<f32>(headingY + (row << 2)));
    let cellX = <i32>(px * inverseX);
    let cellY = <i32>(py * inverseY);
    cellX = cellX < columns ? cellX : columns - 1;
    cellY = cellY < rows ? cellY : rows - 1;
    const self = i32x4.splat(same ? s : -2);
    let a0 = zero;
    let a1 = zero;
    let a2 = zero;
    let a3 = zero;
    let n0 = noRow;
    let n1 = noRow;
    let n2 = noRow;
    let n3 = noRow;
    for (let dy = -1; dy <= 1; dy++) {
      let cy = cellY + dy;
      let oy = py;
      if (cy < 0) {
        if (!torus) continue;
        cy += rows;
        oy += height;
      } else if (cy >= rows) {
        if (!torus) continue;
        cy -= rows;
        oy -= height;
      }
      const base = cy * columns;
      let first = cellX - 1;
      let last = cellX + 1;
      // Up to two ranges of cells in a row: the middle one, and the part beyond the seam of the torus.
      let extra = -1;
      let shift: f32 = 0;
      if (first < 0) {
        first = 0;
        if (torus) {
          extra = columns - 1;
          shift = width;
        }
      } else if (last >= columns) {
        last = columns - 1;
        if (torus) {
          extra = 0;
          shift = -width;
        }
      }
      const oy4 = f32x4.splat(oy);
      let from = <usize>load<u32>(targetStarts + (<usize>(base + first) << 2));
      let to = <usize>load<u32>(targetStarts + (<usize>(base + last + 1) << 2));
      let ox4 = f32x4.splat(px);
      while (true) {
        for (let j = from; j < to; j += 4) {
          const dx = f32x4.sub(v128.load(targetX + (j << 2)), ox4);
          const dy4 = f32x4.sub(v128.load(targetY + (j << 2)), oy4);
          const d2 = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy4, dy4));
          const index = i32x4.add(i32x4.splat(<i32>j), steps);
          const nearness = v128.andnot(f32x4.add(one, f32x4.mul(d2, negativeInverse)), i32x4.eq(index, self));
          const front = f32x4.add(f32x4.mul(dx, hx), f32x4.mul(dy4, hy));
          const side = f32x4.sub(f32x4.mul(dy4, hx), f32x4.mul(dx, hy));
          const lateral = f32x4.abs(side);
          const ahead = f32x4.ge(front, lateral);
          const behind = f32x4.lt(front, f32x4.neg(lateral));
          const across = v128.andnot(nearness, v128.or(ahead, behind));
          const positive = f32x4.gt(side, zero);
          const q0 = v128.and(nearness, ahead);
          const q1 = v128.and(across, positive);
          const q2 = v128.and(nearness, behind);
          const q3 = v128.andnot(across, positive);
          if (track) {
            n0 = v128.bitselect(index, n0, f32x4.gt(q0, a0));
            n1 = v128.bitselect(index, n1, f32x4.gt(q1, a1));
            n2 = v128.bitselect(index, n2, f32x4.gt(q2, a2));
            n3 = v128.bitselect(index, n3, f32x4.gt(q3, a3));
          }
          a0 = f32x4.pmax(a0, q0);
          a1 = f32x4.pmax(a1, q1);
          a2 = f32x4.pmax(a2, q2);
          a3 = f32x4.pmax(a3, q3);
        }
        if (extra < 0) break;
        from = <usize>load<u32>(targetStarts + (<usize>(base + extra) << 2));
        to = <usize>load<u32>(targetStarts + (<usize>(base + extra + 1) << 2));
        ox4 = f32x4.splat(px + shift);
        extra = -1;
      }
    }
    // Transpose, so that lanes are sectors, and reduce over the four former lanes.
    const t0 = v128.shuffle<f32>(a0, a1, 0, 4, 1, 5);
    const t1 = v128.shuffle<f32>(a2, a3, 0, 4, 1, 5);
    const t2 = v128.shuffle<f32>(a0, a1, 2, 6, 3, 7);
    const t3 = v128.shuffle<f32>(a2, a3, 2, 6, 3, 7);
    const v0 = v128.shuffle<f32>(t0, t1, 0, 1, 4, 5);
    const v1 = v128.shuffle<f32>(t0, t1, 2, 3, 6, 7);
    const v2 = v128.shuffle<f32>(t2, t3, 0, 1, 4, 5);
    const v3 = v128.shuffle<f32>(t2, t3, 2, 3, 6, 7);
    const g01 = f32x4.gt(v1, v0);
    const g23 = f32x4.gt(v3, v2);
    const m01 = v128.bitselect(v1, v0, g01);
    const m23 = v128.bitselect(v3, v2, g23);
    const g = f32x4.gt(m23, m01);
    let best = v128.bitselect(m23, m01, g);
    const target = near + row * <usize>nearStride;
    if (track) {
      const k0 = v128.shuffle<i32>(n0, n1, 0, 4, 1, 5);
      const k1 = v128.shuffle<i32>(n2, n3, 0, 4, 1, 5);
      const k2 = v128.shuffle<i32>(n0, n1, 2, 6, 3, 7);
      const k3 = v128.shuffle<i32>(n2, n3, 2, 6, 3, 7);
      const i0 = v128.shuffle<i32>(k0, k1, 0, 1, 4, 5);
      const i1 = v128.shuffle<i32>(k0, k1, 2, 3, 6, 7);
      const i2 = v128.shuffle<i32>(k2, k3, 0, 1, 4, 5);
      const i3 = v128.shuffle<i32>(k2, k3, 2, 3, 6, 7);
      const chosen = v128.bitselect(v128.bitselect(i3, i2, g23), v128.bitselect(i1, i0, g01), g);
      const out = rowsOut + (row << 4);
      storeRow(out, i32x4.extract_lane(chosen, 0), targetOrder);
      storeRow(out + 4, i32x4.extract_lane(chosen, 1), targetOrder);
      storeRow(out + 8, i32x4.extract_lane(chosen, 2), targetOrder);
      storeRow(out + 12, i32x4.extract_lane(chosen, 3), targetOrder);
    }
    if (combine) best = f32x4.max(best, v128.load(target));
    v128.store(target, best);
  }
}

// @ts-ignore: decorator
@inline
function storeRow(out: usize, place: i32, order: usize): void {
  store<i32>(out, place < 0 ? -1 : load<i32>(order + (<usize>place << 2)));
}

/**
 * What an organism perceives of the nearest one in each sector: nearness times a signal, or a comparison of columns.
 * kind 0: value of the neighbour (signal) times its nearness; kind 1: (theirs - own) / (theirs + own) (size).
 */
export function compareNearest(
  count: i32,
  kind: i32,
  rowsOf: I32, // [4] a row
  near: F32,
  nearStride: Stride,
  column: F32,
  out: F32,
  outStride: Stride,
  begin: Begin, // count: 8 ns
): void {
  for (let i = begin; i < count; i++) {
    const own = load<f32>(column + (<usize>i << 2));
    for (let sector = 0; sector < 4; sector++) {
      const j = load<i32>(rowsOf + (<usize>i << 4) + (<usize>sector << 2));
      let value: f32 = 0;
      if (j >= 0) {
        const theirs = load<f32>(column + (<usize>j << 2));
        value = kind
          ? (theirs - own) / (theirs + own)
          : theirs * load<f32>(near + <usize>i * <usize>nearStride + (<usize>sector << 2));
      }
      store<f32>(out + <usize>i * <usize>outStride + (<usize>sector << 2), value);
    }
  }
}

/** Likeness of the markers to those of the nearest in each sector: 1 for the same, falling to 0; 0 if there is none. */
export function likenessOfNearest(
  count: i32,
  rowsOf: I32, // [4] a row
  marker1: F32,
  marker2: F32,
  marker3: F32,
  out: F32,
  outStride: Stride,
  begin: Begin, // count: 10 ns
): void {
  for (let i = begin; i < count; i++) {
    const at = <usize>i << 2;
    for (let sector = 0; sector < 4; sector++) {
      const j = load<i32>(rowsOf + (<usize>i << 4) + (<usize>sector << 2));
      let value: f32 = 0;
      if (j >= 0) {
        const to = <usize>j << 2;
        const a = load<f32>(marker1 + to) - load<f32>(marker1 + at);
        const b = load<f32>(marker2 + to) - load<f32>(marker2 + at);
        const c = load<f32>(marker3 + to) - load<f32>(marker3 + at);
        value = 1 / (1 + 8 * (a * a + b * b + c * c));
      }
      store<f32>(out + <usize>i * <usize>outStride + (<usize>sector << 2), value);
    }
  }
}
