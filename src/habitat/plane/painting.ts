// Ground that was painted: a grid of richness as a short text, which a scene holds.

/** Levels of richness besides none: a letter of the text, from a (nothing grows) to k (the richest ground). */
export const paintLevels = 10;
/** Cells that a painting may have. */
export const mostPainted = 65_536;
/** Longest text of a painting: every cell another level than the one before. */
export const longestPainting = mostPainted + 16;

/** A grid of richness, row by row. It is stretched over the ground, whatever the number of its cells. */
export interface Painting {
  readonly columns: number;
  readonly rows: number;
  /** 0 (barren) to `paintLevels` (richest), a value a cell. */
  readonly levels: Uint8Array;
}

const first = 'a'.charCodeAt(0);

/** The text of a painting: its size, then runs of equal cells, as `64x64:200a12k`. */
export function writePainting({ columns, rows, levels }: Painting): string {
  let text = `${columns}x${rows}:`;
  for (let at = 0; at < levels.length; ) {
    let end = at + 1;
    while (end < levels.length && levels[end] === levels[at]) end++;
    text += `${end - at > 1 ? end - at : ''}${String.fromCharCode(first + levels[at])}`;
    at = end;
  }
  return text;
}

/** Reads such a text. @throws {RangeError} what is wrong with it, in one line */
export function readPainting(text: string): Painting {
  const head = /^(\d{1,5})x(\d{1,5}):/.exec(text);
  if (!head) throw new RangeError(`begins with its size, as '64x64:'; paint it on the page`);
  const [columns, rows] = [Number(head[1]), Number(head[2])];
  const cells = columns * rows;
  if (cells < 1 || cells > mostPainted) {
    throw new RangeError(`${columns} by ${rows} are ${cells} cells; give 1 to ${mostPainted}`);
  }
  const levels = new Uint8Array(cells);
  let filled = 0;
  let read = head[0].length;
  for (const [run, count, letter] of text.slice(read).matchAll(/(\d{0,5})([a-k])/g)) {
    // Anything between two runs shifts the next one.
    if (!text.startsWith(run, read)) break;
    const length = count === '' ? 1 : Number(count);
    if (filled + length > cells) throw new RangeError(`has more than its ${columns} by ${rows} cells; remove some`);
    levels.fill(letter.charCodeAt(0) - first, filled, filled + length);
    filled += length;
    read += run.length;
  }
  if (read < text.length) {
    throw new RangeError(
      `'${text.slice(read, read + 8)}' at character ${read + 1} is not a run of cells; give a number and a letter from a to k`,
    );
  }
  if (filled < cells) throw new RangeError(`has ${filled} of its ${cells} cells; give the others too`);
  return { columns, rows, levels };
}
