import { availableParallelism } from 'node:os';
import type { Contest, ContestOutcome } from '../../analysis/tournament/contest.ts';
import type { Scene } from '../../scene/schema.ts';
import { type Io, stopStatus } from '../io.ts';
import { performAll } from '../perform-all.ts';
import { taskPool } from '../threads.ts';
import { type ContestTask, performContestTask } from './perform-contest-task.ts';

const contestPool = taskPool<ContestTask, ContestOutcome>('performContestTask', performContestTask);

/** What the contests of a command have in common. */
export interface ContestSetting {
  readonly scene: Scene;
  readonly population: string;
  readonly ticks: number;
  /** Number of threads; the number of cores by default. */
  readonly jobs: number | undefined;
}

/** Contests of genomes in worlds of these seeds, or how the person ended them: the exit status, after a line that says so. */
export async function holdContests(
  io: Io,
  { jobs: wanted, ...setting }: ContestSetting,
  contests: readonly Pick<Contest, 'seed' | 'first' | 'second'>[],
  what: string,
): Promise<readonly ContestOutcome[] | number> {
  const jobs = Math.min(contests.length, wanted ?? availableParallelism());
  io.err(`${what}, ${jobs} at a time\n`);
  const tasks = contests.map(({ seed, first, second }) => ({ ...setting, seed, first, second, extensions: io.extensionFiles }));
  const done = await performAll(io, contestPool(jobs, io.breathe), tasks);
  if (!('stopped' in done)) return done.results;
  io.err('stopped; nothing was written\n');
  return stopStatus[done.stopped];
}
