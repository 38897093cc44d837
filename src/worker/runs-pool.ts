import type { Measure } from '../experiment/run-result.ts';
import type { CheckedRun, RunEnd, RunsReply } from './runs-protocol.ts';
import type { RunsThread } from './runs-thread.ts';

/** Receives the results of the runs; `run` is the place of a run in the list. */
export interface PoolListener {
  began(run: number, measures: readonly Measure[]): void;
  rows(run: number, tick: number, values: Float64Array): void;
  done(run: number, end: RunEnd): void;
  failed(run: number, message: string): void;
  /** Every run is done or has failed, and all threads are ended. Not called after `stop`. */
  ended(): void;
}

export interface PoolOptions {
  readonly runs: readonly CheckedRun[];
  /** Most threads at the same time, at least 1. */
  readonly size: number;
  readonly start: () => RunsThread;
  /** A thread that has started already and is idle. */
  readonly idle?: RunsThread;
  readonly listener: PoolListener;
}

/** Makes runs in several threads, each as soon as a thread is free. A thread without further runs ends at once. */
export class RunsPool {
  private readonly options: PoolOptions;
  /** Pending runs, in order. */
  private readonly waiting: number[];
  /** The run that each thread is making. */
  private readonly busy = new Map<RunsThread, number>();

  /** Starts at once. */
  constructor(options: PoolOptions) {
    this.options = options;
    const { runs, size, start, idle } = options;
    this.waiting = inTurn(runs);
    const threads = Math.min(size, runs.length);
    for (let i = 0; i < threads; i++) this.next((i === 0 && idle) || start());
  }

  /** Present number of threads. */
  get threads(): number {
    return this.busy.size;
  }

  /** Ends all threads at once. The listener is not called afterwards. */
  stop(): void {
    this.waiting.length = 0;
    for (const thread of this.busy.keys()) thread.end();
    this.busy.clear();
  }

  /** Gives a thread its next run, or ends it. */
  private next(thread: RunsThread): void {
    const run = this.waiting.shift();
    if (run === undefined) {
      this.busy.delete(thread);
      thread.end();
      if (this.busy.size === 0) this.options.listener.ended();
      return;
    }
    this.busy.set(thread, run);
    thread.listen(
      (reply) => this.hear(thread, reply),
      (text) => this.replace(thread, text),
    );
    thread.ask({ kind: 'run', run, task: this.options.runs[run].task });
  }

  private hear(thread: RunsThread, reply: RunsReply): void {
    const { listener } = this.options;
    // A message that was under way when the thread was ended.
    if (!this.busy.has(thread)) return;
    if (reply.kind === 'began') listener.began(reply.run, reply.measures);
    else if (reply.kind === 'rows') listener.rows(reply.run, reply.tick, reply.values);
    else if (reply.kind === 'done' || reply.kind === 'failed') {
      if (reply.kind === 'done') listener.done(reply.run, reply.end);
      else listener.failed(reply.run, reply.message);
      // The listener may have stopped the pool.
      if (this.busy.has(thread)) this.next(thread);
    }
  }

  /** A thread failed: so has its run, and another thread continues with the others. */
  private replace(thread: RunsThread, text: string): void {
    const run = this.busy.get(thread);
    if (run === undefined) return;
    this.busy.delete(thread);
    thread.end();
    this.options.listener.failed(run, `its thread ended: ${text}`);
    if (this.waiting.length > 0) this.next(this.options.start());
    else if (this.busy.size === 0) this.options.listener.ended();
  }
}

/** The first run of every combination, then the second of each: all curves grow together. */
function inTurn(runs: readonly CheckedRun[]): number[] {
  const seen = new Map<number, number>();
  const turn = runs.map(({ cell }) => {
    const before = seen.get(cell) ?? 0;
    seen.set(cell, before + 1);
    return before;
  });
  return runs.map((_, i) => i).sort((a, b) => turn[a] - turn[b] || a - b);
}
