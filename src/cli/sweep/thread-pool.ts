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
    ...startThreads<SweepTask, TaskOutcome>(jobs, 'performTask', tasksPerThread),
  };
}
