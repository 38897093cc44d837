import { digestText } from '../../src/export/run-identity.ts';
import type { MadeWith } from './made-with.ts';
import type { Verification } from './verification.ts';

/** Digits that are kept: tables show five at most. */
const digits = 9;

/** The file with the numbers of single seeds of a verification, a line each. */
export const measuredPath = (name: string) => `docs/measured/${name}.jsonl`;

type Measured = Pick<Verification, 'name' | 'scenes' | 'measure'>;

/** A function's text without the numbers that a bundler appends to names: these depend on what else is in the bundle. */
const textOf = (measure: Measured['measure']) => String(measure).replace(/\$\d+\b/g, '');

/** What numbers of a seed depend on: engine, scenes, and the text of what measures them. */
const keyOf = ({ scenes, measure }: Measured, present: MadeWith) => ({
  engine: present.engine,
  scenes: Object.fromEntries(scenes.map((name) => [name, present.scenes[name]])),
  measure: digestText(textOf(measure)).slice(0, 8),
});

/**
 * Lines for the numbers of a seed, each with its end: what was measured, and before it its names where those of the file so far are others. Names would
 * otherwise be nine tenths of a file.
 * @param text of the file so far
 */
export function measuredLines(
  verification: Measured,
  seed: number,
  numbers: Readonly<Record<string, number>>,
  present: MadeWith,
  text: string,
): string {
  const names = Object.keys(numbers);
  const last = text.split('\n').findLast((line) => line.startsWith('{"names"'));
  const header = JSON.stringify({ names });
  const values = Object.values(numbers).map((value) => Number(value.toPrecision(digits)));
  const line = JSON.stringify({ seed, ...keyOf(verification, present), values });
  return `${last === header ? '' : `${header}\n`}${line}\n`;
}

/**
 * Numbers by seed, of the lines that were made with what is present; the last line of a seed counts.
 * @throws {Error} for a line that cannot be read, with its place
 */
export function readMeasured(text: string, verification: Measured, present: MadeWith): Map<number, Record<string, number>> {
  const key = JSON.stringify(keyOf(verification, present));
  const found = new Map<number, Record<string, number>>();
  let names: readonly string[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let read: { seed: number; names?: readonly string[]; values: readonly (number | null)[] };
    try {
      read = JSON.parse(line);
      if (!read.names && read.values.length !== names.length) throw new Error('other names');
    } catch {
      throw new Error(
        `${measuredPath(verification.name)}:${i + 1}: not a line of numbers; remove it, and the seed is measured again`,
      );
    }
    if (read.names) {
      names = read.names;
      continue;
    }
    const { seed, values, ...made } = read;
    // JSON writes what is not a number as null.
    if (JSON.stringify(made) === key)
      found.set(seed, Object.fromEntries(names.map((name, k) => [name, values[k] ?? Number.NaN])));
  }
  return found;
}
