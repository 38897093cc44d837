import type { WatchedTask } from '../experiment/perform-watched-run.ts';
import type { Measure } from '../experiment/run-result.ts';

/** A checked plan, as the page needs it. All runs have the same number of ticks. */
export interface CheckedPlan {
  readonly name: string;
  /** What varies: at most one path here, though a plan may have more. */
  readonly paths: readonly string[];
  /** For each combination a value a path. */
  readonly cells: readonly (readonly unknown[])[];
  /** In the order of the plan: combination by combination, in each the seeds in order. */
  readonly runs: readonly CheckedRun[];
  /** Tick of each sample of a run. */
  readonly ticks: readonly number[];
  /** The plan as a file for the command line: the whole scene with its settings, every default, the program. */
  readonly document: Readonly<Record<string, unknown>>;
}

export interface CheckedRun {
  /** Index into `CheckedPlan.cells`. */
  readonly cell: number;
  readonly task: WatchedTask;
}

/** Requests to a thread for runs: to check a plan, or to make one run. */
export type RunsRequest =
  | { readonly kind: 'check'; readonly plan: unknown; readonly file: string }
  | { readonly kind: 'run'; readonly run: number; readonly task: WatchedTask };

/** The end of a run. */
export interface RunEnd {
  /** State of the world after the last tick. */
  readonly hash: string;
  /** Ticks made: fewer than requested only after extinction. */
  readonly ticks: number;
  /** Living at the end, by population. */
  readonly living: Readonly<Record<string, number>>;
}

/** Messages of a thread for runs. `run` is the number in the request. */
export type RunsReply =
  | { readonly kind: 'checked'; readonly plan: CheckedPlan }
  /** One line on what is wrong with the plan. */
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'began'; readonly run: number; readonly measures: readonly Measure[] }
  /** The samples since the last such message, row by row, and the progress of the run. */
  | { readonly kind: 'rows'; readonly run: number; readonly tick: number; readonly values: Float64Array }
  | { readonly kind: 'done'; readonly run: number; readonly end: RunEnd }
  | { readonly kind: 'failed'; readonly run: number; readonly message: string };
