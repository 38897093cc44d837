import { availableParallelism } from 'node:os';
import { generateSeed } from '../generate-seed.ts';
import { type Io, type StopSignal, stopStatus } from '../io.ts';
import { checkEmpty } from '../run-directory.ts';
import { UserError } from '../user-error.ts';
import { writeLab } from './lab-files.ts';
import type { LabFlags } from './lab-flags.ts';
import type { LabPool } from './lab-pool.ts';
import { listLandscapes } from './list-landscapes.ts';
import { planLab } from './plan-lab.ts';
import { printLab } from './print-lab.ts';

/** `upslope lab`. Returns the exit status. */
export async function labCommand(
  io: Io,
  landscape: string | undefined,
  flags: LabFlags,
  makePool: (jobs: number) => LabPool,
): Promise<number> {
  if (flags.list) {
    io.out(listLandscapes());
    return 0;
  }
  const seed = flags.seed ?? generateSeed(io);
  const plan = planLab(landscape, flags, seed);
  if (flags.out !== undefined) checkEmpty(io.files, flags.out);
  const total = plan.cells.length * plan.replicates;
  const jobs = Math.min(total, flags.jobs ?? availableParallelism());
  io.err(`lab: ${total} ${total === 1 ? 'run' : 'runs'}, seed ${seed}, ${jobs} at a time\n`);
  const pool = makePool(jobs);
  let stopped: StopSignal | undefined;
  let stop = () => {};
  const stopping = new Promise<'stopped'>((resolve) => {
    stop = () => resolve('stopped');
  });
  const deafen = io.onStop((signal) => {
    stopped ??= signal;
    stop();
  });
  try {
    const all = Promise.all(
      plan.cells.map(({ tasks }) =>
        Promise.all(
          tasks.map(async (task) => {
            if (stopped !== undefined) return {};
            const outcome = await pool.perform(task);
            if (outcome.kind === 'done') return outcome.measures;
            throw new UserError(`the run of seed ${task.seed} failed: ${outcome.message}`);
          }),
        ),
      ),
    );
    // Threads that are ended leave promises that nobody waits for.
    all.catch(() => {});
    const results = await Promise.race([all, stopping]);
    if (results === 'stopped' || stopped !== undefined) {
      io.err('stopped; nothing was written\n');
      return stopStatus[stopped ?? 'SIGINT'];
    }
    if (flags.out !== undefined) writeLab(io, flags.out, plan, results, flags.seed === undefined);
    io.out(printLab(plan, results));
    return 0;
  } finally {
    deafen();
    await pool.close();
  }
}
