import { planEvery } from '../../experiment/plan.ts';
import type { CommandModule } from '../command.ts';
import { mostTicks, outDirectory, plainText, wholeNumber } from '../flags.ts';
import { collectScheduled, collectSetting } from '../setting-flags.ts';
import { seedsChoice } from '../sweep/sweep-flags.ts';
import { threadPool } from '../sweep/thread-pool.ts';
import { type CompareFlags, compareCommand } from './compare.ts';

/** `upslope compare`, with its flags. */
export const command: CommandModule = {
  reads: 'worlds',
  describe(command, io, done) {
    command
      .argument('<scene>', 'name of a scene, or a file', plainText)
      .option('--without <mechanism>', 'compare the scene with the same scene without a mechanism that is on in it', plainText)
      .option('--with <mechanism>', 'compare the scene with a mechanism that is off in it and the scene as it is', plainText)
      .option('--population <name>', 'switch it in this population only (default: wherever possible)', plainText)
      .option(
        '--from <tick>',
        'tick from which worlds differ; until then they are identical (default: 0)',
        wholeNumber(0, mostTicks),
      )
      .option('--seeds <seeds>', 'a range such as 1..50, or seeds separated by commas (default: 1..10)', seedsChoice)
      .option('--ticks <n>', 'ticks of every run (default: as in the scene)', wholeNumber(1, mostTicks))
      .option('--every <k>', `ticks between samples (default: ${planEvery})`, wholeNumber(1, mostTicks))
      .option('--set <path=value>', 'change a parameter in all runs; may be given several times', collectSetting)
      .option(
        '--at <tick:path=value>',
        'change a live parameter at a tick in all runs; may be given several times',
        collectScheduled,
      )
      .option('--probe <ids>', 'probes whose measures are printed, separated by commas (default: all)', plainText)
      .option(
        '--out <directory>',
        'directory for results, tables and figures (default: comparisons/SCENE-MECHANISM)',
        outDirectory,
      )
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .action(async (scene: string, flags: CompareFlags) => done(await compareCommand(io, scene, flags, threadPool)));
  },
};
