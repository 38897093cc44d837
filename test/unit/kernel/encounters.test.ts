import { describe, expect, it } from 'vitest';
import { drawUniform } from '../../../src/math/draws.ts';
import { exp } from '../../../src/math/elementary.ts';
import { Columns, expectSameBits, numbers } from './columns.ts';

const { fround } = Math;
const random = numbers('encounters');
const stream = [0x12345678, 0x9abcdef0] as const;
const tick = 77;

const keys = (count: number) => random.list(count, random.word);

it.each([1, 6, 41])('flagDraws: %i rows by their uniform draw of 53 bits', (count) => {
  const columns = new Columns();
  const [low, high] = [columns.u32(keys(count)), columns.u32(keys(count))];
  const uniforms = Array.from(low.values, (key, row) => drawUniform(stream, key, high.values[row], tick, 3));
  // A chance that is one of the draws is not above it; one unit of the last place more is.
  for (const chance of [0, 0.3, 1, uniforms[0], uniforms[0] + 2 ** -53]) {
    const flags = columns.u32(new Uint32Array(count));
    columns.run.flagDraws(count, low.at, high.at, ...stream, tick, 3, chance, flags.at, columns.scratch, 0);
    expect([...flags.values]).toEqual(uniforms.map((uniform) => Number(uniform < chance)));
  }
  columns.check();
});

it.each([
  { count: 1, strategies: 2 },
  { count: 37, strategies: 3 },
  { count: 22, strategies: 16 },
])('playStrategies: $count rows, $strategies strategies', ({ count, strategies }) => {
  const columns = new Columns();
  const stride = 16;
  const [low, high] = [columns.u32(keys(count)), columns.u32(keys(count))];
  const values = Float32Array.from({ length: count * stride }, () => fround(random.between(-40, 40) ** 3 / 1600));
  const inclinations = columns.f32(values, stride);
  const played = columns.f32(new Float32Array(count));
  columns.run.playStrategies(
    count,
    low.at,
    high.at,
    ...stream,
    tick,
    1,
    inclinations.at,
    4 * stride,
    strategies,
    played.at,
    columns.scratch,
    0,
  );
  const expected = Float32Array.from({ length: count }, (_, row) => {
    const weights = Array.from({ length: strategies }, (_, k) => exp(values[row * stride + k]));
    let rest = drawUniform(stream, low.values[row], high.values[row], tick, 1) * weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = weights.slice(0, -1).findIndex((weight) => {
      rest -= weight;
      return rest < 0;
    });
    return chosen < 0 ? strategies - 1 : chosen;
  });
  expectSameBits(played.values, expected, 'played');
  columns.check();
});

interface World {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly lines: number;
  readonly torus: boolean;
  readonly reach: number;
  readonly count: number;
}

const worlds: readonly World[] = [false, true].flatMap((torus) => [
  { width: 100, height: 60, columns: 5, lines: 3, torus, reach: 9, count: 90 },
  { width: 100, height: 60, columns: 10, lines: 6, torus, reach: 24, count: 200 },
  { width: 100.3, height: 37.7, columns: 10, lines: 4, torus, reach: 0.7, count: 400 },
  { width: 16_384, height: 512, columns: 512, lines: 16, torus, reach: 40, count: 3000 },
  { width: 64, height: 64, columns: 2, lines: 2, torus, reach: 200, count: 30 },
  { width: 64, height: 64, columns: 1, lines: 1, torus, reach: 20, count: 11 },
]);

