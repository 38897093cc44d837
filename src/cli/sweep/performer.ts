import { performTask, type SweepTask, type TaskOutcome } from './perform-task.ts';

/** Makes runs, several at a time. */
export interface Performer {
  /** Runs to pass on before the first is done: those that are made at the same time, and a few more to continue with. */
  readonly capacity: number;
  /** Rejects where the thread itself broke down. */
  perform(task: SweepTask): Promise<TaskOutcome>;
  /** Ends at once, also runs that are being made. */
  close(): Promise<void>;
}

/** Makes runs one by one in this thread, which receives no signals while it does. */
export const inThread: Performer = {
  capacity: 1,
  perform: (task) => performTask(task),
  async close() {},
};
