// The rows of the whole tree: their order, folds, views and picks against plain definitions, and what a frame draws.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cladeOf } from '../../../src/app/instruments/tree/clade.ts';
import { drawRows } from '../../../src/app/instruments/tree/draw-rows.ts';
import { layRows } from '../../../src/app/instruments/tree/lay-rows.ts';
import { layTree } from '../../../src/app/instruments/tree/lay-tree.ts';
import {
  isInView,
  linedRows,
  moved,
  pickRow,
  reaching,
  rowAtY,
  rowY,
  wholeView,
  zoomed,
} from '../../../src/app/instruments/tree/row-view.ts';
import { speciesText } from '../../fixtures/species-text.ts';

const now = 100;
/** Species whose parents come before them, with origins that never fall. */
const forests = fc
  .array(fc.record({ up: fc.nat(1000), wait: fc.nat(3), life: fc.option(fc.nat(30)), peak: fc.nat(50) }), { maxLength: 40 })
  .map((rows) => {
    let tick = 0;
    return rows.map(({ up, wait, life, peak }, id) => {
      tick += wait;
      const ended = life === null ? {} : ({ endTick: tick + life, fate: 'extinct' } as const);
      return speciesText(id, id === 0 ? -1 : (up % (id + 1)) - 1, tick, { peak, ...ended });
    });
  });

describe('rows', () => {
  it('are those of the tree of few species, and clades lie in one piece', () => {
    fc.assert(
      fc.property(forests, (species) => {
        const rows = layRows(species, now);
        const plain = layTree(species, now);
        expect(rows.species.map(({ id }) => id)).toEqual(plain.map((row) => row.species.id));
        expect([...rows.depth]).toEqual(plain.map(({ depth }) => depth));
        expect([...rows.parentRow]).toEqual(plain.map(({ parentRow }) => parentRow));
        expect([...rows.from]).toEqual(plain.map(({ from }) => from));
        expect([...rows.to]).toEqual(plain.map(({ to }) => to));
        for (const [row, { id }] of rows.species.entries()) {
          const clade = rows.species.slice(row, rows.lastRow[row] + 1).map((one) => one.id);
          expect(clade.sort((a, b) => a - b)).toEqual(cladeOf(species, id));
        }
      }),
    );
  });

  it('of folded clades are one, which ends with the last of it', () => {
    fc.assert(
      fc.property(forests, fc.array(fc.nat(40)), (species, wanted) => {
        const folds = new Set(wanted);
        const rows = layRows(species, now, folds);
        const hidden = new Set([...folds].flatMap((id) => cladeOf(species, id).filter((one) => one !== id)));
        expect(new Set(rows.species.map(({ id }) => id))).toEqual(
          new Set(species.map(({ id }) => id).filter((id) => !hidden.has(id))),
        );
        expect(rows.folded.reduce((sum, n) => sum + n, rows.count)).toBe(species.length);
        for (const { id } of species) {
          let at = id;
          while (hidden.has(at)) at = species[at].parent;
          expect(rows.species[rows.rowOf.get(id) as number].id).toBe(at);
        }
        for (const [row, { id }] of rows.species.entries()) {
          if (!folds.has(id)) continue;
          const ends = cladeOf(species, id).map((one) => species[one].endTick ?? Math.max(now, species[one].originTick));
          expect(rows.to[row]).toBe(Math.max(...ends));
        }
      }),
    );
  });

  it('of a line of 50,000 species are laid out without recursion', () => {
    const rows = layRows(
      Array.from({ length: 50_000 }, (_, id) => speciesText(id, id - 1, id)),
      50_000,
    );
    expect(rows.depth[49_999]).toBe(49_999);
  });
});

describe('the view', () => {
  const height = 480;
  it('has whole rows where it says', () => {
    const view = { top: 12.5, rows: 40, height };
    for (const row of [13, 20, 51]) expect(rowAtY(view, rowY(view, row))).toBe(row);
  });

  it('keeps what is under the pointer when it is zoomed, and stays within the rows', () => {
    const whole = wholeView(10_000, height);
    const near = zoomed(whole, 10_000, 0.01, 300);
    expect(rowAtY(near, 300)).toBe(rowAtY(whole, 300));
    expect(zoomed(near, 10_000, 1000, 10)).toEqual(whole);
    expect(moved(near, 10_000, -1e9).top).toBe(0);
    expect(moved(near, 10_000, 1e9).top).toBe(10_000 - near.rows);
    expect(zoomed(whole, 3, 0.001, 0)).toEqual({ top: 0, rows: 8, height });
  });

  it('moves as little as shows a row', () => {
    const view = { top: 100, rows: 40, height };
    for (const [row, isWhole] of [
      [99, false],
      [100, true],
      [139, true],
      [140, false],
    ] as const) {
      expect(isInView(view, row)).toBe(isWhole);
    }
    expect(reaching(view, 10_000, 120)).toEqual(view);
    expect(reaching(view, 10_000, 50).top).toBe(48);
    expect(reaching(view, 10_000, 200).top).toBe(163);
    expect(reaching(view, 10_000, 9_999).top).toBe(9_960);
  });
});

