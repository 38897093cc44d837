import { philox4, uniform4 } from './random';

/**
 * Turns and moves, four rows at a time. The turn t = turn * sharpest is the tangent of half the angle, so that the
 * rotation (1 - t^2, 2 t) / (1 + t^2) is exact without trigonometry; the heading is renormalised to first order.
 * `moved` receives the speed used, lengths per tick.
 */
export function move(
  count: i32,
  x: usize,
  y: usize,
  headingX: usize,
  headingY: usize,
  turn: usize,
  thrust: usize,
  eat: usize,
  speed: usize,
  sharpest: f32,
  feedingPace: f32,
  torus: i32,
  width: f32,
  height: f32,
  lastX: f32,
  lastY: f32,
  barrier: usize,
  columns: i32,
  inverseCell: f32,
  moved: usize,
  scratch: usize,
): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const two = f32x4.splat(2);
  const w = f32x4.splat(width);
  const h = f32x4.splat(height);
  const slower = f32x4.splat(1 - feedingPace);
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2;
    const t = f32x4.mul(v128.load(turn + at), f32x4.splat(sharpest));
    const t2 = f32x4.mul(t, t);
    const inverse = f32x4.div(one, f32x4.add(one, t2));
    const c = f32x4.mul(f32x4.sub(one, t2), inverse);
    const s = f32x4.mul(f32x4.mul(two, t), inverse);
    const hx = v128.load(headingX + at);
    const hy = v128.load(headingY + at);
    let nx = f32x4.sub(f32x4.mul(hx, c), f32x4.mul(hy, s));
    let ny = f32x4.add(f32x4.mul(hx, s), f32x4.mul(hy, c));
    const norm = f32x4.sub(
      f32x4.splat(1.5),
      f32x4.mul(f32x4.splat(0.5), f32x4.add(f32x4.mul(nx, nx), f32x4.mul(ny, ny))),
    );
    nx = f32x4.mul(nx, norm);
    ny = f32x4.mul(ny, norm);
    v128.store(headingX + at, nx);
    v128.store(headingY + at, ny);
    const pace = f32x4.mul(
      f32x4.mul(v128.load(speed + at), v128.load(thrust + at)),
      f32x4.sub(one, f32x4.mul(slower, v128.load(eat + at))),
    );
    v128.store(moved + at, pace);
    const oldX = v128.load(x + at);
    const oldY = v128.load(y + at);
    if (barrier) {
      v128.store(scratch, oldX);
      v128.store(scratch, oldY, 16);
    }
    let px = f32x4.add(oldX, f32x4.mul(nx, pace));
    let py = f32x4.add(oldY, f32x4.mul(ny, pace));
    if (torus) {
      px = f32x4.add(px, v128.and(w, f32x4.lt(px, zero)));
      px = f32x4.sub(px, v128.and(w, f32x4.ge(px, w)));
      py = f32x4.add(py, v128.and(h, f32x4.lt(py, zero)));
      py = f32x4.sub(py, v128.and(h, f32x4.ge(py, h)));
      // A step longer than the plane, or none at all, must not leave it: places address the ground.
      px = v128.and(px, v128.and(f32x4.ge(px, zero), f32x4.lt(px, w)));
      py = v128.and(py, v128.and(f32x4.ge(py, zero), f32x4.lt(py, h)));
    } else {
      px = f32x4.min(f32x4.max(px, zero), f32x4.splat(lastX));
      py = f32x4.min(f32x4.max(py, zero), f32x4.splat(lastY));
    }
    v128.store(x + at, px);
    v128.store(y + at, py);
    if (barrier) {
      // The last group may hold rows beyond `count`: their places are stale, so they are left alone.
      for (let lane = 0; lane < 4 && i + lane < count; lane++) {
        const to = at + (<usize>lane << 2);
        const before = load<f32>(scratch + (<usize>lane << 2));
        const beforeY = load<f32>(scratch + (<usize>lane << 2), 16);
        let ax = load<f32>(x + to);
        let ay = load<f32>(y + to);
        if (!blockedAt(barrier, ax, ay, columns, inverseCell)) continue;
        // Whom a new barrier has caught may walk out of it.
        if (blockedAt(barrier, before, beforeY, columns, inverseCell)) continue;
        // Slide along the barrier where one of the two components is free.
        if (!blockedAt(barrier, ax, beforeY, columns, inverseCell)) ay = beforeY;
        else if (!blockedAt(barrier, before, ay, columns, inverseCell)) ax = before;
        else {
          ax = before;
          ay = beforeY;
        }
        store<f32>(x + to, ax);
        store<f32>(y + to, ay);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function blockedAt(barrier: usize, px: f32, py: f32, columns: i32, inverseCell: f32): bool {
  return load<u8>(barrier + <usize>(<i32>(py * inverseCell) * columns + <i32>(px * inverseCell))) != 0;
}

const QUANTUM: f32 = 16384;

/** Shortest difference along an axis of a torus. */
// @ts-ignore: decorator
@inline
function around(d: f32, size: f32, torus: i32): f32 {
  if (!torus) return d;
  const half = size * 0.5;
  return d > half ? d - size : d < -half ? d + size : d;
}

/**
 * First pass of biting: each biter that has not bitten yet and whose nearest target ahead is still within reach tears at
 * it. `targets`: i32[4] a row (lane 0: ahead). `torn`: f32 a row, what it tore (0: nothing); `victim`: i32 a row.
 * Damage is summed in the victim's column `damage`, in whole multiples of 2^-14, so that order does not matter.
 */
export function bite(
  count: i32,
  x: usize,
  y: usize,
  biting: usize,
  size: usize,
  targets: usize,
  targetX: usize,
  targetY: usize,
  targetSize: usize,
  targetDamage: usize,
  torus: i32,
  width: f32,
  height: f32,
  reach: f32,
  strength: f32,
  torn: usize,
  victim: usize,
): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    store<f32>(torn + at, 0);
    // 1: bites; 0: does not; 2: has bitten one of another population in this tick.
    if (load<f32>(biting + at) != 1) continue;
    const j = load<i32>(targets + (<usize>i << 4));
    if (j < 0) continue;
    const to = <usize>j << 2;
    const dx = around(load<f32>(targetX + to) - load<f32>(x + at), width, torus);
    const dy = around(load<f32>(targetY + to) - load<f32>(y + at), height, torus);
    if (dx * dx + dy * dy > reach * reach) continue;
    const damage: f32 = Mathf.floor(((strength * load<f32>(size + at)) / load<f32>(targetSize + to)) * QUANTUM) / QUANTUM;
    store<f32>(torn + at, damage);
    store<i32>(victim + at, j);
    // One bite a tick: populations that come later among the targets find the mouth shut.
    store<f32>(biting + at, 2);
    store<f32>(targetDamage + to, load<f32>(targetDamage + to) + damage);
  }
}

