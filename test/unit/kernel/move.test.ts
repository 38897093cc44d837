import { describe, expect, it } from 'vitest';
import { Columns, expectSameBits, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('move');

interface Plane {
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
  readonly torus: boolean;
  readonly barriers: boolean;
}

const planes: readonly Plane[] = [true, false].flatMap((torus) =>
  [true, false].flatMap((barriers) => [
    { columns: 16, rows: 16, cell: 4, torus, barriers },
    { columns: 24, rows: 30, cell: 3, torus, barriers },
  ]),
);

const below = (size: number) => fround(size * (1 - 1 / 8_388_608));

/** Bodies with everything that moving reads; `mask` has a byte a cell. */
function setUp(columns: Columns, plane: Plane, count: number) {
  const [width, height] = [plane.columns * plane.cell, plane.rows * plane.cell];
  const side = (size: number) =>
    random.list(count, (i) =>
      i % 6 === 0 ? 0 : i % 6 === 1 ? below(size) : i % 6 === 2 ? random.between(0, 1e-6) : random.between(0, size * 0.9999),
    );
  const angle = random.list(count, () => random.between(0, 2 * Math.PI));
  const cells = plane.columns * (plane.rows + 1) + 4;
  return {
    count,
    width,
    height,
    x: columns.f32(side(width)),
    y: columns.f32(side(height)),
    hx: columns.f32(angle.map(Math.cos)),
    hy: columns.f32(angle.map(Math.sin)),
    turn: columns.f32(random.list(count, () => random.between(-1, 1))),
    thrust: columns.f32(random.list(count, () => random.between(0, 1))),
    eat: columns.f32(random.list(count, () => random.whole(0, 1))),
    // A few are so swift that a step would leave the plane even when it is wrapped around.
    speed: columns.f32(random.list(count, (i) => (i % 11 === 10 ? 1e9 : random.between(0.1, 5)))),
    moved: columns.f32(new Float32Array(count)),
    mask: columns.u8(random.list(cells, (i) => (i < plane.columns * plane.rows && random.chance(0.3) ? 1 : 0))),
  };
}

type Bodies = ReturnType<typeof setUp>;

function run(columns: Columns, plane: Plane, b: Bodies, sharpest: number, feedingPace: number): void {
  columns.run.move(
    b.count,
    b.x.at,
    b.y.at,
    b.hx.at,
    b.hy.at,
    b.turn.at,
    b.thrust.at,
    b.eat.at,
    b.speed.at,
    sharpest,
    feedingPace,
    plane.torus ? 1 : 0,
    b.width,
    b.height,
    below(b.width),
    below(b.height),
    plane.barriers ? b.mask.at : 0,
    plane.columns,
    1 / plane.cell,
    b.moved.at,
    columns.scratch,
  );
}

describe('move', () => {
  it.each(planes.flatMap((plane) => [1, 6, 103].map((count) => ({ ...plane, count }))))(
    '$count bodies, $columns x $rows, torus $torus, barriers $barriers',
    ({ count, ...plane }) => {
      const columns = new Columns();
      const b = setUp(columns, plane, count);
      const [sharpest, feedingPace] = [0.35, 0.4].map(fround);
      const before = [b.x, b.y, b.hx, b.hy].map(({ values }) => Float32Array.from(values));
      run(columns, plane, b, sharpest, feedingPace);
      const inverse = fround(1 / plane.cell);
      const blocked = (x: number, y: number) =>
        plane.barriers && b.mask.values[Math.trunc(fround(y * inverse)) * plane.columns + Math.trunc(fround(x * inverse))] === 1;
      const wrap = (p: number, size: number) => {
        if (!plane.torus) return Math.min(Math.max(p, 0), below(size));
        const up = p < 0 ? fround(p + size) : p;
        const around = up >= size ? fround(up - size) : up;
        return around >= 0 && around < size ? around : 0;
      };
      const expected = random.list(count, (i) => {
        const [x, y, hx, hy] = before.map((values) => values[i]);
        // A turn by the angle whose half has the tangent t.
        const t = fround(b.turn.values[i] * sharpest);
        const t2 = fround(t * t);
        const inverseLength = fround(1 / fround(1 + t2));
        const c = fround(fround(1 - t2) * inverseLength);
        const s = fround(fround(2 * t) * inverseLength);
        const rx = fround(fround(hx * c) - fround(hy * s));
        const ry = fround(fround(hx * s) + fround(hy * c));
        const norm = fround(1.5 - fround(0.5 * fround(fround(rx * rx) + fround(ry * ry))));
        const nx = fround(rx * norm);
        const ny = fround(ry * norm);
        const slower = fround(fround(1 - feedingPace) * b.eat.values[i]);
        const pace = fround(fround(b.speed.values[i] * b.thrust.values[i]) * fround(1 - slower));
        let px = wrap(fround(x + fround(nx * pace)), b.width);
        let py = wrap(fround(y + fround(ny * pace)), b.height);
        if (blocked(px, py) && !blocked(x, y)) {
          if (!blocked(px, y)) py = y;
          else if (!blocked(x, py)) px = x;
          else [px, py] = [x, y];
        }
        return [px, py, nx, ny, pace];
      });
      for (const [k, column] of [b.x, b.y, b.hx, b.hy, b.moved].entries()) {
        expectSameBits(
          column.values,
          expected.map((row) => row[k]),
          ['x', 'y', 'headingX', 'headingY', 'moved'][k],
        );
      }
      for (let i = 0; i < count; i++) {
        expect(b.x.values[i]).toBeGreaterThanOrEqual(0);
        expect(b.x.values[i]).toBeLessThan(b.width);
        expect(b.y.values[i]).toBeGreaterThanOrEqual(0);
        expect(b.y.values[i]).toBeLessThan(b.height);
      }
      columns.check();
    },
  );

  it('headings stay of length 1 over ten thousand turns', () => {
    const columns = new Columns();
    const plane = planes[4];
    const b = setUp(columns, plane, 8);
    for (let tick = 0; tick < 10_000; tick++) {
      for (let i = 0; i < 8; i++) b.turn.values[i] = random.between(-1, 1);
      run(columns, plane, b, 0.9, 0.4);
    }
    // Rounded to first order at each turn: a few float32 steps around 1.
    for (let i = 0; i < 8; i++) expect(Math.hypot(b.hx.values[i], b.hy.values[i])).toBeCloseTo(1, 6);
  });

  it('a turn of 1 at the sharpest t turns by twice the angle whose tangent is t, to the left', () => {
    const columns = new Columns();
    const plane = { ...planes[6], barriers: false };
    const b = setUp(columns, plane, 4);
    b.hx.values.fill(1);
    b.hy.values.fill(0);
    b.turn.values.set([1, -1, 0.5, 0]);
    run(columns, plane, b, 0.35, 0.4);
    for (const [i, tangent] of [0.35, -0.35, 0.175, 0].entries()) {
      expect(b.hx.values[i]).toBeCloseTo(Math.cos(2 * Math.atan(tangent)), 6);
      expect(b.hy.values[i]).toBeCloseTo(Math.sin(2 * Math.atan(tangent)), 6);
    }
  });
});

describe('barriers', () => {
  /** A plane of 8 x 8 cells of side 4 with one column of cells blocked, from x = 16 to 20. */
  function wall(bodies: readonly (readonly [x: number, y: number, hx: number, hy: number])[]) {
    const columns = new Columns();
    const plane = { columns: 8, rows: 8, cell: 4, torus: true, barriers: true };
    const b = setUp(columns, plane, bodies.length);
    b.mask.values.fill(0);
    for (let row = 0; row < 8; row++) b.mask.values[8 * row + 4] = 1;
    for (const [i, [x, y, hx, hy]] of bodies.entries()) {
      [b.x.values[i], b.y.values[i], b.hx.values[i], b.hy.values[i]] = [x, y, hx, hy];
    }
    b.turn.values.fill(0);
    b.thrust.values.fill(1);
    b.eat.values.fill(0);
    b.speed.values.fill(2);
    run(columns, plane, b, 0.35, 0.4);
    return bodies.map((_, i) => [b.x.values[i], b.y.values[i]]);
  }

  it('stop head on, let slide along, and let out whom they have caught', () => {
    const diagonal = fround(Math.SQRT1_2);
    const [stopped, slid, out, along] = wall([
      [15, 10, 1, 0],
      [15, 10, diagonal, diagonal],
      [17, 10, -1, 0],
      [18, 10, 0, 1],
    ]);
    expect(stopped).toEqual([15, 10]);
    expect(slid[0]).toBe(15);
    expect(slid[1]).toBeCloseTo(10 + 2 * Math.SQRT1_2, 5);
    expect(out).toEqual([15, 10]);
    expect(along).toEqual([18, 12]);
  });
});
