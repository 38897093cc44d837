import type { Command } from 'commander';
import { planEvery } from '../../runs/plan.ts';
import { collectScheduled, collectSetting, mostTicks, outDirectory, plainText, wholeNumber } from '../flags.ts';
import type { Io } from '../io.ts';
import { seedsChoice } from '../sweep/sweep-flags.ts';
import { threadPool } from '../sweep/thread-pool.ts';
import { type CompareFlags, compareCommand } from './compare.ts';

/** Describes the flags of `upslope compare`. */
export function describeCompare(command: Command, io: Io, done: (status: number) => void): void {
  command
    .argument('<scene>', 'name of a scene, or a file', plainText)
    .option('--without <mechanism>', 'compare the scene with the same without a mechanism that is on in it', plainText)
    .option('--with <mechanism>', 'compare the scene with a mechanism that is off in it with the same as it is', plainText)
    .option('--population <name>', 'switch it in this population alone (default: wherever it can be)', plainText)
    .option(
      '--from <tick>',
      'tick at which worlds begin to differ; up to then both are one (default: 0)',
      wholeNumber(0, mostTicks),
    )
    .option('--seeds <seeds>', 'a range such as 1..50, or seeds with commas between them (default: 1..10)', seedsChoice)
    .option('--ticks <n>', 'ticks of every run (default: what the scene says)', wholeNumber(1, mostTicks))
    .option('--every <k>', `ticks between samples (default: ${planEvery})`, wholeNumber(1, mostTicks))
    .option('--set <path=value>', 'change a parameter in all runs; may be given several times', collectSetting)
    .option(
      '--at <tick:path=value>',
      'change a live parameter at a tick in all runs; may be given several times',
      collectScheduled,
    )
    .option('--probe <ids>', 'whose measures are printed, with commas between them (default: all)', plainText)
    .option('--out <directory>', 'where results, tables and figures go (default: comparisons/SCENE-MECHANISM)', outDirectory)
    .option('--jobs <n>', 'threads at the same time (default: as many as there are cores)', wholeNumber(1, 1024))
    .action(async (scene: string, flags: CompareFlags) => done(await compareCommand(io, scene, flags, threadPool)));
}
