// Draws rows of the whole tree: every line where there is room, otherwise the largest species of each pixel.
import { linedRows, pixelsOf, type RowLines, rowsInView, rowY, singleRow } from './row-view.ts';

/** Colours of the page, as CSS has them now. */
export interface RowColours {
  readonly ink: string;
  readonly faint: string;
  readonly paper: string;
  readonly accent: string;
  readonly wash: string;
}

/** Species without a name have their number where there is room for all; the clade of the row `at` is lit. */
export interface RowDrawing extends RowLines {
  readonly width: number;
  /** Colour of each row. */
  readonly colour: readonly string[];
  readonly colours: RowColours;
  /** Rows on the line of descent of the picked organism. */
  readonly path: readonly number[];
}

/** Row height from which ends are marked, and from which every row has a label; CSS pixels. */
const [marked, labelled] = [7, 12];
/** Height of a label's line. */
const lineHeight = 12;

/** What a frame showed, for tests. */
export interface DrawnRows {
  readonly lines: number;
  readonly labels: readonly number[];
}

/**
 * Draws the rows in view. At most as many lines as the area has pixels divided by two and one for the row that is pointed at, and as many labels as fit, however many rows there are: the largest
 * species of two pixels is drawn for all of them, over a pale line as long as they all.
 */
export function drawRows(context: CanvasRenderingContext2D, drawing: RowDrawing): DrawnRows {
  const { rows, view, width, x, colour, colours, at, path } = drawing;
  const { height } = view;
  if (rows.count === 0) return { lines: 0, labels: [] };
  const [first, last] = rowsInView(drawing);
  const each = height / view.rows;
  if (at >= 0) {
    const [top, bottom] = [rowY(view, at) - each / 2, rowY(view, rows.lastRow[at]) + each / 2];
    context.fillStyle = colours.wash;
    context.fillRect(0, top, width, Math.max(2, bottom - top));
  }
  const isLit = (row: number) => at < 0 || (row >= at && row <= rows.lastRow[at]);
  const shown = linedRows(drawing);
  if (each < singleRow) drawSpans(context, drawing, first, last);
  const thick = Math.min(3, Math.max(1, each * 0.5));
  // Bends first, so that lines lie over them.
  for (const pass of ['bends', 'lines'] as const) {
    for (const row of shown) {
      context.globalAlpha = isLit(row) ? 1 : 0.25;
      context.fillStyle = colour[row];
      const [left, y] = [x(rows.from[row]), rowY(view, row)];
      if (pass === 'bends') {
        if (rows.parentRow[row] < 0) continue;
        const above = Math.max(-1, rowY(view, rows.parentRow[row]));
        context.fillRect(left, above, Math.min(1.5, thick), y - above);
      } else if (rows.folded[row] > 0) drawFold(context, left, x(rows.to[row]), y, each);
      else context.fillRect(left, y - thick / 2, Math.max(1, x(rows.to[row]) - left), thick);
    }
  }
  context.globalAlpha = 1;
  if (each >= marked) {
    for (const row of shown) {
      context.globalAlpha = isLit(row) ? 1 : 0.4;
      drawEnd(context, drawing, row);
    }
    context.globalAlpha = 1;
  }
  drawPath(context, drawing, path);
  if (at >= 0) {
    context.fillStyle = colours.accent;
    context.fillRect(0, rowY(view, at) - 1, 4, 2);
  }
  return { lines: shown.length, labels: drawLabels(context, drawing, first, last, each, isLit) };
}

const rowsBetween = (first: number, last: number) => Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

/** A pale line for the rows of each two pixels, from the first of their origins to the last of their ends. */
function drawSpans(context: CanvasRenderingContext2D, drawing: RowDrawing, first: number, last: number): void {
  const { rows, view, x, colours } = drawing;
  context.fillStyle = colours.faint;
  for (let row = first; row <= last; ) {
    const shared = pixelsOf(view, row);
    const y = rowY(view, row);
    let [from, to] = [rows.from[row], rows.to[row]];
    for (row++; row <= last && pixelsOf(view, row) === shared; row++) {
      from = Math.min(from, rows.from[row]);
      to = Math.max(to, rows.to[row]);
    }
    context.fillRect(x(from), y, Math.max(1, x(to) - x(from)), singleRow);
  }
}

