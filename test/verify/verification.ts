import { mean, standardError } from '../../src/math/statistics.ts';

/** A claim that is checked over several seeds. */
export interface Verification {
  readonly name: string;
  readonly title: string;
  /** Seeds at most, of a claim whose runs are long. */
  readonly mostSeeds?: number;
  /** Named numbers of one seed. */
  measure(seed: number): Record<string, number> | Promise<Record<string, number>>;
  /** The table, and whether the claim holds over the seeds. */
  judge(results: readonly Record<string, number>[]): { lines: string[]; holds: boolean };
  /** Files that are made of the numbers, by their path in the project: each as a function of what it holds now ('' if it is missing). */
  files?(results: readonly Record<string, number>[]): Readonly<Record<string, (before: string) => string>>;
}

/** A table of numbers with a row a seed. */
export function tabulate(
  columns: readonly { readonly key: string; readonly title: string; readonly digits: number }[],
  results: readonly Record<string, number>[],
): string[] {
  const widths = columns.map(({ title }) => Math.max(9, title.length));
  const line = (cells: readonly string[]) => `seed  ${cells.map((cell, i) => cell.padStart(widths[i])).join('  ')}`;
  const rows = results.map((result, i) =>
    line(columns.map(({ key, digits }) => result[key].toFixed(digits))).replace('seed', String(i + 1).padStart(4)),
  );
  return [line(columns.map(({ title }) => title)), ...rows];
}

/** Mean and its standard error over seeds. */
export function overSeeds(values: readonly number[]): { mean: number; standardError: number } {
  return { mean: mean(values), standardError: standardError(values) };
}
