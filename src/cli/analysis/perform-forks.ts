import type { AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import type { Io, StopSignal } from '../io.ts';
import { performAll } from '../perform-all.ts';
import { taskPool } from '../threads.ts';
import type { ForkShelf } from './fork-shelf.ts';
import { type AssayTask, performAssayTask } from './perform-assay-task.ts';

const forkPool = taskPool<AssayTask, AssayForkResult>('performAssayTask', performAssayTask);

/** Milliseconds between two lines about how far it has come. */
const pause = 5000;

/**
 * Lets forks run, those that a shelf has not got yet, and says from time to time how many have.
 * @param what the line begins with
 * @returns the results in the order of the tasks, or the signal that stopped them
 */
export async function performForks(
  io: Io,
  what: string,
  tasks: readonly AssayTask[],
  jobs: number,
  shelf: ForkShelf | undefined,
): Promise<{ readonly results: AssayForkResult[] } | { readonly stopped: StopSignal; readonly done: number }> {
  const results = tasks.map(({ fork }) => shelf?.find(fork.seed));
  const missing = tasks.flatMap((_, t) => (results[t] ? [] : [t]));
  const count = () => results.filter(Boolean).length;
  let told = io.now();
  const made = await performAll(
    io,
    forkPool(jobs, io.breathe),
    missing.map((t) => tasks[t]),
    (result, index) => {
      const t = missing[index];
      results[t] = result;
      shelf?.keep(tasks[t].fork.seed, result);
      if (io.now() - told < pause) return;
      told = io.now();
      io.err(`${what}: ${count()} of ${tasks.length} forks\n`);
    },
  );
  return 'stopped' in made ? { stopped: made.stopped, done: count() } : { results: results as AssayForkResult[] };
}
