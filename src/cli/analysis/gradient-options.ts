import type { Command } from 'commander';
import { mostTicks, nameList, positiveNumber, wholeNumber } from '../flags.ts';

/** Options of commands that project on a gradient by forks: horizon, sizes of perturbations, and segments of the genome. */
export const gradientOptions = (command: Command): Command =>
  command
    .option(
      '--horizon <ticks>',
      'ticks after which copies of loci are counted in forks (default: 400)',
      wholeNumber(1, mostTicks),
    )
    .option('--size <s>', 'perturbation of a locus, in standard deviations of its mutation (default: 1)', positiveNumber)
    .option('--policy-size <s>', 'the same for weights of a policy (default: 2)', positiveNumber)
    .option('--segments <names>', 'segments of the genome, as assay names them (default: all)', nameList);