/** A folded clade: a wedge that opens from its origin to its end. */
function drawFold(context: CanvasRenderingContext2D, left: number, right: number, y: number, each: number): void {
  const half = Math.max(1.5, Math.min(6, each / 2 - 1));
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(Math.max(left + 3, right), y - half);
  context.lineTo(Math.max(left + 3, right), y + half);
  context.closePath();
  context.fill();
}

/** How a line ends: a dot where the species lives, a cross where it died out, an open diamond where it merged. */
function drawEnd(context: CanvasRenderingContext2D, { rows, view, x, colour, colours }: RowDrawing, row: number): void {
  if (rows.folded[row] > 0) return;
  const { fate } = rows.species[row];
  const [px, y] = [x(rows.to[row]), rowY(view, row)];
  context.beginPath();
  if (fate === 'living') {
    context.fillStyle = colour[row];
    context.arc(px, y, 3, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  if (fate === 'merged') {
    context.moveTo(px, y - 4);
    for (const [dx, dy] of [
      [3, 0],
      [0, 4],
      [-3, 0],
      [0, -4],
    ])
      context.lineTo(px + dx, y + dy);
    context.fillStyle = colours.paper;
    context.fill();
  } else {
    context.moveTo(px - 2.5, y - 2.5);
    context.lineTo(px + 2.5, y + 2.5);
    context.moveTo(px + 2.5, y - 2.5);
    context.lineTo(px - 2.5, y + 2.5);
  }
  context.stroke();
}

/** The line of descent of the picked organism, in ink. */
function drawPath(context: CanvasRenderingContext2D, { rows, view, x, colours }: RowDrawing, path: readonly number[]): void {
  context.fillStyle = colours.ink;
  for (const [i, row] of path.entries()) {
    const left = x(rows.from[row]);
    // Up to where the next of the line leaves it.
    const right = i === 0 ? x(rows.to[row]) : x(rows.from[path[i - 1]]);
    const y = rowY(view, row);
    context.fillRect(left, y - 1, Math.max(1, right - left), 2);
    if (rows.parentRow[row] >= 0)
      context.fillRect(left - 0.5, rowY(view, rows.parentRow[row]), 1.5, y - rowY(view, rows.parentRow[row]));
  }
}

/** Names where there is room: of every row where rows are high, otherwise of the largest that have one, each clear of the others. */
function drawLabels(
  context: CanvasRenderingContext2D,
  { rows, view, width, x, name, colours, at }: RowDrawing,
  first: number,
  last: number,
  each: number,
  isLit: (row: number) => boolean,
): number[] {
  const wanted = rowsBetween(first, last).filter((row) => row === at || each >= labelled || name[row] !== '');
  wanted.sort((a, b) => Number(b === at) - Number(a === at) || rows.species[b].peak - rows.species[a].peak || a - b);
  const taken = new Uint8Array(Math.ceil(view.height) + 2 * lineHeight);
  const labels: number[] = [];
  context.font = '11px system-ui, sans-serif';
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  for (const row of wanted) {
    const y = rowY(view, row);
    const from = Math.max(0, Math.floor(y - lineHeight / 2));
    if (y < lineHeight / 2 || y > view.height || taken.subarray(from, from + lineHeight).includes(1)) continue;
    taken.fill(1, from, from + lineHeight);
    labels.push(row);
    const more = rows.folded[row] > 0 ? ` + ${rows.folded[row]}` : '';
    const text = `${name[row] || `S${rows.species[row].id}`}${more}`;
    const left = x(rows.from[row]);
    context.globalAlpha = isLit(row) ? 1 : 0.4;
    context.textAlign = left > width - 60 ? 'right' : 'left';
    const place = left > width - 60 ? left - 4 : left + 4;
    context.fillStyle = colours.ink;
    context.strokeText(text, place, y - 2);
    context.fillText(text, place, y - 2);
  }
  context.globalAlpha = 1;
  return labels;
}
