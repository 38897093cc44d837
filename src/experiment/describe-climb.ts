import { type ClimbStep, type ClimbWindow, ridge } from '../analysis/climb/climb-of-window.ts';
import { climbFisher } from '../analysis/climb/climb-over-time.ts';
import type { MomentumFit } from '../analysis/gradient/momentum.ts';
import { projectionColumns, realColumn, textColumn, windowColumns } from '../export/columns.ts';
import type { Cell, ExportTable } from '../export/export-table.ts';

/** The climb of one population of a run, for a report. */
export interface ClimbReport {
  readonly population: string;
  readonly windows: readonly ClimbWindow[];
  readonly momentum: MomentumFit | undefined;
  /** One line of descent, back from an organism of the last census: its steps, by window. */
  readonly line?:
    | { readonly organism: number; readonly steps: readonly { from: number; to: number; step: ClimbStep }[] }
    | undefined;
}

const ridgeColumn = realColumn(
  'ridge',
  'mean variances of a trait',
  'Ridge of the regression for the gradient: it shrinks the gradient.',
);

/** Steps of lineages compared with the gradient, one a row. */
export const climbTable: ExportTable = {
  name: 'climb',
  title: 'Climb',
  row: 'Change of a lineage between two censuses, compared with the observed gradient of fitness. Traits are measured in their standard deviations at the first census.',
  columns: [
    ...windowColumns,
    textColumn(
      'lineage',
      'selection (of each half of the clades on the gradient of the other half), population (change of the mean, on the gradient of the window before), species: and its number, or line: and an organism (likewise).',
    ),
    ...projectionColumns('standard deviations'),
    realColumn('predicted_gain', 'relative fitness', 'Displacement times gradient.'),
    realColumn('percentile', '', 'Share of random directions, drawn with the covariance of the living, whose cosine is lower.'),
    realColumn('null_low', '', '2.5 % quantile of their cosines.'),
    realColumn('null_high', '', '97.5 % quantile.'),
    ridgeColumn,
  ],
};

/** Fisher's account, a window a row. */
export const fisherTable: ExportTable = {
  name: 'fisher',
  title: 'Fisher',
  row: 'Fisher’s theorem over a window between two censuses.',
  columns: [
    ...windowColumns,
    realColumn('additive_variance', 'relative fitness', 'b G b from halves of the clades: the gain from selection alone.'),
    realColumn('growth', 'log ratio', 'Log of the living per ancestor over the window.'),
    realColumn('change', 'log ratio', 'Realised change of that from this window to the next; null if they differ in length.'),
    realColumn(
      'deterioration',
      'log ratio',
      'Change minus additive variance: the loss to the environment, competitors included.',
    ),
    realColumn('through_g', '', 'Cosine of selection to G b.'),
    ridgeColumn,
  ],
};

/** Rows of `climbTable`. */
export function* climbRows({ population, windows, line }: ClimbReport): Iterable<readonly Cell[]> {
  const cells = ({ along, across, cosine, gain, percentile, low, high }: ClimbStep) => [
    ...[along, across, cosine, gain],
    ...[percentile, low, high, ridge],
  ];
  for (const { from, to, selection, steps } of windows) {
    yield [population, from, to, 'selection', ...cells(selection)];
    for (const { species, step } of steps) {
      yield [population, from, to, species === undefined ? 'population' : `species:${species}`, ...cells(step)];
    }
  }
  for (const { from, to, step } of line?.steps ?? []) {
    yield [population, from, to, `line:${line?.organism}`, ...cells(step)];
  }
}

/** Rows of `fisherTable`. */
export function* fisherRows({ population, windows }: ClimbReport): Iterable<readonly Cell[]> {
  const accounts = climbFisher(windows);
  for (const [w, { from, to, growth, throughG }] of windows.entries()) {
    const { gain, change, deterioration } = accounts[w];
    yield [population, from, to, gain, growth, change, deterioration, throughG, ridge];
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);

function momentumClause({ identified, steps, momentum, low, high }: MomentumFit): string {
  if (!identified) {
    return `momentum is not identified: over ${steps} windows the gradient of two windows before does not predict the response well enough`;
  }
  return `momentum ${momentum.toFixed(2)} (95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}, over ${steps} windows, by the gradient of two windows before)`;
}

/** The climb in sentences, each clause a mean of rows. */
export function climbSentence({ population, windows, momentum, line }: ClimbReport): string {
  const known = windows.filter(({ selection }) => !Number.isNaN(selection.cosine));
  if (known.length === 0) return `${population}: too few clades or organisms for a gradient between censuses.`;
  const beaten = known.filter(({ selection }) => selection.percentile > 0.975).length;
  const steps = windows.flatMap((window) => window.steps.filter(({ species }) => species === undefined).map(({ step }) => step));
  const moved = steps.filter(({ cosine }) => !Number.isNaN(cosine));
  const account = climbFisher(windows).filter(({ deterioration }) => !Number.isNaN(deterioration));
  // What was gained first, angles last.
  const clauses = [
    ...(account.length > 0
      ? [
          `selection alone would have raised relative fitness by ${mean(account.map((a) => a.gain)).toPrecision(2)} a window; it changed by ${mean(account.map((a) => a.change)).toPrecision(2)}, so ${mean(account.map((a) => -a.deterioration)).toPrecision(2)} was taken by the environment and competitors`,
        ]
      : []),
    ...(moved.length > 0
      ? [
          `the mean moved ${mean(moved.map((s) => s.along)).toPrecision(2)} standard deviations a window along the gradient of the window before and ${mean(moved.map((s) => s.across)).toPrecision(2)} across (cosine ${mean(moved.map((s) => s.cosine)).toFixed(2)})`,
        ]
      : []),
    `selection on one half of the clades had a mean cosine of ${mean(known.map((w) => w.selection.cosine)).toFixed(2)} to the gradient of the other half, beyond 97.5 % of random directions in ${beaten} of ${known.length} windows`,
    ...(line
      ? [
          `the line of organism ${line.organism} had a mean cosine of ${mean(line.steps.map(({ step }) => step.cosine).filter((c) => !Number.isNaN(c))).toFixed(2)}`,
        ]
      : []),
    ...(momentum ? [momentumClause(momentum)] : []),
  ];
  return `${population}: ${clauses.join('; ')}. The gradient is observed (a regression with a ridge of ${ridge} mean variances), not assayed: shared places count as fitness.`;
}
