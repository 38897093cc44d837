import type { Job, JobResult } from './job.ts';

/** A JavaScript engine that runs jobs. */
export interface Engine {
  /** One word, by which it can be chosen: `firefox`, `node-22`, `node-24-arm64`. */
  readonly id: string;
  readonly title: string;
  readonly architecture: string;
  /** Version in words of the engine itself. */
  version(): Promise<string>;
  /**
   * Results in the order of the jobs; each job in a thread of its own.
   * @throws {Error} when the engine does not start, or does not answer within `seconds`
   */
  run(jobs: readonly Job[], seconds: number): Promise<readonly JobResult[]>;
}

/** An engine that is not on this machine. */
export interface MissingEngine {
  readonly id: string;
  readonly title: string;
  /** What is missing, and what to do. */
  readonly why: string;
}
