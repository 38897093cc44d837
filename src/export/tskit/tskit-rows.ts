import { FormatError } from '../validate/format-error.ts';
import { textLines } from '../validate/text-lines.ts';

/** A line of a text table: its row from 0, and its fields in the requested order. The same object each time. */
export interface TskitRow {
  row: number;
  fields: readonly string[];
  fail(problem: string): FormatError;
}

/** Rows of a text table; fields come in the order of `columns`. */
export function* tskitRows(name: string, chunks: Iterable<Uint8Array>, columns: readonly string[]): Generator<TskitRow> {
  const told: TskitRow = {
    row: -1,
    fields: [],
    fail: (problem) => new FormatError(`${name}, line ${told.row + 2}`, problem),
  };
  let places: readonly number[] | undefined;
  let inOrder = true;
  let width = 0;
  for (const line of textLines(name, chunks)) {
    const parts = line.split('\t');
    if (places === undefined) {
      places = columns.map((column) => {
        const at = parts.indexOf(column);
        if (at < 0) throw new FormatError(`${name}, line 1`, `the column ${column} is missing`);
        return at;
      });
      inOrder = places.every((at, i) => at === i);
      width = parts.length;
      continue;
    }
    told.row++;
    if (parts.length !== width) {
      throw told.fail(line === '' ? 'is blank' : `has ${parts.length} fields between tabs, but the header has ${width}`);
    }
    told.fields = inOrder ? parts : places.map((at) => parts[at]);
    yield told;
  }
  if (places === undefined) throw new FormatError(name, 'is empty');
}

/** A row number below `count`, or -1. */
export function reference(text: string, count: number): number {
  if (text.length === 0 || text.length > 10) return -1;
  let number = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = 10 * number + digit;
  }
  return number < count ? number : -1;
}

/** A finite number, or NaN. */
export function finiteNumber(text: string): number {
  const whole = reference(text, Number.POSITIVE_INFINITY);
  if (whole >= 0) return whole;
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
