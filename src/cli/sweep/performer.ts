import { performTask, type SweepTask, type TaskOutcome } from './perform-task.ts';

/** Makes runs, several at a time. */
export interface Performer {
  /** Runs to hand over before the first is done: those that are made at the same time, and some to go on with. */
  readonly capacity: number;
  /** Rejects where the thread itself broke down. */
  perform(task: SweepTask): Promise<TaskOutcome>;
  /** Ends at once, runs in the making included. */
  close(): Promise<void>;
}

/** Makes runs one by one in this thread, which hears nothing while it does. */
export const inThread: Performer = {
  capacity: 1,
  perform: (task) => performTask(task),
  async close() {},
};