describe('picking', () => {
  const x = (tick: number) => 50 + 2 * tick;
  it('finds the nearest line within five pixels, of those on one pixel the largest', () => {
    fc.assert(
      fc.property(forests, fc.integer({ min: 40, max: 300 }), fc.integer({ min: 0, max: 400 }), (species, px, py) => {
        const rows = layRows(species, now);
        const view = wholeView(rows.count, 400);
        const found = pickRow({ rows, view, x, name: rows.species.map(() => ''), at: -1 }, px, py);
        const aside = (row: number) => Math.max(0, x(rows.from[row]) - px, px - x(rows.to[row]));
        const above = (row: number) => Math.abs(rowY(view, row) - py);
        const distances = rows.species.map((_, row) => Math.hypot(aside(row), Math.floor(above(row))));
        const near = distances.flatMap((_, row) => (aside(row) <= 5 && above(row) <= 5 ? [row] : []));
        const [best] = near.sort((a, b) => distances[a] - distances[b] || rows.species[b].peak - rows.species[a].peak || a - b);
        expect(found).toBe(best ?? -1);
      }),
    );
  });

  // Lines of 20 ticks, one below the other; a row is 12 pixels high.
  const one = Array.from({ length: 40 }, (_, id) => speciesText(id, id - 1, 10, { endTick: 30, fate: 'extinct' }));
  const rows = layRows(one, now);
  it.each([
    [90, 6, 0],
    [90, 11, 0],
    [90, 13, 1],
    [65, 18, 1],
    [64, 18, -1],
    [115, 18, 1],
    [116, 18, -1],
    [90, 24, -1],
    [66, 22, 1],
    [90, 476, 39],
  ])('at %i, %i finds row %i', (px, py, wanted) => {
    expect(pickRow({ rows, view: { top: 0, rows: 40, height: 480 }, x, name: one.map(() => ''), at: -1 }, px, py)).toBe(wanted);
  });
});

describe('a frame', () => {
  const colours = { ink: '', quiet: '', faint: '', paper: '', accent: '', wash: '' };
  /** Counts what is drawn. */
  function canvas() {
    const calls: Record<string, number> = {};
    const context = new Proxy({} as Record<string, unknown>, {
      get: (_, name: string) => () => {
        calls[name] = (calls[name] ?? 0) + 1;
      },
      set: () => true,
    });
    return { calls, context: context as unknown as CanvasRenderingContext2D };
  }
  const species = Array.from({ length: 10_000 }, (_, id) =>
    speciesText(id, id === 0 ? -1 : (id * 7) % id, id / 100, { peak: id % 97 }),
  );
  const rows = layRows(species, now);
  const drawing = {
    rows,
    width: 280,
    x: (tick: number) => 40 + 2 * tick,
    colour: rows.species.map(() => 'red'),
    name: rows.species.map(({ id }) => (id % 50 === 0 ? `Name${id}` : '')),
    colours,
    at: -1,
    path: [],
  };

  it('of 10,000 rows has a line for each two pixels, and labels that do not touch', () => {
    const { calls, context } = canvas();
    const view = wholeView(rows.count, 480);
    const drawn = drawRows(context, { ...drawing, view });
    expect(drawn.lines).toBe(240);
    expect(calls.fillRect).toBeLessThan(1000);
    expect(drawn.labels.length).toBeGreaterThan(10);
    const heights = drawn.labels.map((row) => rowY(view, row)).sort((a, b) => a - b);
    for (const [i, y] of heights.entries()) if (i > 0) expect(y - heights[i - 1]).toBeGreaterThanOrEqual(11);
    expect(drawn.labels.every((row) => drawing.name[row] !== '')).toBe(true);
  });

  it('of low rows draws what is picked there: of two pixels the largest that has a name, and the row that is pointed at', () => {
    const view = { ...wholeView(rows.count, 480), top: 0 };
    const lines = { ...drawing, view };
    const lined = linedRows(lines);
    expect(lined).toHaveLength(240);
    const shared = rows.species.map((_, row) => Math.floor((row * 480) / 10_000 / 2));
    for (const [i, best] of lined.entries()) {
      const own = rows.species.flatMap((_, row) => (shared[row] === i ? [row] : []));
      const named = own.filter((row) => drawing.name[row] !== '');
      const peaks = (named.length > 0 ? named : own).map((row) => rows.species[row].peak);
      expect(own).toContain(best);
      expect([rows.species[best].peak, named.length > 0]).toEqual([Math.max(...peaks), drawing.name[best] !== '']);
    }
    for (let py = 0; py < 480; py += 7) {
      for (const px of [40, 90, 140, 240]) {
        const found = pickRow(lines, px, py);
        if (found >= 0) expect(lined).toContain(found);
        expect(linedRows(lines, rowAtY(view, py), rowAtY(view, py)).every((row) => lined.includes(row))).toBe(true);
      }
    }
    const at = rows.species.findIndex((_, row) => row > 5000 && !lined.includes(row));
    expect(linedRows({ ...lines, at })).toEqual([...lined, at].sort((a, b) => a - b));
    expect(pickRow({ ...lines, at }, drawing.x(rows.from[at]), rowY(view, at))).toBeGreaterThanOrEqual(0);
    expect(drawRows(canvas().context, { ...lines, at }).lines).toBe(241);
  });

  it('of rows as high as letters has them all with labels, that of the one that is pointed at first', () => {
    const view = { top: 5000, rows: 40, height: 480 };
    const drawn = drawRows(canvas().context, { ...drawing, view, at: 5010 });
    expect(drawn.lines).toBe(41);
    expect(drawn.labels[0]).toBe(5010);
    expect(drawn.labels.length).toBeGreaterThanOrEqual(39);
    expect(drawRows(canvas().context, { ...drawing, rows: layRows([], 0), view }).lines).toBe(0);
  });
});
