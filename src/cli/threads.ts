import { Piscina } from 'piscina';
import { commandLineFile } from './command-line-file.ts';

/** Performs tasks, several at a time. */
export interface TaskPool<Task, Result> {
  /** Rejects with the error of the task or of the thread. */
  perform(task: Task): Promise<Result>;
  /** Ends at once, also tasks that are being performed. */
  close(): Promise<void>;
}

/** How a pool of tasks is made: `breathe` lets this thread receive signals between two tasks where it performs them itself. */
export type MakePool<Task, Result> = (jobs: number, breathe: () => Promise<void>) => TaskPool<Task, Result>;

/**
 * Starts threads that perform tasks.
 * @param name of the function that performs a task, among those that the file exports
 * @param tasksPerThread how many tasks a thread gets at a time
 */
export function startThreads<Task, Result>(jobs: number, name: string, tasksPerThread = 1): TaskPool<Task, Result> {
  const pool = new Piscina({
    filename: commandLineFile(),
    minThreads: jobs,
    maxThreads: jobs,
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: tasksPerThread,
  });
  let closing = false;
  let broken: Error | undefined;
  // Errors of a thread without a task arrive here; without a listener they would end the process. A thread that is ended may
  // still have a result on its way, which nothing awaits any more; it arrives here too.
  pool.on('error', (error: Error) => {
    if (!closing) broken ??= error;
  });
  return {
    async perform(task) {
      if (broken) throw broken;
      return await pool.run(task, { name });
    },
    async close() {
      closing = true;
      await pool.destroy();
    },
  };
}

/**
 * A pool that performs tasks in threads, or in this thread for a single job, which is not worth a thread.
 * @param name of the function among those that the command line's file exports
 * @param perform the function itself
 */
export function taskPool<Task, Result>(name: string, perform: (task: Task) => Result | Promise<Result>): MakePool<Task, Result> {
  return (jobs, breathe) => {
    if (jobs > 1) return startThreads(jobs, name);
    let closed = false;
    let before: Promise<unknown> = Promise.resolve();
    return {
      perform(task) {
        // One after the other, so that a signal is received between two tasks.
        const result = before.then(async () => {
          await breathe();
          if (closed) throw new Error('the pool was closed');
          return await perform(task);
        });
        before = result.catch(() => {});
        return result;
      },
      async close() {
        closed = true;
      },
    };
  };
}
