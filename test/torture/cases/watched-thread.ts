import { Worker } from 'node:worker_threads';
import { Random } from '../random.ts';
import type { ThreadMessage } from './case-thread.ts';
import type { Block, CaseFailure, Tally } from './perform-block.ts';
import { newTally, sharedTally, tallyBytes } from './shared-tally.ts';

/** A case that takes longer has hung, milliseconds. */
const longestCase = 30_000;
/** Memory of a thread's JavaScript, MB, and how much the process may hold in all, bytes. */
const heapLimit = 768;
const residentLimit = 6 * 2 ** 30;

/**
 * A thread that performs blocks under watch: one that hangs, or ends for want of memory, is a failure of its case; a new thread goes on
 * with the next.
 */
export class WatchedThread {
  private worker: Worker | undefined;
  private buffer = new SharedArrayBuffer(tallyBytes);

  /**
   * @param file on which threads start
   * @param inputOf makes the input of a case again, for one that its thread did not survive
   */
  constructor(
    private readonly file: string,
    private readonly inputOf: (target: string, random: Random) => Promise<Uint8Array>,
  ) {}

  /** Performs a block to its end. */
  async perform(block: Block, fail: (failure: CaseFailure) => void): Promise<Tally> {
    const sum = newTally();
    for (let from = block.from; from < block.to; ) {
      const { problem, tally } = await this.part({ ...block, from }, fail);
      sum.refused += tally.refused;
      sum.accepted += tally.accepted;
      sum.failures += tally.failures;
      if (tally.slowestMilliseconds > sum.slowestMilliseconds) {
        sum.slowestMilliseconds = tally.slowestMilliseconds;
        sum.slowestIndex = tally.slowestIndex;
      }
      if (problem === undefined) break;
      const { index } = tally;
      sum.failures++;
      fail({ index, problem, input: await this.inputOf(block.target, new Random(block.seed, block.target, index)) });
      from = index + 1;
    }
    sum.index = block.to;
    return sum;
  }

  async end(): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('end');
    await gone;
    this.worker = undefined;
  }

  /** Performs cases until the block is done or its thread is lost. */
  private part(block: Block, fail: (failure: CaseFailure) => void): Promise<{ problem: string | undefined; tally: Tally }> {
    this.worker ??= new Worker(this.file, {
      workerData: { tally: this.buffer },
      resourceLimits: { maxOldGenerationSizeMb: heapLimit },
    });
    const { worker } = this;
    const shared = sharedTally(this.buffer);
    Object.assign(shared, newTally(), { index: block.from, slowestIndex: block.from });
    return new Promise((resolve) => {
      let begun = false;
      let index = block.from;
      let since = performance.now();
      const settle = (problem?: string) => {
        clearInterval(watch);
        for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener);
        // A copy: the next block writes over it.
        const tally = { ...newTally() };
        for (const key of Object.keys(tally) as (keyof Tally)[]) tally[key] = shared[key];
        resolve({ problem, tally });
      };
      const lose = (problem: string) => {
        this.worker = undefined;
        this.buffer = new SharedArrayBuffer(tallyBytes);
        settle(problem);
        void worker.terminate();
      };
      const watch = setInterval(() => {
        const now = performance.now();
        if (!begun || shared.index !== index) {
          index = shared.index;
          since = now;
        } else if (now - since > longestCase) lose(`hangs: no end after ${longestCase / 1000} s`);
        if (process.memoryUsage.rss() > residentLimit) lose(`takes more than ${residentLimit / 2 ** 30} GB of memory`);
      }, 250);
      const listeners = {
        message(message: ThreadMessage) {
          if (message.kind === 'failure') fail(message.failure);
          else if (message.kind === 'done') settle();
          else begun = true;
        },
        error: (error: Error) => lose(`ends its thread: ${error.message}`),
        exit: (code: number) => lose(`ends its thread with status ${code}`),
      };
      for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener);
      worker.postMessage(block);
    });
  }
}
