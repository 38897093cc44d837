import { Option } from 'commander';
import { labQuestions } from '../../analysis/lab/questions/index.ts';
import type { CommandModule } from '../command.ts';
import { outDirectory, plainText, wholeNumber } from '../flags.ts';
import { seedText } from '../setting-flags.ts';
import { taskPool } from '../threads.ts';
import { labCommand } from './lab.ts';
import { collectSweep, type LabFlags, stepsQuestion } from './lab-flags.ts';
import type { LabOutcome, LabTask } from './lab-task.ts';
import { labModels } from './lab-variables.ts';
import { performLabTask } from './perform-lab-task.ts';
import type { QuestionTask } from './plan-question.ts';

const labPool = taskPool<LabTask | QuestionTask, LabOutcome>('performLabTask', performLabTask);

/** `upslope lab`, with its flags. */
export const command: CommandModule = {
  reads: 'landscapes',
  describe(command, io, done) {
    command
      .argument('[landscape]', 'name of a landscape; --list shows all', plainText)
      .option(
        '--ask <question>',
        `question: ${[stepsQuestion, ...labQuestions.map(({ id }) => id)].join(', ')} (default: ${stepsQuestion}); --list describes them`,
        plainText,
      )
      .addOption(new Option('--model <model>', 'model of selection, or gradient method (--ask steps)').choices(labModels))
      .option(
        '--sweep <name=a,b,c>',
        'values to try, for example sigma=0.1,0.03,h=0,0.5, in every combination; may be given several times',
        collectSweep,
      )
      .option('--replicates <n>', 'runs of every combination (default: 8)', wholeNumber(1, 100_000))
      .option(
        '--ticks <n>',
        'steps that are measured: generations, proposals, mutants or gradient steps (default: 500)',
        wholeNumber(1, 10_000_000),
      )
      .option('--burn-in <n>', 'unmeasured steps before these (default: a fifth of them)', wholeNumber(0, 10_000_000))
      .option('--dimensions <d>', 'number of loci (default: 20, or as the landscape requires)', wholeNumber(1, 1000))
      .option('--size <N>', 'number of organisms or learners (default: 100)', wholeNumber(1, 200_000))
      .option('--seed <seed>', 'any text; the same seed makes the same runs (default: a new one, which is recorded)', seedText)
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option(
        '--out <directory>',
        'directory for the table, provenance.json and the figure of a question; must be empty or missing (default: only print)',
        outDirectory,
      )
      .option('--list', 'only list the landscapes, the questions and what can be swept')
      .action(async (landscape: string | undefined, flags: LabFlags) => done(await labCommand(io, landscape, flags, labPool)));
  },
};
