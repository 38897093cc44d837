import type { FailureLog } from './failure-log.ts';

/** What one call of a campaign is to do. */
export interface Call {
  /** Any text; with target and index it makes a case again. */
  readonly seed: string;
  /** How much in all, in the campaign's unit. */
  readonly size: number;
  /** Threads or processes at the same time. */
  readonly jobs: number;
  /** Names of the targets that take part. */
  readonly targets: readonly string[];
  /** The one case to repeat; undefined for all. */
  readonly from: number | undefined;
  /** Takes every failure. */
  readonly failures: FailureLog;
  /** Prints a line that is neither a failure nor of the table. */
  print(line: string): void;
}

/** What came of one target: a line of the table. */
export interface Row {
  readonly target: string;
  readonly cases: number;
  /** Cases that ended in one line of refusal; undefined where nothing can be refused. */
  readonly refused: number | undefined;
  readonly accepted: number;
  readonly failures: number;
  readonly seconds: number;
  /** Longest case. */
  readonly slowest: { readonly index: number; readonly milliseconds: number };
  /** What else there is to say, in a few words. */
  readonly note?: string;
}

/** A kind of attack on the program, over one or more targets. Every case is a function of seed, target and index. */
export interface Campaign {
  readonly name: string;
  /** One line for the help. */
  readonly title: string;
  /** What `--size` counts, in the plural. */
  readonly unit: string;
  /** Size where the call gives none. */
  readonly usualSize: number;
  readonly targets: readonly { readonly name: string; readonly title: string }[];
  run(call: Call): Promise<readonly Row[]>;
}
