// The ground: cells of four floats side by side, [grass, fruit, carrion, cue], so that one load brings all four.
import { F32, F32OrNone, Flag, Begin, Stride, U32, U8 } from './arguments';
import { QUANTUM } from './quantum';

/** Every lane moves a share of the way to what the cell can carry: g += rate (capacity - g). */
export function regrow(
  cells: i32,
  ground: F32, // [4 * cells]
  capacity: F32, // [4 * cells]
  r0: f32,
  r1: f32,
  r2: f32,
  r3: f32,
  begin: Begin, // cells: 3 ns
): void {
  const rate = f32x4(r0, r1, r2, r3);
  for (let i = begin; i < cells; i++) {
    const at = <usize>i << 4;
    const g = v128.load(ground + at);
    v128.store(ground + at, f32x4.add(g, f32x4.mul(rate, f32x4.sub(v128.load(capacity + at), g))));
  }
}

/** Positions of four lanes wrapped or clamped onto the plane, as cell indices; -1 beyond a wall. */
// @ts-ignore: decorator
@inline
function cellsAt(x: v128, y: v128, width: v128, height: v128, inverse: v128, columns: v128, torus: i32): v128 {
  const zero = f32x4.splat(0);
  let outside = i32x4.splat(0);
  if (torus) {
    x = f32x4.add(x, v128.and(width, f32x4.lt(x, zero)));
    x = f32x4.sub(x, v128.and(width, f32x4.ge(x, width)));
    y = f32x4.add(y, v128.and(height, f32x4.lt(y, zero)));
    y = f32x4.sub(y, v128.and(height, f32x4.ge(y, height)));
  } else {
    outside = v128.or(
      v128.or(f32x4.lt(x, zero), f32x4.ge(x, width)),
      v128.or(f32x4.lt(y, zero), f32x4.ge(y, height)),
    );
  }
  const cellX = i32x4.trunc_sat_f32x4_s(f32x4.mul(x, inverse));
  const cellY = i32x4.trunc_sat_f32x4_s(f32x4.mul(y, inverse));
  return v128.or(i32x4.add(i32x4.mul(cellY, columns), cellX), outside);
}

// @ts-ignore: decorator
@inline
function look(ground: usize, cell: i32): v128 {
  return cell < 0 ? f32x4.splat(0) : v128.load(ground + (<usize>cell << 4));
}

// @ts-ignore: decorator
@inline
function blocked(barrier: usize, cell: i32): f32 {
  return cell < 0 ? 1 : <f32>load<u8>(barrier + <usize>cell);
}

/**
 * Samples the ground at two distances along the middle of each sector (ahead, right, behind, left) and underfoot.
 * inputs: the policy's input rows, `inputStride` bytes apart; offsets in bytes of each sense's block of four, -1 where
 * the scene does not have the sense. Values are weighted means (near 0.6, far 0.4) times the lane's scale.
 * `underfoot`: energy an organism could gain on its own cell, from its efficiencies (f32[4] a row) times `scale0`.
 */
