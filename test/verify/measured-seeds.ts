import { digestText } from '../../src/export/run-identity.ts';
import type { MadeWith } from './made-with.ts';
import type { Verification } from './verification.ts';

/** Digits that are kept: tables show five at most. */
const digits = 9;

/** The file with the numbers of single seeds of a verification, a line each. */
export const measuredPath = (name: string) => `docs/measured/${name}.jsonl`;

type Measured = Pick<Verification, 'name' | 'scenes' | 'measure'>;

/** What numbers of a seed depend on: engine, scenes, and the text of what measures them. */
const keyOf = ({ scenes, measure }: Measured, present: MadeWith) => ({
  engine: present.engine,
  scenes: Object.fromEntries(scenes.map((name) => [name, present.scenes[name]])),
  measure: digestText(String(measure)).slice(0, 8),
});

/** A line for the numbers of a seed, without its end. */
export function measuredLine(
  verification: Measured,
  seed: number,
  numbers: Readonly<Record<string, number>>,
  present: MadeWith,
): string {
  const rounded = Object.entries(numbers).map(([key, value]) => [key, Number(value.toPrecision(digits))]);
  return JSON.stringify({ seed, ...keyOf(verification, present), numbers: Object.fromEntries(rounded) });
}

/**
 * Numbers by seed, of the lines that were made with what is present; the last line of a seed counts.
 * @throws {Error} for a line that cannot be read, with its place
 */
export function readMeasured(text: string, verification: Measured, present: MadeWith): Map<number, Record<string, number>> {
  const key = JSON.stringify(keyOf(verification, present));
  const found = new Map<number, Record<string, number>>();
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let read: { seed: number; numbers: Record<string, number> };
    try {
      // JSON writes what is not a number as null.
      read = JSON.parse(line, (_, value) => value ?? Number.NaN);
    } catch {
      throw new Error(
        `${measuredPath(verification.name)}:${i + 1}: not a line of numbers; remove it, and the seed is measured again`,
      );
    }
    const { seed, numbers, ...made } = read;
    if (JSON.stringify(made) === key) found.set(seed, numbers);
  }
  return found;
}
