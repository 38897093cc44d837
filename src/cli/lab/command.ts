import { type Command, Option } from 'commander';
import { labQuestions } from '../../analysis/lab/questions/index.ts';
import { outDirectory, plainText, seedText, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { taskPool } from '../threads.ts';
import { labCommand } from './lab.ts';
import { collectSweep, type LabFlags, stepsQuestion } from './lab-flags.ts';
import type { LabOutcome, LabTask } from './lab-task.ts';
import { labModels } from './lab-variables.ts';
import { performLabTask } from './perform-lab-task.ts';
import type { QuestionTask } from './plan-question.ts';

const labPool = taskPool<LabTask | QuestionTask, LabOutcome>('performLabTask', performLabTask);

/** Describes the flags of `upslope lab`. */
export function describeLab(command: Command, io: Io, done: (status: number) => void): void {
  command
    .argument('[landscape]', 'name of a landscape; --list shows what there is', plainText)
    .option(
      '--ask <question>',
      `what is asked: ${[stepsQuestion, ...labQuestions.map(({ id }) => id)].join(', ')} (default: ${stepsQuestion}); --list shows what each is`,
      plainText,
    )
    .addOption(new Option('--model <model>', 'model of selection, or gradient method (--ask steps)').choices(labModels))
    .option(
      '--sweep <name=a,b,c>',
      'values to try, as sigma=0.1,0.03,h=0,0.5; every combination, and it may be given several times',
      collectSweep,
    )
    .option('--replicates <n>', 'runs of every combination (default: 8)', wholeNumber(1, 100_000))
    .option(
      '--ticks <n>',
      'steps that are measured: generations, proposals, mutants or gradient steps (default: 500)',
      wholeNumber(1, 10_000_000),
    )
    .option('--burn-in <n>', 'steps before these, not measured (default: a fifth of them)', wholeNumber(0, 10_000_000))
    .option('--dimensions <d>', 'loci (default: 20, or what the landscape asks for)', wholeNumber(1, 1000))
    .option('--size <N>', 'organisms or learners (default: 100)', wholeNumber(1, 200_000))
    .option('--seed <seed>', 'any text; the same seed makes the same runs (default: a new one, which is recorded)', seedText)
    .option('--jobs <n>', 'threads at the same time (default: as many as there are cores)', wholeNumber(1, 1024))
    .option(
      '--out <directory>',
      'where the table, and of a question its figure, and provenance.json go; must be empty or missing (default: only print)',
      outDirectory,
    )
    .option('--list', 'list the landscapes, the questions and what can be swept, and do nothing else')
    .action(async (landscape: string | undefined, flags: LabFlags) => done(await labCommand(io, landscape, flags, labPool)));
}
