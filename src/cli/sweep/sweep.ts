import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { PlannedRun, Sweep } from '../../experiment/expand-plan.ts';
import type { Io } from '../io.ts';
import { stopStatus } from '../io.ts';
import { extensionFlags } from '../load-extension.ts';
import { newOwner, type Owner } from '../ownership/owner.ts';
import { checkSlurmFlags, isInShard, type Shard } from '../shares/share-flags.ts';
import { defaultLease } from '../shares/share-work.ts';
import { arrayScript, countTasks, evenTasks, submit, writeScript } from '../shares/slurm.ts';
import { UserError } from '../user-error.ts';
import { describeCost, fitJobs, tryOut, warnOfDisk } from './budget.ts';
import { collectFolder } from './collect-folder.ts';
import { gatherPlan } from './gather-plan.ts';
import type { Performer } from './performer.ts';
import { describeFailures, showStatus } from './show-status.ts';
import type { SweepFlags } from './sweep-flags.ts';
import { type SweepFolder, sweepAdvice } from './sweep-folder.ts';
import { SweepProgress } from './sweep-progress.ts';
import { work } from './work.ts';

/** What a call of the command works with. */
interface Call {
  readonly io: Io;
  readonly sweep: Sweep;
  readonly folder: SweepFolder;
  readonly owner: Owner;
  readonly flags: SweepFlags;
  readonly makePerformer: (jobs: number, seconds: number) => Performer;
}

/** `upslope sweep`. Returns the exit status: 1 where a run failed. */
export async function sweepCommand(
  io: Io,
  given: string | undefined,
  flags: SweepFlags,
  makePerformer: (jobs: number, seconds: number) => Performer,
): Promise<number> {
  checkFlags(flags);
  const { sweep, folder } = gatherPlan(io, given, flags);
  const owner = newOwner(io);
  if (flags.status) {
    showStatus(io, sweep, folder, owner, flags.lease ?? defaultLease);
    return 0;
  }
  if (flags.collect) {
    await collectFolder(io, sweep, folder);
    return 0;
  }
  const call = { io, sweep, folder, owner, flags, makePerformer };
  if (flags.slurm) return await handOver(call);
  if (flags.dryRun) {
    const trial = tryOut(io, sweep);
    const jobs = Math.min(sweep.runs.length, flags.jobs ?? availableParallelism());
    const cost = trial ? describeCost(sweep.runs.length, fitJobs(jobs, trial, flags.memory), trial) : `${sweep.runs.length} runs`;
    io.out(`${sweep.name}: ${cost}\n`);
    return 0;
  }
  folder.prepare(sweep, owner);
  return await makeRuns(call);
}

/** Refuses flags that contradict each other, instead of ignoring them. */
function checkFlags(flags: SweepFlags): void {
  const modes = (['status', 'collect', 'slurm', 'shard'] as const).filter((flag) => flags[flag] !== undefined);
  if (modes.length > 1) throw new UserError(`--${modes[0]} and --${modes[1]} exclude each other; give one of them`);
  checkSlurmFlags(flags);
}

/** Runs that are left to make, of all or of a share; failed runs count again where that was requested. */
function findLeft({ sweep, folder, flags }: Call): { share: readonly PlannedRun[]; left: readonly PlannedRun[] } {
  const share = shareOf(sweep, flags.shard);
  const { done, failed } = folder.state();
  if (flags.retry) folder.forgetFailures(share.filter(({ id }) => failed.has(id)).map(({ id }) => id));
  return { share, left: share.filter(({ id }) => !done.has(id) && (flags.retry || !failed.has(id))) };
}

