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

/** Whether a row is whole in the view. */
export const isInView = (view: RowView, row: number): boolean => row >= view.top && row + 1 <= view.top + view.rows;

/** Moves the view as little as shows a row whole. */
export function reaching(view: RowView, count: number, row: number): RowView {
  const margin = Math.min(2, view.rows / 4);
  if (row < view.top + margin) return within({ ...view, top: row - margin }, count);
  if (row + 1 > view.top + view.rows - margin) return within({ ...view, top: row + 1 + margin - view.rows }, count);
  return within(view, count);
}

/** Row height from which every row has a line, CSS pixels; lower rows share a line for each piece of that height. */
export const singleRow = 2;

/** What decides which rows have lines, and where. */
export interface RowLines {
  readonly rows: TreeRows;
  readonly view: RowView;
  /** CSS pixel of a tick. */
  readonly x: (tick: number) => number;
  /** Name of a row; '' for species without one. */
  readonly name: readonly string[];
  /** Row that is pointed at or chosen, or -1. */
  readonly at: number;
}

/** The rows in view, the first and the last. */
export const rowsInView = ({ rows, view }: RowLines): readonly [first: number, last: number] => [
  Math.max(0, rowAtY(view, 0)),
  Math.min(rows.count - 1, rowAtY(view, view.height)),
];

/** The pixels that a row shares with others, as a number that rises with the row. */
export const pixelsOf = ({ rows, height }: RowView, row: number): number => Math.floor((row * height) / rows / singleRow);

/**
 * The rows that have a line of their own, from the top: all in view where there is room; otherwise of those that share their pixels one with a name
 * before others, then the one with most members, and the row that is pointed at.
 * @param from first and `to` last row that is asked about
 */
export function linedRows(lines: RowLines, from = 0, to = lines.rows.count): number[] {
  const { rows, view, name, at } = lines;
  const [first, last] = rowsInView(lines);
  const found: number[] = [];
  if (view.height / view.rows >= singleRow) {
    for (let row = Math.max(first, from); row <= Math.min(last, to); row++) found.push(row);
    return found;
  }
  const shared = (row: number) => pixelsOf(view, row);
  let start = Math.max(first, Math.min(from, last));
  while (start > first && shared(start - 1) === shared(start)) start--;
  for (let row = start, best = row; row <= last; row++) {
    const wins = Number(name[row] !== '') - Number(name[best] !== '') || rows.species[row].peak - rows.species[best].peak;
    if (wins > 0) best = row;
    if (row < last && shared(row + 1) === shared(row)) continue;
    if (row >= at && at >= start && at !== best) found.push(Math.min(best, at), Math.max(best, at));
    else found.push(best);
    if (row >= to) break;
    start = row + 1;
    best = row + 1;
  }
  return found;
}

/** How far from the pointer a line is still meant, CSS pixels, up or down and sideways. */
const reach = 5;

/** The row whose line is nearest to a point, of the lines that are drawn; of lines that are as near, the one with most members. -1 where none is near. */
export function pickRow(lines: RowLines, px: number, py: number): number {
  const { rows, view, x } = lines;
  let [best, nearest] = [-1, Number.POSITIVE_INFINITY];
  for (const row of linedRows(lines, rowAtY(view, py - reach), rowAtY(view, py + reach))) {
    const aside = Math.max(0, x(rows.from[row]) - px, px - x(rows.to[row]));
    const above = Math.abs(rowY(view, row) - py);
    if (aside > reach || above > reach) continue;
    // Rows of the same pixel are as near.
    const distance = Math.hypot(aside, Math.floor(above));
    if (distance < nearest || (distance === nearest && rows.species[row].peak > rows.species[best].peak)) {
      [best, nearest] = [row, distance];
    }
  }
  return best;
}
