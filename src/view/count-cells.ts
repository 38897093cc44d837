import { frameStride } from '../worker/frame-layout.ts';

/** Organisms counted in the cells of a rectangle of the world. */
export interface CellCounts {
  /** Four bytes a cell, row by row: colour (its place on the scale), strength, share of highlighted organisms, 0. */
  readonly texels: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  /** Organisms in a cell at full strength. */
  readonly full: number;
}

let counts = new Float32Array(0);
let colours = new Float32Array(0);
let lits = new Float32Array(0);

/**
 * Counts the organisms of a frame cell by cell. Strength is the square root of the share of the fullest cell, so that few still show. If
 * some organisms of a cell are highlighted, it has their colour. One pass over the frame.
 * @param rectangle left, upper, right and lower edge, lengths
 * @param circle whether colours lie on a circle: a cell then has that of one of its organisms, otherwise their mean
 * @param texels room for four bytes a cell
 * @param period sides of a world that wraps: the rectangle may then lie across its edges
 */
export function countCells(
  floats: Float32Array,
  count: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
  columns: number,
  rows: number,
  circle: boolean,
  texels: Uint8Array,
  period?: readonly [number, number],
): CellCounts {
  const cells = columns * rows;
  if (counts.length < cells) {
    counts = new Float32Array(cells);
    colours = new Float32Array(cells);
    lits = new Float32Array(cells);
  }
  counts.fill(0, 0, cells);
  colours.fill(0, 0, cells);
  lits.fill(0, 0, cells);
  const [across, down] = [columns / (right - left), rows / (bottom - top)];
  for (let i = 0; i < count * frameStride; i += frameStride) {
    let x = floats[i] - left;
    let y = floats[i + 1] - top;
    if (period) {
      x -= period[0] * Math.floor(x / period[0]);
      y -= period[1] * Math.floor(y / period[1]);
    }
    const column = Math.floor(x * across);
    const row = Math.floor(y * down);
    if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
    const cell = row * columns + column;
    counts[cell]++;
    const lit = floats[i + 6] > 0;
    // The first highlighted organism of a cell takes its colour from those that are not.
    const replaces = lit && lits[cell] === 0;
    if (lit) lits[cell]++;
    if (circle) {
      if (lit || lits[cell] === 0) colours[cell] = floats[i + 5];
    } else if (replaces) colours[cell] = floats[i + 5];
    else if (lit || lits[cell] === 0) colours[cell] += floats[i + 5];
  }
  let full = 0;
  for (let cell = 0; cell < cells; cell++) full = Math.max(full, counts[cell]);
  for (let cell = 0; cell < cells; cell++) {
    const number = counts[cell];
    const share = colours[cell] / (lits[cell] || number || 1);
    const colour = circle ? colours[cell] - Math.floor(colours[cell]) : share;
    texels[4 * cell] = Math.round(255 * Math.min(1, Math.max(0, colour)));
    texels[4 * cell + 1] = number === 0 ? 0 : Math.round(255 * Math.sqrt(number / full));
    texels[4 * cell + 2] = number === 0 ? 0 : Math.round(255 * Math.sqrt(lits[cell] / number));
    texels[4 * cell + 3] = 0;
  }
  return { texels, columns, rows, full };
}
