import type { Fork, ForkResult } from '../../runs/perform-fork.ts';
import { startThreads } from '../threads.ts';
import type { SweepTask, TaskOutcome } from './perform-task.ts';
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

/**
 * Makes runs in threads.
 * @param seconds that a run takes, about
 */
export function threadPool(jobs: number, seconds: number): Performer {
  const tasksPerThread = tasksAtATime(seconds);
  return {
    // Of long runs one is claimed ahead, so that no thread waits for it to be.
    capacity: tasksPerThread > 1 ? tasksPerThread * jobs : jobs + 1,
    ...startThreads<SweepTask, TaskOutcome>(jobs, 'performTask', { tasksPerThread }),
  };
}

/**
 * Lets forks of one snapshot run in threads.
 * @param jobs threads at the same time
 * @param file the command line's, where this is not part of it
 * @returns what each fork gave, in their order.
 * @throws {Error} what went wrong in the first fork that failed; the others are ended.
 */
export async function poolForks(
  snapshot: ArrayBuffer,
  forks: readonly Fork[],
  jobs: number,
  file?: string,
): Promise<ForkResult[]> {
  // Shared by all threads, so that it is not copied for each fork.
  const shared = new SharedArrayBuffer(snapshot.byteLength);
  new Uint8Array(shared).set(new Uint8Array(snapshot));
  const pool = startThreads<{ snapshot: SharedArrayBuffer; fork: Fork }, ForkResult>(
    Math.max(1, Math.min(jobs, forks.length)),
    'performForkTask',
    { file },
  );
  try {
    return await Promise.all(forks.map((fork) => pool.perform({ snapshot: shared, fork })));
  } finally {
    await pool.close();
  }
}