async function makeRuns(call: Call): Promise<number> {
  const { io, sweep, folder, owner, flags } = call;
  folder.tidy(io, owner);
  const { share, left } = findLeft(call);
  if (left.length > 0) {
    const trial = tryOut(io, sweep);
    const wanted = Math.min(flags.jobs ?? availableParallelism(), left.length);
    const jobs = trial ? fitJobs(wanted, trial, flags.memory) : wanted;
    const shard = flags.shard ? `share ${flags.shard.index} of ${flags.shard.count}, ` : '';
    const kept = share.length - left.length;
    const cost = trial ? describeCost(left.length, jobs, trial) : `${left.length} runs`;
    io.err(`${sweep.name}: ${shard}${cost}${kept > 0 ? `; ${kept} are already there` : ''}\n`);
    if (jobs < wanted) io.err(`memory limits the threads to ${jobs} of ${wanted}\n`);
    const warning = trial && warnOfDisk(io, folder.path, left.length * trial.bytesPerRun);
    if (warning) io.err(`${warning}\n`);
    const progress = new SweepProgress(io, share.length, left);
    const lease = flags.lease ?? defaultLease;
    const { stopped } = await work({
      io,
      sweep,
      folder,
      owner,
      lease,
      runs: left,
      performer: call.makePerformer(jobs, trial?.secondsPerRun ?? Number.POSITIVE_INFINITY),
      progress,
    });
    if (stopped !== undefined) {
      const done = countIn(share, folder.state().done);
      io.err(
        `stopped with ${done} of ${share.length} runs done; continue with: upslope sweep ${folder.shown}${extensionFlags(io)}\n`,
      );
      return stopStatus[stopped];
    }
  }
  const after = folder.state();
  const failed = countIn(share, after.failed);
  describeFailures(io, { ...sweep, runs: share }, folder, after.failed);
  if (countIn(sweep.runs, after.done) === sweep.runs.length) folder.sign(owner);
  io.out(`${countIn(share, after.done)} of ${share.length} runs done${failed > 0 ? `, ${failed} failed` : ''}\n`);
  return failed > 0 ? 1 : 0;
}

/** `--slurm`: writes an array job for what is left, and submits it. */
async function handOver(call: Call): Promise<number> {
  const { io, sweep, folder, owner, flags } = call;
  folder.prepare(sweep, owner);
  const { left } = findLeft(call);
  if (left.length === 0) {
    io.out(`all ${sweep.runs.length} runs are already there\n`);
    return 0;
  }
  const threads = flags.jobs ?? 1;
  const trial = tryOut(io, sweep);
  const wanted = countTasks(left.length, left.length * (trial?.secondsPerRun ?? 0), threads, flags.tasks);
  const tasks = evenTasks(
    left.map(({ index }) => index),
    wanted,
  );
  const place = resolve(folder.path);
  const words = ['sweep', place, ...(flags.lease === undefined ? [] : ['--lease', String(flags.lease)])];
  const script = arrayScript({ place, name: sweep.name, tasks, threads, words, takesMemory: true }, flags, io);
  const path = await writeScript(io, folder.path, script, sweepAdvice);
  const cost = trial ? describeCost(left.length, Math.min(left.length, tasks * threads), trial) : `${left.length} runs`;
  io.err(`${sweep.name}: ${cost}, ${tasks} ${tasks === 1 ? 'task' : 'tasks'}\n`);
  if (flags.dryRun) io.out(`${path}\n`);
  else io.out(`submitted job ${submit(path)}; check with: upslope sweep ${folder.shown} --status${extensionFlags(io)}\n`);
  return 0;
}

const countIn = (runs: readonly PlannedRun[], ids: ReadonlySet<string>) => runs.filter(({ id }) => ids.has(id)).length;

/**
 * Runs of a share, in the order in which they are begun: one seed of every combination before the next seed, so that early
 * results cover all combinations.
 */
export function shareOf(sweep: Sweep, shard: Shard | undefined): readonly PlannedRun[] {
  const seeds = sweep.seeds.length;
  const own = sweep.runs.filter(({ index }) => isInShard(index, shard));
  return own.toSorted((a, b) => (a.index % seeds) - (b.index % seeds) || a.index - b.index);
}
