import type { Io, StopSignal } from './io.ts';
import type { TaskPool } from './threads.ts';

/**
 * Performs all tasks, or as many as there is time for until a signal comes, and closes the pool.
 * @param take is told each result as it comes; what it throws ends everything
 * @returns the results in the order of the tasks, or the signal.
 * @throws {Error} what went wrong in the first task that failed
 */
export async function performAll<Task, Result>(
  io: Io,
  pool: TaskPool<Task, Result>,
  tasks: readonly Task[],
  take: (result: Result, index: number) => void = () => {},
): Promise<{ readonly results: Result[] } | { readonly stopped: StopSignal }> {
  let stopped: StopSignal | undefined;
  let stop = () => {};
  const stopping = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const deafen = io.onStop((signal) => {
    stopped ??= signal;
    stop();
  });
  try {
    const results: Result[] = [];
    const all = Promise.all(
      tasks.map(async (task, index) => {
        results[index] = await pool.perform(task);
        if (stopped === undefined) take(results[index], index);
      }),
    );
    // Threads that are ended leave promises that nobody waits for.
    all.catch(() => {});
    await Promise.race([all, stopping]);
    return stopped === undefined ? { results } : { stopped };
  } finally {
    deafen();
    await pool.close();
  }
}