/**
 * Second pass: what the victim really had is shared among its biters in proportion to what each tore. `torn` becomes
 * what is gained; nobody's energy changes yet, so that a victim which is itself a biter is what it was to all its biters.
 */
export function takeBites(
  count: i32,
  torn: usize,
  victim: usize,
  victimEnergy: usize,
  victimDamage: usize,
  gain: f32,
  storage: usize,
  energy: usize,
): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const damage = load<f32>(torn + at);
    if (damage == 0) continue;
    const to = <usize>load<i32>(victim + at) << 2;
    const had = max<f32>(load<f32>(victimEnergy + to), 0);
    const part = min<f32>(1, had / load<f32>(victimDamage + to));
    const room = max<f32>(load<f32>(storage + at) - load<f32>(energy + at), 0);
    store<f32>(torn + at, min<f32>(damage * part * gain, room));
  }
}

/** Third pass: what was gained enters energy and intake. */
export function digest(count: i32, gained: usize, energy: usize, intake: usize): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const got = load<f32>(gained + at);
    store<f32>(energy + at, load<f32>(energy + at) + got);
    store<f32>(intake + at, load<f32>(intake + at) + got);
  }
}

/**
 * Pays for the tick, ages, and decides who dies and who gives birth. Causes: 0 lives, 1 starvation, 2 predation, 3 age,
 * 4 accident. `ready` is 1 for those old and rich enough to have offspring. Draw 0 of the stream decides on death.
 * Ageing: hazard accident + 4/span (age/span)^3, a Weibull law of shape 4.
 */
export function metabolise(
  count: i32,
  tick: i32,
  birthTick: usize,
  energy: usize,
  damage: usize,
  hurt: usize,
  cost: usize,
  moving: usize,
  moved: usize,
  eat: usize,
  feeding: f32,
  biting: usize,
  biteCost: f32,
  storage: usize,
  threshold: usize,
  body: usize,
  accident: f32,
  span: f32,
  maturity: i32,
  keyLow: usize,
  keyHigh: usize,
  stream0: u32,
  stream1: u32,
  cause: usize,
  ready: usize,
  scratch: usize,
): void {
  const zero = f32x4.splat(0);
  const inverseSpan = f32x4.splat(1 / span);
  const rate = f32x4.splat(4 / span);
  const accidents = f32x4.splat(accident);
  for (let i = 0; i < count; i += 4) {
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

/** Rows whose u32 flag is not 0, in order; returns how many. */
export function collectFlagged(count: i32, flags: usize, out: usize): i32 {
  let n: usize = 0;
  let i = 0;
  // Most groups hold nobody: one test passes over four rows.
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

/**
 * Removes `removed` rows (ascending in `rows`) from all columns by moving the last row into each hole, from the last
 * hole to the first, so that a moved row is never itself a hole. `columns`: pairs u32 [pointer, bytes a row].
 */
export function compactRows(count: i32, columns: usize, columnCount: i32, rows: usize, removed: i32): void {
  for (let c = 0; c < columnCount; c++) {
    const base = <usize>load<u32>(columns + (<usize>c << 3));
    const bytes = <usize>load<u32>(columns + (<usize>c << 3), 4);
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
export function permuteRows(count: i32, columns: usize, columnCount: i32, order: usize, buffer: usize): void {
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
