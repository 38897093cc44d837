import { availableParallelism } from 'node:os';
import { planAssay } from '../../../analysis/assay/plan-assay.ts';
import { hashBytes } from '../../../math/hash.ts';
import { type Io, type StopSignal, stopStatus } from '../../io.ts';
import { type ForkFolder, identifyForks } from '../fork-store.ts';
import { inSharedMemory, performForks } from '../perform-forks.ts';
import type { Asked, WhyFlags } from './question.ts';

/** Makes the forks of the opening, by which the gradient is measured. @returns their results, or the exit status after a request to stop */
export async function forkOpening(
  io: Io,
  snapshot: ArrayBuffer,
  count: number,
  { population, from, forks, horizon, size, policySize, seed }: Asked,
  flags: WhyFlags,
  folder: ForkFolder | undefined,
) {
  const plan = planAssay({ seed, forks, replays: 0 });
  const question = { population, ticks: horizon, size, policySize };
  const shared = inSharedMemory(new Uint8Array(snapshot));
  // Selection within clades is not asked for: all are one.
  const clades = new Uint32Array(new SharedArrayBuffer(4 * count));
  const tasks = plan.map((fork) => ({
    snapshot: shared,
    fork: { ...question, ...fork, seed: `${fork.seed} at ${from}`, clades },
  }));
  const store = folder?.store(identifyForks({ result: 'why', world: [...hashBytes(new Uint8Array(snapshot))], ...question }));
  const jobs = Math.min(plan.length, flags.jobs ?? availableParallelism());
  io.err(`why: ${plan.length} forks of ${horizon} ticks at tick ${from}, ${jobs} at a time\n`);
  const made = await performForks(io, 'why', tasks, jobs, store);
  if (!('stopped' in made)) return made.results;
  return stopped(
    io,
    made.stopped,
    `${made.done} of ${plan.length} forks${folder ? '; the same command continues' : ', which are lost without --out'}`,
  );
}

/** Says what was done before a request to stop. @returns the exit status */
export function stopped(io: Io, signal: StopSignal, done: string): number {
  io.err(`stopped after ${done}\n`);
  return stopStatus[signal];
}
