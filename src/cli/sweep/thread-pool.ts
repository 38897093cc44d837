import { startThreads } from '../threads.ts';
import type { SweepTask, TaskOutcome } from './perform-task.ts';
import type { Performer } from './performer.ts';

/**
 * How many runs a thread gets at a time: the others are made while the disk writes the first, which may take longer than a very
 * short run. A long run must not wait for a thread while another is idle.
 * @param seconds of a run, about
 */
function tasksAtATime(seconds: number): number {
  if (seconds < 0.05) return 4;
  return seconds < 0.25 ? 2 : 1;
}

/**
 * Makes runs in threads.
 * @param seconds of a run, about
 */
export function threadPool(jobs: number, seconds: number): Performer {
  const tasksPerThread = tasksAtATime(seconds);
  return {
    // Of long runs one is claimed ahead, so that no thread waits for a claim.
    capacity: tasksPerThread > 1 ? tasksPerThread * jobs : jobs + 1,
    ...startThreads<SweepTask, TaskOutcome>(jobs, 'performTask', tasksPerThread),
  };
}
