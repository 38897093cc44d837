import { planEvery } from '../../experiment/plan.ts';
import type { CommandModule } from '../command.ts';
import { mostTicks, outDirectory, plainText, wholeNumber } from '../flags.ts';
import { collectScheduled, collectSetting } from '../setting-flags.ts';
import { shareOptions } from '../shares/share-flags.ts';
import { sweepCommand } from './sweep.ts';
import { collectVariation, type SweepFlags, seedsChoice, tableNames } from './sweep-flags.ts';
import { threadPool } from './thread-pool.ts';

/** `upslope sweep`, with its flags. */
export const command: CommandModule = {
  reads: 'worlds',
  describe(command, io, done) {
    const described = command
      .argument('[plan]', 'a plan file, or the folder of a sweep to continue', plainText)
      .option('--out <directory>', 'directory for the results; a sweep of the same plan there is continued', outDirectory)
      .option('--scene <scene>', 'instead of a plan file: name of a scene, or a file', plainText)
      .option(
        '--vary <path=a,b,c>',
        'values of a parameter to try, or tick:path=a,b,c from a tick on; may be given several times to try every combination',
        collectVariation,
      )
      .option('--seeds <seeds>', 'a range such as 1..50, or seeds separated by commas', seedsChoice)
      .option('--set <path=value>', 'change a parameter in all runs; may be given several times', collectSetting)
      .option(
        '--at <tick:path=value>',
        'change a live parameter at a tick in all runs; may be given several times',
        collectScheduled,
      )
      .option('--ticks <n>', 'ticks of every run (default: as in the scene)', wholeNumber(1, mostTicks))
      .option('--every <k>', `ticks between samples (default: ${planEvery})`, wholeNumber(1, mostTicks))
      .option('--keep <tables>', 'tables to keep of every run besides summary and probes, separated by commas', tableNames)
      .option('--name <name>', 'short name of the sweep', plainText)
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option(
        '--memory <MB>',
        'memory that the runs may take (default: 80 % of the available memory)',
        wholeNumber(1, 1_000_000_000),
      )
      .option('--retry', 'make failed runs again')
      .option('--status', 'only report the state of the runs')
      .option('--collect', 'only join the finished runs into tables and figures');
    shareOptions(described, {
      items: 'runs',
      dryRun: 'check the plan and print its cost; with --slurm: write the script without submitting it',
    }).action(async (plan: string | undefined, flags: SweepFlags) => done(await sweepCommand(io, plan, flags, threadPool)));
  },
};