export function senseGround(
  count: i32,
  x: F32,
  y: F32,
  headingX: F32,
  headingY: F32,
  efficiency: F32, // [4] a row
  ground: F32, // [?]
  barrier: U8, // [?]
  columns: i32,
  inverseCell: f32,
  torus: Flag,
  width: f32,
  height: f32,
  near: f32,
  far: f32,
  scale0: f32,
  scale1: f32,
  scale2: f32,
  scale3: f32,
  inputs: F32,
  inputStride: Stride,
  grassAt: i32,
  fruitAt: i32,
  carrionAt: i32,
  cueAt: i32,
  barrierAt: i32,
  underfootAt: i32,
  begin: Begin, // count: 40 ns
): void {
  const scale = f32x4(scale0, scale1, scale2, scale3);
  const w = f32x4.splat(width);
  const h = f32x4.splat(height);
  const inverse = f32x4.splat(inverseCell);
  const columns4 = i32x4.splat(columns);
  const nearWeight = f32x4.splat(0.6);
  const farWeight = f32x4.splat(0.4);
  const nearDistance = f32x4.splat(near);
  const farDistance = f32x4.splat(far);
  for (let i = begin; i < count; i++) {
    const at = <usize>i << 2;
    const px = load<f32>(x + at);
    const py = load<f32>(y + at);
    const hx = load<f32>(headingX + at);
    const hy = load<f32>(headingY + at);
    const directionX = f32x4(hx, -hy, -hx, hy);
    const directionY = f32x4(hy, hx, -hy, -hx);
    const px4 = f32x4.splat(px);
    const py4 = f32x4.splat(py);
    const out = inputs + <usize>i * <usize>inputStride;
    const nearCells = cellsAt(
      f32x4.add(px4, f32x4.mul(directionX, nearDistance)),
      f32x4.add(py4, f32x4.mul(directionY, nearDistance)),
      w,
      h,
      inverse,
      columns4,
      torus,
    );
    const farCells = cellsAt(
      f32x4.add(px4, f32x4.mul(directionX, farDistance)),
      f32x4.add(py4, f32x4.mul(directionY, farDistance)),
      w,
      h,
      inverse,
      columns4,
      torus,
    );
    const c0 = i32x4.extract_lane(nearCells, 0);
    const c1 = i32x4.extract_lane(nearCells, 1);
    const c2 = i32x4.extract_lane(nearCells, 2);
    const c3 = i32x4.extract_lane(nearCells, 3);
    const d0 = i32x4.extract_lane(farCells, 0);
    const d1 = i32x4.extract_lane(farCells, 1);
    const d2 = i32x4.extract_lane(farCells, 2);
    const d3 = i32x4.extract_lane(farCells, 3);
    const s0 = f32x4.add(f32x4.mul(look(ground, c0), nearWeight), f32x4.mul(look(ground, d0), farWeight));
    const s1 = f32x4.add(f32x4.mul(look(ground, c1), nearWeight), f32x4.mul(look(ground, d1), farWeight));
    const s2 = f32x4.add(f32x4.mul(look(ground, c2), nearWeight), f32x4.mul(look(ground, d2), farWeight));
    const s3 = f32x4.add(f32x4.mul(look(ground, c3), nearWeight), f32x4.mul(look(ground, d3), farWeight));
    const t0 = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5);
    const t1 = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5);
    const t2 = v128.shuffle<f32>(s0, s1, 2, 6, 3, 7);
    const t3 = v128.shuffle<f32>(s2, s3, 2, 6, 3, 7);
    if (grassAt >= 0) v128.store(out + grassAt, f32x4.mul(v128.shuffle<f32>(t0, t1, 0, 1, 4, 5), f32x4.splat(scale0)));
    if (fruitAt >= 0) v128.store(out + fruitAt, f32x4.mul(v128.shuffle<f32>(t0, t1, 2, 3, 6, 7), f32x4.splat(scale1)));
    if (carrionAt >= 0) v128.store(out + carrionAt, f32x4.mul(v128.shuffle<f32>(t2, t3, 0, 1, 4, 5), f32x4.splat(scale2)));
    if (cueAt >= 0) v128.store(out + cueAt, f32x4.mul(v128.shuffle<f32>(t2, t3, 2, 3, 6, 7), f32x4.splat(scale3)));
    if (barrierAt >= 0) {
      v128.store(
        out + barrierAt,
        f32x4.add(
          f32x4.mul(f32x4(blocked(barrier, c0), blocked(barrier, c1), blocked(barrier, c2), blocked(barrier, c3)), nearWeight),
          f32x4.mul(f32x4(blocked(barrier, d0), blocked(barrier, d1), blocked(barrier, d2), blocked(barrier, d3)), farWeight),
        ),
      );
    }
    if (underfootAt >= 0) {
      const cell = <i32>(py * inverseCell) * columns + <i32>(px * inverseCell);
      const here = f32x4.mul(f32x4.mul(look(ground, cell), v128.load(efficiency + (<usize>i << 4))), scale);
      const halves = f32x4.add(here, v128.shuffle<f32>(here, here, 2, 3, 0, 1));
      store<f32>(out + underfootAt, f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1));
    }
  }
}

/**
 * First step of feeding: the rows that eat, side by side, in order; no organism has had anything in this tick.
 * @returns how many eat
 */
export function listEaters(
  count: i32,
  eat: F32,
  intake: F32,
  eaters: U32,
): i32 {
  memory.fill(intake, 0, <usize>count << 2);
  let n: usize = 0;
  // Whether an organism eats cannot be predicted by the processor: the list is made without a branch.
  for (let i = 0; i < count; i++) {
    store<u32>(eaters + (n << 2), i);
    n += <usize>(load<f32>(eat + (<usize>i << 2)) != 0);
  }
  return <i32>n;
}

/**
 * Second step: what each eater wants of its cell, divided among the foods by what they would yield to it. `eaters`: their rows;
 * `cells`: receives the byte offsets of their ground, `wants` f32[4] an eater, whole multiples of a quantum.
 */
