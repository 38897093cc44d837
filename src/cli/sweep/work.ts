import type { PlannedRun, Sweep } from '../../experiment/expand-plan.ts';
import { runTask } from '../../experiment/perform-run.ts';
import { orUserError, syncFolder } from '../files.ts';
import type { Io, StopSignal } from '../io.ts';
import { type Owner, ownerName } from '../ownership/owner.ts';
import { UserError } from '../user-error.ts';
import { Claims } from './claims.ts';
import type { Performer } from './performer.ts';
import { type SweepFolder, sweepAdvice } from './sweep-folder.ts';
import type { SweepProgress } from './sweep-progress.ts';

/** Milliseconds between two looks at runs that other processes are making. */
const pollInterval = 500;

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
 * Brings every run of a list to its end, finished or failed: makes the free ones, waits for those that other processes make,
 * and takes them over if these fall silent.
 * @throws {UserError} when results cannot be written; published results are kept
 */
export async function work({ io, sweep, folder, owner, lease, runs, performer, progress }: WorkOptions): Promise<WorkResult> {
  const claims = new Claims(io, folder.claims, owner, lease);
  const renewal = setInterval(() => claims.renew(), (1000 * lease) / 3);
  let stopped: StopSignal | undefined;
  let wake = () => {};
  const deafen = io.onStop((signal) => {
    stopped ??= signal;
    wake();
  });
  let made = 0;
  let closing = false;
  let broken: unknown;
  const inFlight = new Set<PlannedRun>();
  const settled = (run: PlannedRun) => folder.has(run.id) || folder.hasFailed(run.id);
  const begin = (run: PlannedRun) => {
    inFlight.add(run);
    performer
      .perform({
        run: runTask(sweep, run),
        results: folder.results,
        owner: ownerName(owner),
        extensions: io.extensionFiles,
      })
      .then(
        (outcome) => {
          if (outcome.kind === 'unwritten') throw new UserError(`${outcome.message}; ${sweepAdvice}`);
          if (outcome.kind === 'failed') folder.recordFailure(run, outcome.message, owner);
          else if (outcome.first) made++;
          progress.finished(run);
        },
        (error) => {
          if (!closing) folder.recordFailure(run, `its thread ended: ${error?.message ?? error}`, owner);
        },
      )
      .catch((error) => {
        broken ??= error;
      })
      .finally(() => {
        claims.release(run.id);
        inFlight.delete(run);
        wake();
      });
  };
  // Runs to look at, from `at` on, and those that other processes were making at the last look.
  let queue = runs;
  let at = 0;
  let others: PlannedRun[] = [];
  let pollAt = 0;
  try {
    while (stopped === undefined && broken === undefined) {
      if (at === queue.length && others.length > 0 && io.now() >= pollAt) {
        [queue, at, others] = [others, 0, []];
        pollAt = io.now() + Math.max(pollInterval, queue.length);
      }
      while (at < queue.length && inFlight.size < performer.capacity) {
        const run = queue[at++];
        if (settled(run)) {
          progress.finished(run);
          continue;
        }
        if (!orUserError(`cannot write in ${folder.shown}`, sweepAdvice, () => claims.take(run.id))) {
          others.push(run);
          continue;
        }
        const finished = settled(run);
        if (!finished) {
          begin(run);
          continue;
        }
        // Another process published it between the look and the claim.
        claims.release(run.id);
        progress.finished(run);
      }
      if (at === queue.length && others.length === 0 && inFlight.size === 0) break;
      progress.show(at === queue.length && inFlight.size === 0 ? others.length : 0);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollInterval);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (broken !== undefined) throw broken;
    // Once for all results: for each it would cost as much as a tiny run. A result that loses its name in a crash is made
    // again.
    orUserError(`cannot write in ${folder.shown}`, sweepAdvice, () => syncFolder(io.files, folder.results));
    return { made, stopped };
  } finally {
    closing = true;
    clearInterval(renewal);
    deafen();
    progress.clear();
    // Threads first: their last work must not meet a claim of another process.
    await performer.close();
    claims.releaseAll();
    folder.tidy(io, owner);
  }
}
