import { startTaskThread } from '../../worker/tasks/start-task-thread.ts';
import type { TaskThread } from '../../worker/tasks/task-protocol.ts';

/** Most threads of one piece of work. One core is left to the world that is watched. */
const mostThreads = 4;

/** Threads that work beside the world: 1 where there are two cores, or where the browser does not say how many. */
export const spareThreads = (): number => Math.max(1, Math.min(mostThreads, (navigator.hardwareConcurrency || 2) - 1));

/** Many independent tasks in several threads: their progress, and a way to end them at any time. */
export class TaskPool {
  status = $state<'idle' | 'running' | 'done' | 'stopped' | 'failed'>('idle');
  done = $state(0);
  of = $state(0);
  problem = $state('');
  private threads: TaskThread[] = [];
  private turn = 0;

  get running(): boolean {
    return this.status === 'running';
  }

  /**
   * Prepares the work, then performs its tasks in any order, and resolves when the last is done or it was ended. Does nothing
   * if it runs already.
   * @param prepare resolves to the number of tasks and the function that performs one, or to nothing if there is nothing to do
   */
  async begin(
    prepare: () => Promise<
      { readonly tasks: number; readonly perform: (task: number, thread: TaskThread) => Promise<unknown> } | undefined
    >,
  ): Promise<void> {
    if (this.running) return;
    const turn = ++this.turn;
    // At once, so that it cannot begin twice while it is being prepared.
    this.status = 'running';
    this.problem = '';
    this.done = 0;
    const work = await prepare();
    if (turn !== this.turn) return;
    if (!work) {
      this.status = 'idle';
      return;
    }
    const { tasks, perform } = work;
    this.of = tasks;
    const size = Math.max(1, Math.min(tasks, spareThreads()));
    this.threads = Array.from({ length: size }, startTaskThread);
    let next = 0;
    const lane = async (thread: TaskThread) => {
      while (turn === this.turn && next < tasks) {
        await perform(next++, thread);
        if (turn === this.turn) this.done++;
      }
    };
    try {
      await Promise.all(this.threads.map(lane));
      if (turn === this.turn) this.end('done');
    } catch (error) {
      if (turn !== this.turn) return;
      this.problem = error instanceof Error ? error.message : String(error);
      this.end('failed');
    }
  }

  /** Ends it at once. */
  stop(): void {
    if (this.running) this.end('stopped');
  }

  /** Results of tasks in progress are dropped. */
  private end(status: TaskPool['status']): void {
    this.turn++;
    this.status = status;
    for (const thread of this.threads) thread.end();
    this.threads = [];
  }
}
