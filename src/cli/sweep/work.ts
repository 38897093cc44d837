// Makes the runs of a sweep that are missing, together with other processes that share its folder.

import type { PlannedRun, Sweep } from '../../experiment/expand-plan.ts';
import { runTask } from '../../experiment/perform-run.ts';
import { orUserError, syncFolder } from '../files.ts';
import type { Io, StopSignal } from '../io.ts';
import { type Owner, ownerName } from '../ownership/owner.ts';
import { Claims } from '../shares/claims.ts';
import { shareWork } from '../shares/share-work.ts';
import { UserError } from '../user-error.ts';
import type { TaskOutcome } from './perform-task.ts';
import type { Performer } from './performer.ts';
import { type SweepFolder, sweepAdvice } from './sweep-folder.ts';
import type { SweepProgress } from './sweep-progress.ts';

export interface WorkOptions {
  readonly io: Io;
  readonly sweep: Sweep;
  readonly folder: SweepFolder;
  readonly owner: Owner;
  /** Seconds without a heartbeat after which a claim is taken over. */
  readonly lease: number;
  /** The runs to make, in the order in which they are begun. */
  readonly runs: readonly PlannedRun[];
  readonly performer: Performer;
  readonly progress: SweepProgress;
}

/** What was done: `stopped` is the signal that ended it early. */
export interface WorkResult {
  readonly made: number;
  readonly stopped: StopSignal | undefined;
}

/**
 * Brings every run of a list to its end, finished or failed, together with other processes.
 * @throws {UserError} when results cannot be written; published results are kept
 */
export async function work({ io, sweep, folder, owner, lease, runs, performer, progress }: WorkOptions): Promise<WorkResult> {
  let made = 0;
  let closing = false;
  const cannotWrite = `cannot write in ${folder.shown}`;
  const perform = async (run: PlannedRun) => {
    let outcome: TaskOutcome;
    try {
      outcome = await performer.perform({
        run: runTask(sweep, run),
        results: folder.results,
        owner: ownerName(owner),
        extensions: io.extensionFiles,
      });
    } catch (error) {
      if (!closing) folder.recordFailure(run, `its thread ended: ${(error as Error | undefined)?.message ?? error}`, owner);
      return;
    }
    if (outcome.kind === 'unwritten') throw new UserError(`${outcome.message}; ${sweepAdvice}`);
    if (outcome.kind === 'failed') folder.recordFailure(run, outcome.message, owner);
    else if (outcome.first) made++;
  };
  try {
    const stopped = await shareWork<PlannedRun>({
      io,
      claims: new Claims(io, folder.claims, owner, lease),
      lease,
      items: runs,
      capacity: performer.capacity,
      problem: { what: cannotWrite, advice: sweepAdvice },
      isSettled: ({ id }) => folder.has(id) || folder.hasFailed(id),
      perform,
      onSettled: (run) => progress.finished(run),
      show: (waiting) => progress.show(waiting),
      async close() {
        closing = true;
        progress.clear();
        await performer.close();
      },
    });
    // Once for all results: for each it would cost as much as a tiny run. A result that loses its name in a crash is made
    // again.
    orUserError(cannotWrite, sweepAdvice, () => syncFolder(io.files, folder.results));
    return { made, stopped };
  } finally {
    folder.tidy(io, owner);
  }
}
