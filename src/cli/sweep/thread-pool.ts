import { Piscina } from 'piscina';
import type { Fork, ForkResult } from '../../runs/perform-fork.ts';
import { commandLineFile } from './command-line-file.ts';
import type { TaskOutcome } from './perform-task.ts';
import type { Performer } from './performer.ts';

/** Seconds of a run below which a thread is given the next one before it asks. */
const shortRun = 0.25;

const startPool = (jobs: number, file: string, tasksPerThread: number) =>
  new Piscina({
    filename: file,
    minThreads: jobs,
    maxThreads: jobs,
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: tasksPerThread,
  });

/**
 * Makes runs in threads.
 * @param seconds that a run takes, about. Of short ones a thread gets two at a time and makes the second while the disk
 *   takes the first; a long one must not wait for a thread while another is idle.
 */
export function threadPool(jobs: number, seconds: number, file = commandLineFile): Performer {
  const isShort = seconds < shortRun;
  const pool = startPool(jobs, file, isShort ? 2 : 1);
  return {
    // Of long runs one is claimed ahead, so that no thread waits for it to be.
    capacity: isShort ? 2 * jobs : jobs + 1,
    perform: (task) => pool.run(task, { name: 'performTask' }) as Promise<TaskOutcome>,
    close: () => pool.destroy(),
  };
}

/**
 * Lets forks of one snapshot run in threads.
 * @param jobs threads at the same time
 * @returns what each fork gave, in their order.
 * @throws {Error} what went wrong in the first fork that failed; the others are ended.
 */
export async function poolForks(
  snapshot: ArrayBuffer,
  forks: readonly Fork[],
  jobs: number,
  file = commandLineFile,
): Promise<ForkResult[]> {
  // Shared by all threads, so that it is not copied for each fork.
  const shared = new SharedArrayBuffer(snapshot.byteLength);
  new Uint8Array(shared).set(new Uint8Array(snapshot));
  const pool = startPool(Math.max(1, Math.min(jobs, forks.length)), file, 1);
  try {
    return await Promise.all(
      forks.map((fork) => pool.run({ snapshot: shared, fork }, { name: 'performForkTask' }) as Promise<ForkResult>),
    );
  } finally {
    await pool.destroy();
  }
}
