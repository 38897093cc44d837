import type { Io, StopSignal } from './io.ts';
import type { TaskPool } from './threads.ts';

/**
 * Performs all tasks, or as many as possible until a signal comes, and closes the pool.
 * @param take is called with each result as it comes; an error that it throws ends everything
 * @returns the results in the order of the tasks, or the signal
 * @throws {Error} the error of the first task that failed
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
    // Threads that are ended leave promises that nothing awaits.
    all.catch(() => {});
    await Promise.race([all, stopping]);
    return stopped === undefined ? { results } : { stopped };
  } finally {
    deafen();
    await pool.close();
  }
}
