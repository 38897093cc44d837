import { mean, standardError } from '../../src/math/statistics.ts';

type Results = readonly Record<string, number>[];

/** A claim that is checked over several seeds. */
export interface Verification {
  readonly name: string;
  readonly title: string;
  /** Names of the scenes that it reads; none where it makes worlds of its own. */
  readonly scenes: readonly string[];
  /** Seeds at most, of a claim whose runs are long. */
  readonly mostSeeds?: number;
  /** Named numbers of one seed. */
  measure(seed: number): Record<string, number> | Promise<Record<string, number>>;
  /** The table, and whether the claim holds over the seeds. */
  judge(results: Results): { lines: string[]; holds: boolean };
  /**
   * Tables of the documents that are made of the numbers, by the names of their markers: lines of Markdown, sentences among them.
   * Of no results: the same head and first cells, so that a check can compare the form.
   */
  tables?(results: Results): Readonly<Record<string, readonly string[]>>;
  /** What was found in a scene, in sentences: written into its `found`. */
  readonly found?: { readonly scene: string; text(results: Results): string };
  /** Other files that are made of the numbers, by their path in the project. */
  files?(results: Results): Readonly<Record<string, string>>;
}

/** Seeds where a command does not say how many. */
const usualSeeds = 10;

/** Seeds of a verification at full size. */
export function fullSeeds({ mostSeeds = usualSeeds }: Pick<Verification, 'mostSeeds'>): number {
  return Math.min(usualSeeds, mostSeeds);
}

/** Other seeds at which everything is checked again: nothing was tuned at them. */
export const newSeeds = 101;

/** The command that makes the numbers of a verification, optionally from another first seed than 1. */
export function commandOf({ name }: Pick<Verification, 'name'>, seeds: number, first = 1): string {
  return `npm run verify -- ${name} ${seeds}${first === 1 ? '' : ` --from ${first}`}`;
}

/** What a command of a marker makes: undefined for one that no verification has. */
export function readCommand<V extends Pick<Verification, 'name'>>(command: string, verifications: readonly V[]) {
  const parts = /^npm run verify -- (\S+) (\d+)(?: --from (\d+))?$/.exec(command);
  const verification = verifications.find(({ name }) => name === parts?.[1]);
  if (!parts || !verification) return undefined;
  const [seeds, first] = [Number(parts[2]), Number(parts[3] ?? 1)];
  return commandOf(verification, seeds, first) === command ? { verification, seeds, first } : undefined;
}

/** A table of numbers with a row a seed. */
export function tabulate(
  columns: readonly { readonly key: string; readonly title: string; readonly digits: number }[],
  results: Results,
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
