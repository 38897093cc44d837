import { frameStride } from '../worker/frame-layout.ts';

/** Organisms counted in the cells of a rectangle of the world. */
export interface CellCounts {
  /** Two bytes a cell, row by row: colour (its place on the scale), strength. */
  readonly texels: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  /** Organisms in a cell at full strength. */
  readonly full: number;
}

let counts = new Float32Array(0);
let colours = new Float32Array(0);

/**
 * Counts the organisms of a frame cell by cell. Strength is the square root of the share of the fullest cell, so that few still show. If
 * some are highlighted, only those are counted. One pass over the frame.
 * @param rectangle left, upper, right and lower edge, lengths
 * @param circle whether colours lie on a circle: a cell then has that of one of its organisms, otherwise their mean
 * @param texels room for two bytes a cell
 */
export function countCells(
  floats: Float32Array,
  count: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
  columns: number,
  rows: number,
  circle: boolean,
  texels: Uint8Array,
): CellCounts {
  const cells = columns * rows;
  if (counts.length < cells) {
    counts = new Float32Array(cells);
    colours = new Float32Array(cells);
  }
  counts.fill(0, 0, cells);
  colours.fill(0, 0, cells);
  const [across, down] = [columns / (right - left), rows / (bottom - top)];
  let all = true;
  for (let i = 6; i < count * frameStride && all; i += frameStride) all = floats[i] > 0;
  for (let i = 0; i < count * frameStride; i += frameStride) {
    if (!all && floats[i + 6] === 0) continue;
    const column = Math.floor((floats[i] - left) * across);
    const row = Math.floor((floats[i + 1] - top) * down);
    if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
    const cell = row * columns + column;
    counts[cell]++;
    if (circle) colours[cell] = floats[i + 5];
    else colours[cell] += floats[i + 5];
  }
  let full = 0;
  for (let cell = 0; cell < cells; cell++) full = Math.max(full, counts[cell]);
  for (let cell = 0; cell < cells; cell++) {
    const number = counts[cell];
    const colour = number === 0 ? 0 : circle ? colours[cell] - Math.floor(colours[cell]) : colours[cell] / number;
    texels[2 * cell] = Math.round(255 * Math.min(1, Math.max(0, colour)));
    texels[2 * cell + 1] = number === 0 ? 0 : Math.round(255 * Math.sqrt(number / full));
  }
  return { texels, columns, rows, full };
}
