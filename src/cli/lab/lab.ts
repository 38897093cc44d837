import { availableParallelism } from 'node:os';
import { generateSeed } from '../generate-seed.ts';
import { type Io, stopStatus } from '../io.ts';
import { OwnedFolder } from '../ownership/owned-folder.ts';
import { performAll } from '../perform-all.ts';
import { publishResults, type ResultFiles } from '../result-files.ts';
import { checkFree } from '../run-directory.ts';
import type { MakePool } from '../threads.ts';
import { UserError } from '../user-error.ts';
import { labFiles, labNames } from './lab-files.ts';
import { type LabFlags, stepsQuestion } from './lab-flags.ts';
import type { LabOutcome, LabTask } from './lab-task.ts';
import { listLandscapes } from './list-landscapes.ts';
import { planLab } from './plan-lab.ts';
import { planQuestion, type QuestionTask } from './plan-question.ts';
import { printAnswer } from './print-answer.ts';
import { printLab } from './print-lab.ts';
import { questionFiles, questionNames } from './question-files.ts';

/** A call of the lab, for any question: its runs, and what is made of their results. */
interface LabCall {
  readonly tasks: readonly (LabTask | QuestionTask)[];
  readonly seed: string;
  /** Files that it writes. */
  readonly names: readonly string[];
  conclude(outcomes: readonly LabOutcome[]): { readonly files: () => ResultFiles; readonly text: string };
}

type LabPool = MakePool<LabTask | QuestionTask, LabOutcome>;

/** `upslope lab`. Returns the exit status. */
export async function labCommand(io: Io, landscape: string | undefined, flags: LabFlags, makePool: LabPool): Promise<number> {
  if (flags.list) {
    io.out(listLandscapes());
    return 0;
  }
  const seed = flags.seed ?? generateSeed(io);
  const { ask = stepsQuestion } = flags;
  const call = ask === stepsQuestion ? stepsCall(io, landscape, flags, seed) : questionCall(io, ask, landscape, flags, seed);
  if (flags.out === undefined) return await makeLab(io, call, flags, makePool);
  checkFree(io.files, flags.out, call.names);
  const folder = await OwnedFolder.take(io, flags.out);
  try {
    checkFree(io.files, flags.out, call.names);
    return await makeLab(io, call, flags, makePool, folder);
  } finally {
    folder.release();
  }
}

function stepsCall(io: Io, landscape: string | undefined, flags: LabFlags, seed: string): LabCall {
  const plan = planLab(landscape, flags, seed);
  return {
    tasks: plan.cells.flatMap(({ tasks }) => tasks),
    seed,
    names: labNames,
    conclude(outcomes) {
      const measures = outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.measures : {}));
      const results = plan.cells.map((_, c) => measures.slice(c * plan.replicates, (c + 1) * plan.replicates));
      return { files: () => labFiles(io, plan, results, flags.seed === undefined), text: printLab(plan, results) };
    },
  };
}

function questionCall(io: Io, ask: string, landscape: string | undefined, flags: LabFlags, seed: string): LabCall {
  const plan = planQuestion(ask, landscape, flags, seed);
  const { question, form, replicates, cells } = plan;
  return {
    tasks: cells.flatMap(({ tasks }) => tasks),
    seed,
    names: questionNames(question.id),
    conclude(outcomes) {
      const answer = {
        question,
        form,
        swept: plan.sweep.map(({ name }) => name),
        cells: cells.map(({ values, tasks }, c) => ({
          values,
          runs: tasks.map(({ id, asked }, r) => {
            const outcome = outcomes[c * replicates + r];
            return { id, seed: asked.seed, rows: outcome.kind === 'answered' ? outcome.rows : [] };
          }),
        })),
      };
      const files = () => questionFiles(io, plan, answer, flags.seed === undefined);
      return { files, text: printAnswer(answer, replicates, question.shown) };
    },
  };
}

async function makeLab(
  io: Io,
  { tasks, seed, conclude }: LabCall,
  flags: LabFlags,
  makePool: LabPool,
  folder?: OwnedFolder,
): Promise<number> {
  const jobs = Math.min(tasks.length, flags.jobs ?? availableParallelism());
  io.err(`lab: ${tasks.length} ${tasks.length === 1 ? 'run' : 'runs'}, seed ${seed}, ${jobs} at a time\n`);
  const done = await performAll(io, makePool(jobs, io.breathe), tasks, (outcome, t) => {
    const task = tasks[t];
    const own = 'asked' in task ? task.asked.seed : task.seed;
    if (outcome.kind === 'failed') throw new UserError(`the run of seed ${own} failed: ${outcome.message}`);
  });
  if ('stopped' in done) {
    io.err('stopped; nothing was written\n');
    return stopStatus[done.stopped];
  }
  const { files, text } = conclude(done.results);
  if (folder) publishResults(folder, files(), 'undo');
  io.out(text);
  return 0;
}
