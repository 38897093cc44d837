import { Piscina } from 'piscina';
import type { AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import { commandLineFile } from '../sweep/command-line-file.ts';
import { type AssayTask, performAssayTask } from './perform-assay-task.ts';

/** Makes forks of an assay, several at a time. */
export interface AssayPool {
  perform(task: AssayTask): Promise<AssayForkResult>;
  /** Ends at once, forks in the making included. */
  close(): Promise<void>;
}

/** Threads of the command line's own file; a single one is not worth starting. */
export function assayPool(jobs: number, breathe: () => Promise<void>): AssayPool {
  if (jobs === 1) {
    return {
      async perform(task) {
        await breathe();
        return performAssayTask(task);
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
    perform: (task) => pool.run(task, { name: 'performAssayTask' }) as Promise<AssayForkResult>,
    close: () => pool.destroy(),
  };
}
