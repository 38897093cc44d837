import { availableParallelism } from 'node:os';
import { generateSeed } from '../generate-seed.ts';
import { type Io, stopStatus } from '../io.ts';
import { OwnedFolder } from '../ownership/owned-folder.ts';
import { performAll } from '../perform-all.ts';
import { publishResults } from '../result-files.ts';
import { checkFree } from '../run-directory.ts';
import type { MakePool } from '../threads.ts';
import { UserError } from '../user-error.ts';
import { labFiles, labNames } from './lab-files.ts';
import type { LabFlags } from './lab-flags.ts';
import type { LabOutcome, LabTask } from './lab-task.ts';
import { listLandscapes } from './list-landscapes.ts';
import { type LabPlan, planLab } from './plan-lab.ts';
import { printLab } from './print-lab.ts';

/** `upslope lab`. Returns the exit status. */
export async function labCommand(
  io: Io,
  landscape: string | undefined,
  flags: LabFlags,
  makePool: MakePool<LabTask, LabOutcome>,
): Promise<number> {
  if (flags.list) {
    io.out(listLandscapes());
    return 0;
  }
  const seed = flags.seed ?? generateSeed(io);
  const plan = planLab(landscape, flags, seed);
  if (flags.out === undefined) return await makeLab(io, plan, flags, makePool);
  checkFree(io.files, flags.out, labNames);
  const folder = await OwnedFolder.take(io, flags.out);
  try {
    checkFree(io.files, flags.out, labNames);
    return await makeLab(io, plan, flags, makePool, folder);
  } finally {
    folder.release();
  }
}

async function makeLab(
  io: Io,
  plan: LabPlan,
  flags: LabFlags,
  makePool: MakePool<LabTask, LabOutcome>,
  folder?: OwnedFolder,
): Promise<number> {
  const total = plan.cells.length * plan.replicates;
  const jobs = Math.min(total, flags.jobs ?? availableParallelism());
  io.err(`lab: ${total} ${total === 1 ? 'run' : 'runs'}, seed ${plan.seed}, ${jobs} at a time\n`);
  const tasks = plan.cells.flatMap((cell) => cell.tasks);
  const done = await performAll(io, makePool(jobs, io.breathe), tasks, (outcome, t) => {
    if (outcome.kind === 'failed') throw new UserError(`the run of seed ${tasks[t].seed} failed: ${outcome.message}`);
  });
  if ('stopped' in done) {
    io.err('stopped; nothing was written\n');
    return stopStatus[done.stopped];
  }
  const measures = done.results.map((outcome) => (outcome.kind === 'done' ? outcome.measures : {}));
  const results = plan.cells.map((_, c) => measures.slice(c * plan.replicates, (c + 1) * plan.replicates));
  if (folder) publishResults(folder, labFiles(io, plan, results, flags.seed === undefined), 'undo');
  io.out(printLab(plan, results));
  return 0;
}
