import { Worker } from 'node:worker_threads';
import type { ThreadHost } from '../kernel/threads/crew.ts';
import { runThread } from '../kernel/threads/run-thread.ts';

/** Text of a thread: all that it does is in one function, so that it loads nothing else of this program. */
const code = `(${runThread})(require('node:worker_threads').workerData)`;

/** Threads of Node that share the work of one world. @param count how many, with the one that steps the world */
export function worldThreads(count: number): ThreadHost {
  return {
    count,
    start(given) {
      const worker = new Worker(code, { eval: true, workerData: given, execArgv: [], env: {} });
      // A world does not keep the process alive, and a thread that cannot be started leaves its share to the others.
      worker.unref();
      worker.on('error', () => {});
    },
  };
}
