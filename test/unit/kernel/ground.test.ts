import { describe, expect, it } from 'vitest';
import { Columns, expectSameBits, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('ground');
const quantum = 2 ** -14;

it('regrow: every lane goes its share of the way to its capacity', () => {
  const columns = new Columns();
  const cells = 37;
  const ground = columns.f32(
    random.list(4 * cells, () => random.between(0, 3)),
    4,
  );
  const capacity = columns.f32(
    random.list(4 * cells, () => random.between(-1, 3)),
    4,
  );
  const rates = [0.004, 1, 0, 0.05].map(fround);
  const before = [...ground.values];
  columns.run.regrow(cells, ground.at, capacity.at, rates[0], rates[1], rates[2], rates[3]);
  const expected = before.map((g, i) => fround(g + fround(rates[i % 4] * fround(capacity.values[i] - g))));
  expectSameBits(ground.values, expected, 'ground');
  for (let i = 2; i < before.length; i += 4) expect(ground.values[i]).toBe(before[i]);
  columns.check();
});

interface Plane {
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
  readonly torus: boolean;
}

const planes: readonly Plane[] = [
  { columns: 16, rows: 16, cell: 4, torus: true },
  { columns: 16, rows: 16, cell: 4, torus: false },
  { columns: 24, rows: 40, cell: 3, torus: true },
  { columns: 24, rows: 40, cell: 3, torus: false },
];

/** Bodies on the plane, some of them on its very edges. */
function bodies(count: number, { columns, rows, cell }: Plane) {
  const side = (size: number) =>
    random.list(count, (i) => (i % 7 === 0 ? 0 : i % 7 === 1 ? fround(size * (1 - 2 ** -23)) : random.between(0, size * 0.9999)));
  const angle = random.list(count, (i) => (i % 5 === 0 ? (i % 4) * 0.25 : random.between(0, 1)) * 2 * Math.PI);
  return {
    x: side(columns * cell),
    y: side(rows * cell),
    hx: angle.map((a) => fround(Math.cos(a))),
    hy: angle.map((a) => fround(Math.sin(a))),
  };
}

describe('senseGround', () => {
  const order = ['grass', 'fruit', 'carrion', 'cue', 'barrier', 'underfoot'] as const;
  type Sense = (typeof order)[number];
  const layouts: readonly (readonly Sense[])[] = [order, ['underfoot', 'cue', 'grass'], ['barrier'], ['carrion', 'fruit']];

  it.each(planes.flatMap((plane) => layouts.map((senses) => ({ ...plane, senses }))))(
    '$senses on $columns x $rows, torus $torus',
    ({ senses, ...plane }) => {
      const columns = new Columns();
      const count = 61;
      const { cell, torus } = plane;
      const [width, height] = [plane.columns * cell, plane.rows * cell];
      const reach = 14.5;
      const body = bodies(count, plane);
      const [x, y, hx, hy] = [body.x, body.y, body.hx, body.hy].map((values) => columns.f32(values));
      const efficiency = columns.f32(
        random.list(4 * count, () => random.between(0, 1)),
        4,
      );
      // A row of cells and one more, as the engine has them: positions that round onto the far edge read barren ground there.
      const cells = plane.columns * (plane.rows + 1) + 4;
      const open = plane.columns * plane.rows;
      const ground = columns.f32(
        random.list(4 * cells, (i) => (i < 4 * open ? random.between(0, 4) : 0)),
        4,
      );
      const barrier = columns.u8(random.list(cells, (i) => (i < open && random.chance(0.2) ? 1 : 0)));
      const scales = [0.7, 0.3, 1.5, 1].map(fround);
      const inputs = 4 * 5 + 4;
      const out = columns.f32(new Float32Array(inputs * count).fill(-9), inputs);
      const at = new Map<Sense, number>();
      let next = 0;
      for (const sense of senses) {
        at.set(sense, next);
        next += sense === 'underfoot' ? 1 : 4;
      }
      const offset = (sense: Sense) => (at.has(sense) ? 4 * (at.get(sense) as number) : -1);
      const [near, far] = [fround(reach / 3), fround(reach * 0.8)];
      columns.run.senseGround(
        count,
        x.at,
        y.at,
        hx.at,
        hy.at,
        efficiency.at,
        ground.at,
        barrier.at,
        plane.columns,
        1 / cell,
        torus ? 1 : 0,
        width,
        height,
        near,
        far,
        scales[0],
        scales[1],
        scales[2],
        scales[3],
        out.at,
        4 * inputs,
        offset('grass'),
        offset('fruit'),
        offset('carrion'),
        offset('cue'),
        offset('barrier'),
        offset('underfoot'),
      );
      const inverse = fround(1 / cell);
      const cellAt = (px: number, py: number) =>
        Math.trunc(fround(py * inverse)) * plane.columns + Math.trunc(fround(px * inverse));
      const wrap = (p: number, size: number) => {
        const up = p < 0 ? fround(p + size) : p;
        return up >= size ? fround(up - size) : up;
      };
      const [w6, w4] = [fround(0.6), fround(0.4)];
      for (let i = 0; i < count; i++) {
        const [px, py, ax, ay] = [x.values[i], y.values[i], hx.values[i], hy.values[i]];
        const directions = [
          [ax, ay],
          [-ay, ax],
          [-ax, -ay],
          [ay, -ax],
        ];
        /** The cell at a distance along a sector's middle, or -1 beyond a wall. */
        const sample = (sector: number, distance: number) => {
          const sx = fround(px + fround(directions[sector][0] * distance));
          const sy = fround(py + fround(directions[sector][1] * distance));
          if (torus) return cellAt(wrap(sx, width), wrap(sy, height));
          return sx < 0 || sx >= width || sy < 0 || sy >= height ? -1 : cellAt(sx, sy);
        };
        const mix = (sector: number, value: (c: number) => number) =>
          fround(fround(value(sample(sector, near)) * w6) + fround(value(sample(sector, far)) * w4));
        const expected = new Float32Array(inputs).fill(-9);
        for (const [lane, sense] of order.slice(0, 4).entries()) {
          const first = at.get(sense);
          if (first === undefined) continue;
          for (let sector = 0; sector < 4; sector++) {
            expected[first + sector] = fround(mix(sector, (c) => (c < 0 ? 0 : ground.values[4 * c + lane])) * scales[lane]);
          }
        }
        const walls = at.get('barrier');
        if (walls !== undefined) {
          for (let sector = 0; sector < 4; sector++) {
            expected[walls + sector] = mix(sector, (c) => (c < 0 ? 1 : barrier.values[c]));
          }
        }
        const here = at.get('underfoot');
        if (here !== undefined) {
          const c = cellAt(px, py);
          const worth = [0, 1, 2, 3].map((lane) =>
            fround(fround(ground.values[4 * c + lane] * efficiency.values[4 * i + lane]) * scales[lane]),
          );
          expected[here] = fround(fround(worth[0] + worth[2]) + fround(worth[1] + worth[3]));
        }
        expectSameBits(out.values.subarray(inputs * i, inputs * (i + 1)), expected, `row ${i}`);
      }
      columns.check();
    },
  );
});

/** A meal: bodies on a plane, some eating, many on the same cells. */
function meal(columns: Columns, plane: Plane, count: number, crowd: number, poor: boolean) {
  const body = bodies(count, plane);
  const cells = plane.columns * (plane.rows + 1) + 4;
  const small = crowd * plane.cell;
  return {
    count,
    x: columns.f32(body.x.map((x) => (crowd > 0 ? fround(x % small) : x))),
    y: columns.f32(body.y.map((y) => (crowd > 0 ? fround(y % small) : y))),
    eat: columns.f32(random.list(count, () => (random.chance(0.7) ? 1 : 0))),
    energy: columns.f32(random.list(count, () => random.between(0.1, 8))),
    storage: columns.f32(random.list(count, () => random.between(4, 9))),
    appetite: columns.f32(random.list(count, () => random.between(0, 0.5))),
    efficiency: columns.f32(
      random.list(4 * count, (i) => (i % 4 === 3 ? 0 : random.chance(0.2) ? 0 : random.between(0, 1))),
      4,
    ),
    ground: columns.f32(
      random.list(4 * cells, () => (random.chance(0.2) ? 0 : random.between(0, poor ? 0.05 : 3))),
      4,
    ),
    demand: columns.f32(new Float32Array(4 * cells), 4),
    eaters: columns.u32(new Uint32Array(count)),
    cells: columns.u32(new Uint32Array(count)),
    wants: columns.f32(new Float32Array(4 * count), 4),
    intake: columns.f32(new Float32Array(count).fill(5)),
    fruit: columns.f32(new Float32Array(count).fill(7)),
  };
}

type Meal = ReturnType<typeof meal>;

/** The steps of a meal on the first one's ground. */
function eat(columns: Columns, plane: Plane, eaters: readonly Meal[], { ground, demand }: Meal): void {
  const end = ground.values.length / 4;
  const { run } = columns;
  const numbers = eaters.map((m) => run.listEaters(m.count, m.eat.at, m.intake.at, m.eaters.at));
  for (const [i, m] of eaters.entries()) {
    run.wantFood(
      numbers[i],
      m.eaters.at,
      m.x.at,
      m.y.at,
      m.energy.at,
      m.storage.at,
      m.appetite.at,
      m.efficiency.at,
      ground.at,
      plane.columns,
      1 / plane.cell,
      m.cells.at,
      m.wants.at,
      0,
    );
    run.addDemand(end, numbers[i], m.cells.at, m.wants.at, demand.at, 0);
  }
  for (const [i, m] of eaters.entries()) {
    run.shareFood(
      numbers[i],
      m.eaters.at,
      m.cells.at,
      m.wants.at,
      m.efficiency.at,
      ground.at,
      demand.at,
      m.energy.at,
      m.intake.at,
      m.fruit.at,
      0,
    );
  }
  for (const [i, m] of eaters.entries()) run.takeFood(end, numbers[i], m.cells.at, ground.at, demand.at, 0);
}

describe('feeding', () => {
  const cases = planes.flatMap((plane) => [0, 1, 2].flatMap((crowd) => [true, false].map((poor) => ({ ...plane, crowd, poor }))));

  it.each(cases)('on $columns x $rows, crowd $crowd, poor $poor: by its definition', ({ crowd, poor, ...plane }) => {
    const columns = new Columns();
    const eaters = [meal(columns, plane, 53, crowd, poor), meal(columns, plane, 18, crowd, poor)];
    const table = eaters[0];
    const inverse = fround(1 / plane.cell);
    const cellOf = (m: Meal, i: number) =>
      Math.trunc(fround(m.y.values[i] * inverse)) * plane.columns + Math.trunc(fround(m.x.values[i] * inverse));
    const before = Float32Array.from(table.ground.values);
    const demand = new Float32Array(before.length);
    // What each wants: its mouth's fill, spread over the foods by what they would bring it, in whole quanta.
    const wants = eaters.map((m) =>
      random.list(m.count, (i) => {
        if (m.eat.values[i] === 0) return [0, 0, 0, 0];
        const c = 4 * cellOf(m, i);
        const worth = [0, 1, 2, 3].map((lane) => fround(before[c + lane] * m.efficiency.values[4 * i + lane]));
        const total = fround(fround(worth[0] + worth[2]) + fround(worth[1] + worth[3]));
        const room = Math.max(0, fround(m.storage.values[i] - m.energy.values[i]));
        const mouth = Math.min(m.appetite.values[i], room);
        const share = total > fround(1e-6) ? fround(mouth / total) : 0;
        return worth.map((w, lane) => {
          const want = Math.min(fround(w * share), before[c + lane]);
          const whole = fround(Math.floor(fround(want / quantum)) * quantum);
          demand[c + lane] = fround(demand[c + lane] + whole);
          return whole;
        });
      }),
    );
    const expected = eaters.map((m, e) =>
      wants[e].map((want, i) => {
        if (m.eat.values[i] === 0) return { intake: 0, energy: m.energy.values[i], fruit: 7 };
        const c = 4 * cellOf(m, i);
        const got = want.map((w, lane) => {
          const part = Math.min(1, fround(before[c + lane] / Math.max(demand[c + lane], fround(1e-9))));
          return fround(fround(w * part) * m.efficiency.values[4 * i + lane]);
        });
        const intake = fround(fround(got[0] + got[2]) + fround(got[1] + got[3]));
        return { intake, energy: fround(m.energy.values[i] + intake), fruit: got[1] };
      }),
    );
    const left = before.map((g, at) => (demand[at] > 0 ? Math.max(0, fround(g - demand[at])) : g));
    eat(columns, plane, eaters, table);
    for (const [e, m] of eaters.entries()) {
      expectSameBits(
        m.intake.values,
        expected[e].map(({ intake }) => intake),
        'intake',
      );
      expectSameBits(
        m.energy.values,
        expected[e].map(({ energy }) => energy),
        'energy',
      );
      expectSameBits(
        m.fruit.values,
        expected[e].map(({ fruit }) => fruit),
        'fruit',
      );
    }
    expectSameBits(table.ground.values, left, 'ground');
    expectSameBits(table.demand.values, new Float32Array(before.length), 'demand afterwards');
    columns.check();
  });

  it('nobody gains more than its appetite, its storage and what the ground gave', () => {
    const columns = new Columns();
    const plane = planes[0];
    const m = meal(columns, plane, 200, 1, true);
    const before = m.ground.values.reduce((sum, value) => sum + value, 0);
    eat(columns, plane, [m], m);
    const after = m.ground.values.reduce((sum, value) => sum + value, 0);
    let eaten = 0;
    for (let i = 0; i < m.count; i++) {
      eaten += m.intake.values[i];
      expect(m.intake.values[i]).toBeLessThanOrEqual(m.appetite.values[i] * (1 + 2 ** -20));
      expect(m.energy.values[i]).toBeLessThanOrEqual(Math.max(8, m.storage.values[i] * (1 + 2 ** -22)));
    }
    expect(eaten).toBeGreaterThan(0);
    // Uses are at most 1; sums of 200 gains of at most 0.5, rounded to 2^-24 each.
    expect(eaten).toBeLessThanOrEqual(before - after + 200 * 4 * 2 ** -24);
    for (const value of m.ground.values) expect(value).toBeGreaterThanOrEqual(0);
  });

  it('the order of rows does not matter, to the bit', () => {
    const plane = planes[0];
    const columns = new Columns();
    const m = meal(columns, plane, 90, 2, true);
    const turned = [...m.x.values.keys()].reverse();
    const other = new Columns();
    const one = (values: Float32Array) => other.f32(turned.map((i) => values[i]));
    const four = (values: Float32Array) =>
      other.f32(
        turned.flatMap((i) => [...values.subarray(4 * i, 4 * i + 4)]),
        4,
      );
    const twin: Meal = {
      count: m.count,
      x: one(m.x.values),
      y: one(m.y.values),
      eat: one(m.eat.values),
      energy: one(m.energy.values),
      storage: one(m.storage.values),
      appetite: one(m.appetite.values),
      efficiency: four(m.efficiency.values),
      ground: other.f32(m.ground.values, 4),
      demand: other.f32(m.demand.values, 4),
      eaters: other.u32(m.eaters.values),
      cells: other.u32(m.cells.values),
      wants: four(m.wants.values),
      intake: one(m.intake.values),
      fruit: one(m.fruit.values),
    };
    eat(columns, plane, [m], m);
    eat(other, plane, [twin], twin);
    expectSameBits(
      twin.intake.values,
      turned.map((i) => m.intake.values[i]),
      'intake',
    );
    expectSameBits(twin.ground.values, m.ground.values, 'ground');
  });
});
