import type { WatchedTask } from '../runs/perform-watched-run.ts';
import type { Measure } from '../runs/run-result.ts';

/** A plan that has been checked, as the page needs it. Every run has as many ticks as every other. */
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
  /** The plan as a file that the command line takes: the whole scene with its settings, every default, the program. */
  readonly document: Readonly<Record<string, unknown>>;
}

export interface CheckedRun {
  /** Index into `CheckedPlan.cells`. */
  readonly cell: number;
  readonly task: WatchedTask;
}

/** What a thread for runs is asked: to check a plan, or to make one run. */
export type RunsRequest =
  | { readonly kind: 'check'; readonly plan: unknown; readonly file: string }
  | { readonly kind: 'run'; readonly run: number; readonly task: WatchedTask };

/** How a run ended. */
export interface RunEnd {
  /** State of the world after the last tick. */
  readonly hash: string;
  /** Ticks made: fewer than asked for only where everybody died. */
  readonly ticks: number;
  /** Living at the end, by population. */
  readonly living: Readonly<Record<string, number>>;
}

/** What a thread for runs says. `run` is the number that the request gave. */
export type RunsReply =
  | { readonly kind: 'checked'; readonly plan: CheckedPlan }
  /** One line on what is wrong with the plan. */
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'began'; readonly run: number; readonly measures: readonly Measure[] }
  /** The samples since the last such message, row by row, and how far the run is. */
  | { readonly kind: 'rows'; readonly run: number; readonly tick: number; readonly values: Float64Array }
  | { readonly kind: 'done'; readonly run: number; readonly end: RunEnd }
  | { readonly kind: 'failed'; readonly run: number; readonly message: string };