export function wantFood(
  eaterCount: i32,
  eaters: U32, // [eaterCount]
  x: F32, // [?]
  y: F32, // [?]
  energy: F32, // [?]
  storage: F32, // [?]
  appetite: F32, // [?]
  efficiency: F32, // [?]
  ground: F32, // [?]
  columns: i32,
  inverseCell: f32,
  cells: U32, // [eaterCount]
  wants: F32, // [4 * eaterCount]
  begin: Begin, // eaterCount: 15 ns
): void {
  const quantum = f32x4.splat(QUANTUM);
  const inverseQuantum = f32x4.splat(1 / QUANTUM);
  const zero = f32x4.splat(0);
  for (let k = <usize>begin; k < <usize>eaterCount; k++) {
    const row = <usize>load<u32>(eaters + (k << 2));
    const at = row << 2;
    const cell = (<i32>(load<f32>(y + at) * inverseCell) * columns + <i32>(load<f32>(x + at) * inverseCell)) << 4;
    store<u32>(cells + (k << 2), cell);
    const food = v128.load(ground + <usize>cell);
    const worth = f32x4.mul(food, v128.load(efficiency + (row << 4)));
    const halves = f32x4.add(worth, v128.shuffle<f32>(worth, worth, 2, 3, 0, 1));
    const total = f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
    // No organism eats more than it can store; the store counts gains, so an eater may stop before its appetite is met.
    const room: f32 = load<f32>(storage + at) - load<f32>(energy + at);
    const mouth = min<f32>(load<f32>(appetite + at), max<f32>(room, 0));
    const share = f32x4.splat(total > 1e-6 ? mouth / total : 0);
    // Never less than nothing: the cue lane may be negative, and the cue is not eaten.
    const want = f32x4.max(zero, f32x4.min(f32x4.mul(worth, share), food));
    v128.store(wants + (k << 4), f32x4.mul(f32x4.floor(f32x4.mul(want, quantum)), inverseQuantum));
  }
}

/**
 * Third step: sums the wants of each cell (`demand`: f32[4] a cell). Wants are whole multiples of a quantum, so that their order does not
 * matter. A part has the cells from `begin` to `end`, so that no two parts write to one cell; each reads the whole list.
 */
export function addDemand(
  end: i32,
  eaterCount: i32,
  cells: U32, // [eaterCount]
  wants: F32, // [4 * eaterCount]
  demand: F32, // [4 * end]
  begin: Begin, // end: 2 ns by eaterCount, a part for each thread
): void {
  const first = <u32>begin << 4;
  const bytes = <u32>(end - begin) << 4;
  for (let k: usize = 0; k < <usize>eaterCount; k++) {
    const cell = load<u32>(cells + (k << 2));
    if (cell - first >= bytes) continue;
    const at = demand + <usize>cell;
    v128.store(at, f32x4.add(v128.load(at), v128.load(wants + (k << 4))));
  }
}

/** Fourth step: each eater gets its share of what is there; gains enter `energy` and `intake`, those from fruit alone `fruit` too. */
export function shareFood(
  eaterCount: i32,
  eaters: U32, // [eaterCount]
  cells: U32, // [eaterCount]
  wants: F32, // [4 * eaterCount]
  efficiency: F32, // [?]
  ground: F32, // [?]
  demand: F32, // [?]
  energy: F32, // [?]
  intake: F32, // [?]
  fruit: F32OrNone, // [?]
  begin: Begin, // eaterCount: 15 ns
): void {
  const one = f32x4.splat(1);
  const tiny = f32x4.splat(1e-9);
  for (let k = <usize>begin; k < <usize>eaterCount; k++) {
    const row = <usize>load<u32>(eaters + (k << 2));
    const cell = <usize>load<u32>(cells + (k << 2));
    const at = row << 2;
    const part = f32x4.min(one, f32x4.div(v128.load(ground + cell), f32x4.max(v128.load(demand + cell), tiny)));
    const got = f32x4.mul(f32x4.mul(v128.load(wants + (k << 4)), part), v128.load(efficiency + (row << 4)));
    const halves = f32x4.add(got, v128.shuffle<f32>(got, got, 2, 3, 0, 1));
    const gain = f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
    store<f32>(intake + at, gain);
    if (fruit) store<f32>(fruit + at, f32x4.extract_lane(got, 1));
    store<f32>(energy + at, load<f32>(energy + at) + gain);
  }
}

/**
 * Last step: subtracts the demand from the ground (never more than there is; a negative cue stays), and clears the demand. Parts as in
 * addDemand.
 */
export function takeFood(
  end: i32,
  eaterCount: i32,
  cells: U32, // [eaterCount]
  ground: F32, // [4 * end]
  demand: F32, // [4 * end]
  begin: Begin, // end: 2 ns by eaterCount, a part for each thread
): void {
  const zero = f32x4.splat(0);
  const first = <u32>begin << 4;
  const bytes = <u32>(end - begin) << 4;
  for (let k: usize = 0; k < <usize>eaterCount; k++) {
    const cell = load<u32>(cells + (k << 2));
    if (cell - first >= bytes) continue;
    const to = <usize>cell;
    const there = v128.load(ground + to);
    v128.store(ground + to, f32x4.max(f32x4.min(there, zero), f32x4.sub(there, v128.load(demand + to))));
    v128.store(demand + to, zero);
  }
}
