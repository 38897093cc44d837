import { describe, expect, it } from 'vitest';
import { Columns, expectSameBits, expectSameNumbers, type Floats, numbers, type Signed } from './columns.ts';

const { fround } = Math;
const random = numbers('nearest');

interface World {
  readonly width: number;
  readonly height: number;
  readonly reach: number;
  readonly torus: boolean;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Columns and rows of the grid that the engine makes for a world. */
const gridOf = ({ width, height, reach }: World) => [
  Math.max(1, Math.floor(width / reach)),
  Math.max(1, Math.floor(height / reach)),
];

/** A population sorted by cell, as the kernel does it. */
function sort(columns: Columns, world: World, places: readonly Place[]) {
  const [across, down] = gridOf(world);
  const count = places.length;
  const x = columns.f32(places.map((p) => p.x));
  const y = columns.f32(places.map((p) => p.y));
  const starts = columns.u32(new Uint32Array(across * down + 2));
  const cells = columns.u32(new Uint32Array(count));
  const order = columns.u32(new Uint32Array(count));
  const sortedX = columns.f32(new Float32Array(count));
  const sortedY = columns.f32(new Float32Array(count));
  columns.run.sortByCell(
    count,
    x.at,
    y.at,
    across,
    down,
    across / world.width,
    down / world.height,
    starts.at,
    cells.at,
    order.at,
    sortedX.at,
    sortedY.at,
  );
  return { x, y, starts, order, sortedX, sortedY, across, down, places };
}

type Sorted = ReturnType<typeof sort>;

function headings(columns: Columns, count: number): readonly [Floats, Floats] {
  const angles = random.list(count, () => 2 * Math.PI * random.between(0, 1));
  return [columns.f32(angles.map(Math.cos)), columns.f32(angles.map(Math.sin))];
}

function search(
  columns: Columns,
  world: World,
  from: Sorted,
  to: Sorted,
  [hx, hy]: readonly [Floats, Floats],
  near: Floats,
  combine: boolean,
  rows: Signed | undefined,
): void {
  columns.run.nearestBySector(
    from.places.length,
    from.order.at,
    from.sortedX.at,
    from.sortedY.at,
    hx.at,
    hy.at,
    to.starts.at,
    to.order.at,
    to.sortedX.at,
    to.sortedY.at,
    from === to ? 1 : 0,
    from.across,
    from.down,
    from.across / world.width,
    from.down / world.height,
    world.torus ? 1 : 0,
    world.width,
    world.height,
    world.reach,
    near.at,
    16,
    combine ? 1 : 0,
    rows?.at ?? 0,
  );
}

/**
 * The nearest in each sector by looking at everybody, and on a torus at everybody's images. `rows` has, for each sector, all
 * rows that are equally near.
 */
function lookAtAll(
  { width, height, reach, torus }: World,
  from: Sorted,
  to: Sorted,
  hx: ArrayLike<number>,
  hy: ArrayLike<number>,
): { near: number[]; rows: number[][] } {
  const inverse = fround(-1 / fround(fround(reach) * fround(reach)));
  const shifts = torus ? [-1, 0, 1] : [0];
  const near: number[] = [];
  const rows: number[][] = [];
  for (const [i, me] of from.places.entries()) {
    const best = [0, 0, 0, 0];
    const who: number[][] = [[], [], [], []];
    for (const [j, other] of to.places.entries()) {
      if (from === to && i === j) continue;
      for (const across of shifts) {
        for (const down of shifts) {
          const dx = fround(other.x - fround(me.x + across * width));
          const dy = fround(other.y - fround(me.y + down * height));
          const nearness = fround(1 + fround(fround(fround(dx * dx) + fround(dy * dy)) * inverse));
          if (!(nearness > 0)) continue;
          const front = fround(fround(dx * hx[i]) + fround(dy * hy[i]));
          const side = fround(fround(dy * hx[i]) - fround(dx * hy[i]));
          const lateral = Math.abs(side);
          // Quarter turns around the heading: ahead, left, behind, right.
          const sector = front >= lateral ? 0 : front < -lateral ? 2 : side > 0 ? 1 : 3;
          if (nearness > best[sector]) {
            best[sector] = nearness;
            who[sector] = [j];
          } else if (nearness === best[sector]) who[sector].push(j);
        }
      }
    }
    near.push(...best);
    rows.push(...who);
  }
  return { near, rows };
}

const last = (size: number) => fround(size * (1 - 2 ** -23));

/** Somewhere: evenly, in one heap, on the edges, or on a coarse lattice where distances tie. */
function scatter(count: number, { width, height, reach }: World, how: string): Place[] {
  const inside = (x: number, y: number) => ({
    x: Math.min(last(width), Math.max(0, fround(x))),
    y: Math.min(last(height), Math.max(0, fround(y))),
  });
  return random.list(count, () => {
    if (how === 'heap') return inside(width * 0.5 + reach * 0.3 * random.normal(), height * 0.5 + reach * 0.3 * random.normal());
    if (how === 'edges') {
      const x = random.between(0, width);
      const y = random.between(0, height);
      return random.chance(0.5)
        ? inside(random.chance(0.5) ? random.between(0, 2) : width - random.between(0, 2), y)
        : inside(x, random.chance(0.5) ? random.between(0, 2) : height - random.between(0, 2));
    }
    if (how === 'lattice') return inside(4 * random.whole(0, Math.floor(width / 4)), 4 * random.whole(0, Math.floor(height / 4)));
    return inside(random.between(0, width), random.between(0, height));
  });
}

const worlds: readonly World[] = [
  { width: 64, height: 64, reach: 32, torus: true },
  { width: 64, height: 64, reach: 32, torus: false },
  { width: 64, height: 96, reach: 16, torus: true },
  { width: 100, height: 72, reach: 13.5, torus: true },
  { width: 100, height: 72, reach: 13.5, torus: false },
  { width: 320, height: 64, reach: 30, torus: true },
  { width: 768, height: 768, reach: 16, torus: true },
];

const cases = worlds.flatMap((world) =>
  ['even', 'heap', 'edges', 'lattice'].flatMap((how) => [0, 1, 2, 7, 150].map((count) => ({ ...world, how, count }))),
);

describe('sortByCell', () => {
  it.each(cases)('$count organisms, $how, in $width x $height by $reach', (world) => {
    const columns = new Columns();
    const sorted = sort(columns, world, scatter(world.count, world, world.how));
    const { across, down, starts, order, sortedX, sortedY, places } = sorted;
    const inverse = [fround(across / world.width), fround(down / world.height)];
    const cellOf = ({ x, y }: Place) =>
      Math.min(down - 1, Math.trunc(fround(y * inverse[1]))) * across + Math.min(across - 1, Math.trunc(fround(x * inverse[0])));
    // Stable: within a cell rows keep their order.
    const expected = places.map((_, row) => row).sort((a, b) => cellOf(places[a]) - cellOf(places[b]) || a - b);
    expectSameNumbers(order.values, expected, 'order');
    expectSameBits(
      sortedX.values,
      expected.map((row) => places[row].x),
      'x',
    );
    expectSameBits(
      sortedY.values,
      expected.map((row) => places[row].y),
      'y',
    );
    const cells = places.map(cellOf);
    const before = Array.from({ length: across * down + 1 }, (_, cell) => cells.filter((other) => other < cell).length);
    expectSameNumbers(starts.values.subarray(0, before.length), before, 'starts');
    columns.check();
  });
});

describe('nearestBySector', () => {
  it.each(cases)('among its own: $count organisms, $how, in $width x $height by $reach, torus $torus', (world) => {
    const columns = new Columns();
    const own = sort(columns, world, scatter(world.count, world, world.how));
    const heading = headings(columns, world.count);
    const near = columns.f32(new Float32Array(4 * world.count).fill(7), 4);
    const rows = columns.i32(new Int32Array(4 * world.count), 4);
    search(columns, world, own, own, heading, near, false, rows);
    const expected = lookAtAll(world, own, own, heading[0].values, heading[1].values);
    expectSameBits(near.values, expected.near, 'nearness');
    for (const [place, who] of expected.rows.entries()) {
      if (who.length === 0) expect(rows.values[place]).toBe(-1);
      else expect(who).toContain(rows.values[place]);
      if (new Set(who).size === 1) expect(rows.values[place]).toBe(who[0]);
    }
    columns.check();
  });

  it.each(worlds)('among others, one after the other combined, $width x $height by $reach, torus $torus', (world) => {
    const columns = new Columns();
    const own = sort(columns, world, scatter(60, world, 'even'));
    const first = sort(columns, world, scatter(45, world, 'even'));
    const second = sort(columns, world, scatter(33, world, 'heap'));
    const nobody = sort(columns, world, []);
    const heading = headings(columns, 60);
    const near = columns.f32(new Float32Array(240).fill(7), 4);
    const rows = columns.i32(new Int32Array(240), 4);
    const oracle = (to: Sorted) => lookAtAll(world, own, to, heading[0].values, heading[1].values);
    search(columns, world, own, first, heading, near, false, undefined);
    expectSameBits(near.values, oracle(first).near, 'first');
    search(columns, world, own, second, heading, near, true, rows);
    const [a, b] = [oracle(first), oracle(second)];
    expectSameBits(
      near.values,
      a.near.map((value, i) => Math.max(value, b.near[i])),
      'combined',
    );
    // The rows are those of the population searched last, whether or not it was the nearer one.
    for (const [place, who] of b.rows.entries()) expect(who.length > 0 ? who : [-1]).toContain(rows.values[place]);
    search(columns, world, own, nobody, heading, near, false, rows);
    expectSameBits(near.values, new Float32Array(240), 'nobody');
    expectSameNumbers(rows.values, new Int32Array(240).fill(-1), 'nobody');
    columns.check();
  });

  it('two on the same spot see each other, and nobody sees itself', () => {
    const columns = new Columns();
    const world = worlds[0];
    const own = sort(columns, world, [
      { x: 10, y: 10 },
      { x: 10, y: 10 },
    ]);
    const heading = [columns.f32([1, 0]), columns.f32([0, 1])] as const;
    const near = columns.f32(new Float32Array(8), 4);
    const rows = columns.i32(new Int32Array(8), 4);
    search(columns, world, own, own, heading, near, false, rows);
    expect([...near.values]).toEqual([1, 0, 0, 0, 1, 0, 0, 0]);
    expect([...rows.values]).toEqual([1, -1, -1, -1, 0, -1, -1, -1]);
  });
});

describe('what is perceived of the nearest', () => {
  const count = 50;
  const rowsOf = random.list(4 * count, () => (random.chance(0.3) ? -1 : random.whole(0, count - 1)));

  it('compareNearest: size against its own, signal times nearness', () => {
    const columns = new Columns();
    const rows = columns.i32(rowsOf, 4);
    const near = columns.f32(
      random.list(4 * count, () => random.between(0, 1)),
      4,
    );
    const value = columns.f32(random.list(count, () => random.between(0.1, 3)));
    const out = columns.f32(new Float32Array(6 * count), 6);
    const theirs = (place: number) => value.values[rowsOf[place]];
    for (const kind of [0, 1]) {
      columns.run.compareNearest(count, kind, rows.at, near.at, 16, value.at, out.at + 8, 24);
      for (let i = 0; i < count; i++) {
        const own = value.values[i];
        const expected = [0, 1, 2, 3].map((sector) => {
          const place = 4 * i + sector;
          if (rowsOf[place] < 0) return 0;
          if (kind === 0) return fround(theirs(place) * near.values[place]);
          return fround(fround(theirs(place) - own) / fround(theirs(place) + own));
        });
        expectSameBits(out.values.subarray(6 * i + 2, 6 * i + 6), expected, `kind ${kind}, row ${i}`);
        expect(out.values[6 * i]).toBe(0);
      }
    }
    columns.check();
  });

  it('likenessOfNearest: 1 / (1 + 8 d^2) of the markers', () => {
    const columns = new Columns();
    const rows = columns.i32(rowsOf, 4);
    const markers = [0, 1, 2].map(() => columns.f32(random.list(count, () => random.between(-1, 1))));
    const out = columns.f32(new Float32Array(4 * count), 4);
    columns.run.likenessOfNearest(count, rows.at, markers[0].at, markers[1].at, markers[2].at, out.at, 16);
    const expected = rowsOf.map((j, place) => {
      if (j < 0) return 0;
      const [a, b, c] = markers.map(({ values }) => fround(values[j] - values[place >> 2]));
      return fround(1 / fround(1 + fround(8 * fround(fround(fround(a * a) + fround(b * b)) + fround(c * c)))));
    });
    expectSameBits(out.values, expected, 'likeness');
    columns.check();
  });
});
