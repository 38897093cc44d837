// Which rows of the whole tree are in view, and where.
import type { TreeRows } from './lay-rows.ts';

/** Part of the rows, on an area of a height. */
export interface RowView {
  /** First row in view, with its fraction. */
  readonly top: number;
  /** Rows in view, with their fraction. */
  readonly rows: number;
  /** CSS pixels. */
  readonly height: number;
}

/** Fewest rows in view: fewer would be larger than their labels. */
const fewest = 8;

/** Where the line of a row is, CSS pixels from the top. */
export const rowY = ({ top, rows, height }: RowView, row: number): number => ((row + 0.5 - top) * height) / rows;

/** The row at a height; it may not exist. */
export const rowAtY = ({ top, rows, height }: RowView, y: number): number => Math.floor(top + (y * rows) / height);

/** All rows. */
export const wholeView = (count: number, height: number): RowView => ({ top: 0, rows: Math.max(fewest, count), height });

/** The view, moved and cut to existing rows. */
function within({ top, rows, height }: RowView, count: number): RowView {
  const all = Math.max(fewest, count);
  const few = Math.min(all, Math.max(fewest, rows));
  return { top: Math.min(Math.max(0, top), all - few), rows: few, height };
}

/** Shows more or fewer rows; the one at a height stays there. @param factor below 1 for fewer rows, which are larger */
export function zoomed(view: RowView, count: number, factor: number, y: number): RowView {
  const all = Math.max(fewest, count);
  const rows = Math.min(all, Math.max(fewest, view.rows * factor));
  const under = view.top + (y * view.rows) / view.height;
  return within({ ...view, rows, top: under - (y * rows) / view.height }, count);
}

/** Moves the view by some rows. */
export const moved = (view: RowView, count: number, by: number): RowView => within({ ...view, top: view.top + by }, count);

/** Moves the view as little as shows a row whole. */
export function reaching(view: RowView, count: number, row: number): RowView {
  const margin = Math.min(2, view.rows / 4);
  if (row < view.top + margin) return within({ ...view, top: row - margin }, count);
  if (row + 1 > view.top + view.rows - margin) return within({ ...view, top: row + 1 + margin - view.rows }, count);
  return within(view, count);
}

/** How far from the pointer a line is still meant, CSS pixels. */
const reach = 5;

/**
 * The row whose line is nearest to a point; of lines that are as near, the one with most members. -1 where none is near.
 * @param x places of ticks
 */
export function pickRow(rows: TreeRows, view: RowView, x: (tick: number) => number, px: number, py: number): number {
  const [low, high] = [rowAtY(view, py - reach), rowAtY(view, py + reach)];
  let [best, nearest] = [-1, Number.POSITIVE_INFINITY];
  for (let row = Math.max(0, low); row <= Math.min(rows.count - 1, high); row++) {
    const aside = Math.max(0, x(rows.from[row]) - px, px - x(rows.to[row]));
    const above = Math.abs(rowY(view, row) - py);
    // Rows of the same pixel are as near.
    const distance = Math.hypot(aside, Math.floor(above));
    if (distance < nearest || (distance === nearest && rows.species[row].peak > rows.species[best].peak)) {
      [best, nearest] = [row, distance];
    }
  }
  return best;
}
