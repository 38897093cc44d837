import { Piscina } from 'piscina';
import type { Fork, ForkResult } from '../../runs/perform-fork.ts';
import { commandLineFile } from './command-line-file.ts';
import type { TaskOutcome } from './perform-task.ts';
import type { Performer } from './performer.ts';

/**
 * How many runs a thread is given at a time: the others are made while the disk takes the first, and a disk may take longer than
 * a very short run. A long one must not wait for a thread while another is idle.
 * @param seconds that a run takes, about
 */
function tasksAtATime(seconds: number): number {
  if (seconds < 0.05) return 4;
  return seconds < 0.25 ? 2 : 1;
}

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
 * @param seconds that a run takes, about
 */
export function threadPool(jobs: number, seconds: number, file = commandLineFile): Performer {
  const tasks = tasksAtATime(seconds);
  const pool = startPool(jobs, file, tasks);
  return {
    // Of long runs one is claimed ahead, so that no thread waits for it to be.
    capacity: tasks > 1 ? tasks * jobs : jobs + 1,
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
