import { describe, expect, it } from 'vitest';
import { cellsUnder, type Grid, placesAlong, rectanglesOf } from '../../../src/app/maker/brush.ts';

const grid: Grid = { columns: 8, rows: 8, width: 32, height: 32, torus: false };

describe('a brush', () => {
  it('covers the cells whose middles lie within it, and always the one under it', () => {
    expect(cellsUnder(grid, { x: 17, y: 17 }, 1, 'round')).toEqual([36]);
    const round = cellsUnder(grid, { x: 16, y: 16 }, 6, 'round');
    // Middles at 2 and 6 lengths to each side: the four inner ones and no corner.
    expect(round.sort((a, b) => a - b)).toEqual([27, 28, 35, 36]);
  });

  it('goes round the edges of a torus and stops at those of a walled plane', () => {
    const at = { x: 1, y: 1 };
    expect(cellsUnder(grid, at, 5.2, 'round').sort((a, b) => a - b)).toEqual([0, 1, 8]);
    expect(cellsUnder({ ...grid, torus: true }, at, 5.2, 'round').sort((a, b) => a - b)).toEqual([0, 1, 7, 8, 56, 63]);
    expect(cellsUnder({ ...grid, torus: true }, { x: -31, y: 33 }, 1, 'round')).toEqual([0]);
    expect(cellsUnder(grid, { x: -31, y: 33 }, 1, 'round')).toEqual([]);
  });

  it('leaves no gap in a fast stroke, which ends where it ends', () => {
    const places = placesAlong({ x: 0, y: 0 }, { x: 30, y: 0 }, 4);
    expect(places.at(-1)).toEqual({ x: 30, y: 0 });
    const covered = new Set(places.flatMap((place) => cellsUnder(grid, place, 4, 'round').filter((cell) => cell < 8)));
    expect([...covered].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('square on its lattice, builds a slanting wall of few rectangles', () => {
    const large = { columns: 128, rows: 128, width: 512, height: 512, torus: false };
    const marked = new Uint8Array(128 * 128);
    for (const place of placesAlong({ x: 10, y: 30 }, { x: 500, y: 400 }, 12))
      for (const cell of cellsUnder(large, place, 12, 'square')) marked[cell] = 1;
    const rectangles = rectanglesOf(marked, 128, 4);
    expect(rectangles.length).toBeLessThan(128);
    const again = new Uint8Array(marked.length);
    for (const { x, y, width, height } of rectangles)
      for (let row = y / 4; row < (y + height) / 4; row++) again.fill(1, row * 128 + x / 4, row * 128 + (x + width) / 4);
    expect(again).toEqual(marked);
  });

  it('makes nothing of nothing, and one rectangle of a full ground', () => {
    expect(rectanglesOf(new Uint8Array(64), 8, 4)).toEqual([]);
    expect(rectanglesOf(new Uint8Array(64).fill(1), 8, 4)).toEqual([{ x: 0, y: 0, width: 32, height: 32 }]);
  });
});
