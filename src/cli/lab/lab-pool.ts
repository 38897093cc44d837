import { Piscina } from 'piscina';
import { commandLineFile } from '../sweep/command-line-file.ts';
import type { LabOutcome, LabTask } from './lab-task.ts';
import { performLabTask } from './perform-lab-task.ts';

/** Makes runs of the lab, several at a time. */
export interface LabPool {
  perform(task: LabTask): Promise<LabOutcome>;
  /** Ends at once, runs in the making included. */
  close(): Promise<void>;
}

/** Threads of the same file as those of a sweep; a single one is not worth starting, and the runs are then made right here. */
export function labPool(jobs: number, breathe: () => Promise<void>): LabPool {
  if (jobs === 1) {
    return {
      async perform(task) {
        await breathe();
        return performLabTask(task);
      },
      async close() {},
    };
  }
  const pool = new Piscina({
    filename: commandLineFile,
    minThreads: jobs,
    maxThreads: jobs,
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  return {
    perform: (task) => pool.run(task, { name: 'performLabTask' }) as Promise<LabOutcome>,
    close: () => pool.destroy(),
  };
}