/** Places of organisms, some of them in pairs exactly `reach` apart, and the grid that they make. */
function populate({ width, height, columns: across, lines, count, reach }: World) {
  const columns = new Columns();
  const x = Float32Array.from({ length: count }, () => fround(random.between(0, width * 0.999)));
  const y = Float32Array.from({ length: count }, () => fround(random.between(0, height * 0.999)));
  for (let row = 1; row < count; row += 7) {
    if (x[row - 1] + reach >= width) continue;
    x[row] = x[row - 1] + reach;
    y[row] = y[row - 1];
  }
  const cellOf = (row: number) =>
    Math.min(lines - 1, Math.floor((y[row] * lines) / height)) * across +
    Math.min(across - 1, Math.floor((x[row] * across) / width));
  const rows = Array.from({ length: count }, (_, row) => row).sort((a, b) => cellOf(a) - cellOf(b));
  const starts = new Uint32Array(across * lines + 1);
  for (const row of rows) starts[cellOf(row) + 1]++;
  for (let cell = 0; cell < across * lines; cell++) starts[cell + 1] += starts[cell];
  const laid = {
    cells: columns.u32(Array.from(rows.keys(), cellOf)),
    order: columns.u32(rows),
    sortedX: columns.f32(rows.map((row) => x[row])),
    sortedY: columns.f32(rows.map((row) => y[row])),
    starts: columns.u32(starts),
  };
  return { columns, x, y, laid };
}

/** Rows that lie within reach of a row, straight from their places. */
function nearOf({ x, y }: { x: Float32Array; y: Float32Array }, { width, height, torus, reach }: World, row: number): number[] {
  const apart = (one: number, other: number, side: number) => {
    const distance = Math.abs(one - other);
    return torus ? Math.min(distance, side - distance) : distance;
  };
  return [...x.keys()].filter((other) => {
    const [dx, dy] = [apart(x[row], x[other], width), apart(y[row], y[other], height)];
    return other !== row && dx * dx + dy * dy <= reach * reach;
  });
}

describe.each(worlds)('in a world of $width x $height, torus $torus, reach $reach', (world) => {
  const { count, width, height, columns: across, lines, torus, reach } = world;
  const rows = random.list(Math.min(count, 40), () => Math.floor(random.between(0, count)));

  it('drawNeighbours draws the neighbour with the smallest of its draws', () => {
    const { columns, x, y, laid } = populate(world);
    const [low, high] = [columns.u32(keys(count)), columns.u32(keys(count))];
    const out = columns.i32(new Int32Array(rows.length));
    columns.run.drawNeighbours(
      rows.length,
      columns.u32(rows).at,
      low.at,
      high.at,
      ...stream,
      tick,
      ...([laid.cells.at, laid.order.at, laid.sortedX.at, laid.sortedY.at, laid.starts.at] as const),
      ...([across, lines, width, height, Number(torus), reach] as const),
      out.at,
      columns.scratch,
      0,
    );
    const expected = rows.map((row) => {
      const draws = nearOf({ x, y }, world, row).map((other) => ({
        other,
        draw: drawUniform(stream, low.values[row], high.values[row], tick, low.values[other]),
      }));
      return draws.sort((a, b) => a.draw - b.draw)[0]?.other ?? -1;
    });
    expect([...out.values]).toEqual(expected);
    if (reach > 5) expect(expected.some((other) => other >= 0)).toBe(true);
    columns.check();
  });

  it.each([false, true])('bestNeighbours finds the best that exceeds the observer; by age: %s', (byAge) => {
    const { columns, x, y, laid } = populate(world);
    // Few values, so that many are equal.
    const energy = columns.f32(random.list(count, () => Math.floor(random.between(0, 4))));
    const storage = columns.f32(random.list(count, () => 1 + Math.floor(random.between(0, 2))));
    const born = columns.i32(random.list(count, () => Math.floor(random.between(0, 5))));
    const ids = columns.f64(random.list(count, () => random.between(0, 1e6)));
    const out = columns.i32(new Int32Array(rows.length));
    columns.run.bestNeighbours(
      rows.length,
      columns.u32(rows).at,
      ...([ids.at, energy.at, storage.at, byAge ? born.at : 0] as const),
      ...([laid.cells.at, laid.order.at, laid.sortedX.at, laid.sortedY.at, laid.starts.at] as const),
      ...([across, lines, width, height, Number(torus), reach] as const),
      out.at,
      0,
    );
    const worth = (row: number) => (byAge ? -born.values[row] : energy.values[row] / storage.values[row]);
    const expected = rows.map((row) => {
      const better = nearOf({ x, y }, world, row).filter((other) => worth(other) > worth(row));
      return better.sort((a, b) => worth(b) - worth(a) || ids.values[a] - ids.values[b])[0] ?? -1;
    });
    expect([...out.values]).toEqual(expected);
    columns.check();
  });
});
