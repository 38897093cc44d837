import { F32, Flag, Begin, Scratch, U8OrNone } from './arguments';

/**
 * Turns and moves, four rows at a time. The turn t = turn * sharpest is the tangent of half the angle, so that the
 * rotation (1 - t^2, 2 t) / (1 + t^2) is exact without trigonometry; the heading is renormalised to first order.
 * `moved` receives the speed used, lengths per tick.
 */
export function move(
  count: i32,
  x: F32,
  y: F32,
  headingX: F32,
  headingY: F32,
  turn: F32,
  thrust: F32,
  eat: F32,
  speed: F32,
  sharpest: f32,
  feedingPace: f32,
  torus: Flag,
  width: f32,
  height: f32,
  lastX: f32,
  lastY: f32,
  barrier: U8OrNone, // [?]
  columns: i32,
  inverseCell: f32,
  moved: F32,
  scratch: Scratch,
  begin: Begin, // count: 6 ns
): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const two = f32x4.splat(2);
  const w = f32x4.splat(width);
  const h = f32x4.splat(height);
  const slower = f32x4.splat(1 - feedingPace);
  for (let i = begin; i < count; i += 4) {
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
      // A step longer than the plane, or NaN, must not leave the plane: places address the ground.
      px = v128.and(px, v128.and(f32x4.ge(px, zero), f32x4.lt(px, w)));
      py = v128.and(py, v128.and(f32x4.ge(py, zero), f32x4.lt(py, h)));
    } else {
      px = f32x4.min(f32x4.max(px, zero), f32x4.splat(lastX));
      py = f32x4.min(f32x4.max(py, zero), f32x4.splat(lastY));
    }
    v128.store(x + at, px);
    v128.store(y + at, py);
    if (barrier) {
      // The last group may hold rows beyond `count`: their places are stale, so they are not changed.
      for (let lane = 0; lane < 4 && i + lane < count; lane++) {
        const to = at + (<usize>lane << 2);
        const before = load<f32>(scratch + (<usize>lane << 2));
        const beforeY = load<f32>(scratch + (<usize>lane << 2), 16);
        let ax = load<f32>(x + to);
        let ay = load<f32>(y + to);
        if (!blockedAt(barrier, ax, ay, columns, inverseCell)) continue;
        // An organism caught by a new barrier may walk out of it.
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
