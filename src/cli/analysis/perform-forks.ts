import type { AssayFork, AssayForkResult } from '../../analysis/assay/perform-assay-fork.ts';
import type { Io, StopSignal } from '../io.ts';
import { performAll } from '../perform-all.ts';
import { shareWork } from '../shares/share-work.ts';
import { type TaskPool, taskPool } from '../threads.ts';
import { UserError } from '../user-error.ts';
import { type ForkStore, forksAdvice } from './fork-store.ts';
import { type AssayTask, performAssayTask, type SentTask } from './perform-assay-task.ts';

const forkPool = taskPool<SentTask, AssayForkResult>('performAssayTask', performAssayTask);

/** Milliseconds between two lines of progress. */
const pause = 5000;

/** Results in the order of the tasks, or the signal that stopped them. */
export type Forks = { readonly results: AssayForkResult[] } | { readonly stopped: StopSignal; readonly done: number };

/**
 * Runs the forks that a store lacks, together with all other processes that have the same store, and reports from time to time how many are done.
 * @param what the line begins with
 * @param note what else it reports of the results so far, in the order of the tasks; those of other processes are not among them
 */
export async function performForks(
  io: Io,
  what: string,
  tasks: readonly AssayTask[],
  jobs: number,
  store: ForkStore | undefined,
  note?: (results: readonly (AssayForkResult | undefined)[]) => string,
): Promise<Forks> {
  const results: (AssayForkResult | undefined)[] = tasks.map(({ fork }) => store?.find(store.idOf(nameOf(fork))));
  const missing = tasks.flatMap((_, t) => (results[t] ? [] : [t]));
  const count = () => results.filter(Boolean).length;
  let told = io.now();
  const tell = (waiting: number) => {
    if (io.now() - told < pause) return;
    told = io.now();
    const end = waiting > 0 ? `, waiting for ${waiting} that other processes make` : note ? `, ${note(results)}` : '';
    io.err(`${what}: ${count()} of ${tasks.length} forks${end}\n`);
  };
  // Also where nothing is missing: a process may have been killed between its last fork and this.
  store?.tidy();
  if (missing.length === 0) return { results: results as AssayForkResult[] };
  const pool = forkPool(Math.min(jobs, missing.length), io.breathe);
  const sent = (t: number): SentTask => ({ ...tasks[t], extensions: io.extensionFiles });
  const stopped = store
    ? await performShared(
        io,
        pool,
        jobs,
        store,
        missing.map((t) => ({ id: store.idOf(nameOf(tasks[t].fork)), task: sent(t), t })),
        {
          take: (t, result) => {
            results[t] = result;
          },
          tell,
        },
      )
    : await performAlone(io, pool, missing.map(sent), (result, index) => {
        results[missing[index]] = result;
        tell(0);
      });
  if (stopped !== undefined) return { stopped, done: count() };
  if (store && count() < tasks.length) throw new UserError(`${store.shown}: a fork is damaged; give the same command again`);
  return { results: results as AssayForkResult[] };
}

async function performAlone(
  io: Io,
  pool: TaskPool<SentTask, AssayForkResult>,
  tasks: readonly SentTask[],
  take: (result: AssayForkResult, index: number) => void,
): Promise<StopSignal | undefined> {
  const made = await performAll(io, pool, tasks, take);
  return 'stopped' in made ? made.stopped : undefined;
}

interface SharedFork {
  readonly id: string;
  readonly task: SentTask;
  /** Place among the tasks. */
  readonly t: number;
}

async function performShared(
  io: Io,
  pool: TaskPool<SentTask, AssayForkResult>,
  jobs: number,
  store: ForkStore,
  items: readonly SharedFork[],
  { take, tell }: { take(t: number, result: AssayForkResult): void; tell(waiting: number): void },
): Promise<StopSignal | undefined> {
  const own = new Set<SharedFork>();
  try {
    const stopped = await shareWork<SharedFork>({
      io,
      claims: store.claims(),
      lease: store.lease,
      items,
      // Of several threads none waits for a claim.
      capacity: jobs > 1 ? jobs + 1 : 1,
      problem: { what: `cannot write in ${store.shown}`, advice: forksAdvice },
      isSettled: ({ id }) => store.has(id),
      async perform(item) {
        const result = await pool.perform(item.task);
        store.keep(item.id, result);
        own.add(item);
        take(item.t, result);
      },
      onSettled(item) {
        if (own.has(item)) return;
        const found = store.find(item.id);
        if (found) take(item.t, found);
      },
      show: tell,
      close: () => pool.close(),
    });
    store.sync();
    return stopped;
  } finally {
    store.tidy();
  }
}

/** Name of a fork among those of one call: both forks of a mirrored pair have one seed. */
const nameOf = ({ seed, mirrored }: AssayFork): string => (mirrored ? `${seed}/mirrored` : seed);

/** A copy that threads share. */
export function inSharedMemory(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}
