import type { AssayFork, AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import type { Io, StopSignal } from '../io.ts';
import { performAll } from '../perform-all.ts';
import { taskPool } from '../threads.ts';
import type { ForkShelf } from './fork-shelf.ts';
import { type AssayTask, performAssayTask, type SentTask } from './perform-assay-task.ts';

const forkPool = taskPool<SentTask, AssayForkResult>('performAssayTask', performAssayTask);

/** Milliseconds between two lines of progress. */
const pause = 5000;

/**
 * Runs the forks that a shelf lacks, and reports from time to time how many are done.
 * @param what the line begins with
 * @param note what else it reports of the results so far, in the order of the tasks
 * @returns the results in the order of the tasks, or the signal that stopped them
 */
export async function performForks(
  io: Io,
  what: string,
  tasks: readonly AssayTask[],
  jobs: number,
  shelf: ForkShelf | undefined,
  note?: (results: readonly (AssayForkResult | undefined)[]) => string,
): Promise<{ readonly results: AssayForkResult[] } | { readonly stopped: StopSignal; readonly done: number }> {
  const results = tasks.map(({ fork }) => shelf?.find(nameOf(fork)));
  const missing = tasks.flatMap((_, t) => (results[t] ? [] : [t]));
  const count = () => results.filter(Boolean).length;
  let told = io.now();
  const made = await performAll(
    io,
    forkPool(jobs, io.breathe),
    missing.map((t) => ({ ...tasks[t], extensions: io.extensionFiles })),
    (result, index) => {
      const t = missing[index];
      results[t] = result;
      shelf?.keep(nameOf(tasks[t].fork), result);
      if (io.now() - told < pause) return;
      told = io.now();
      io.err(`${what}: ${count()} of ${tasks.length} forks${note ? `, ${note(results)}` : ''}\n`);
    },
  );
  return 'stopped' in made ? { stopped: made.stopped, done: count() } : { results: results as AssayForkResult[] };
}

/** Name of a fork among those of one call: both forks of a mirrored pair have one seed. */
const nameOf = ({ seed, mirrored }: AssayFork): string => (mirrored ? `${seed}/mirrored` : seed);

/** A copy that threads share. */
export function inSharedMemory(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}
