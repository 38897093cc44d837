import { type Command, InvalidArgumentError } from 'commander';
import { showText } from '../../parameter/show.ts';
import { wholeNumber } from '../flags.ts';
import { UserError } from '../user-error.ts';
import { defaultLease } from './share-work.ts';

/** `i/n` as it was typed: the i-th of n shares, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Flags for an array job of Slurm; undefined where not given. */
export interface SlurmFlags {
  readonly slurm?: boolean;
  readonly dryRun?: boolean;
  readonly tasks?: number;
  readonly partition?: string;
  readonly time?: string;
  readonly mem?: string;
  readonly account?: string;
  readonly qos?: string;
}

/** Flags of commands whose work several processes can share; undefined where not given. */
export interface ShareFlags extends SlurmFlags {
  readonly shard?: Shard;
  readonly lease?: number;
}

/** Whether the item of a number, from 0, is of a share; everything is where no share is given. */
export const isInShard = (index: number, shard: Shard | undefined): boolean =>
  shard === undefined || index % shard.count === shard.index - 1;

/**
 * Describes the flags of `ShareFlags`.
 * @param words what is shared, and for a script without submitting it
 */
export function shareOptions(command: Command, { items, dryRun }: { readonly items: string; readonly dryRun: string }): Command {
  return command
    .option('--shard <i/n>', `make only the i-th of n shares of the ${items}`, shardChoice)
    .option(
      '--lease <seconds>',
      `take over ${items} whose process was silent for this time (default: ${defaultLease})`,
      wholeNumber(2, 86_400),
    )
    .option('--dry-run', dryRun)
    .option('--slurm', 'write an array job for Slurm and submit it; --jobs is the number of cores of a task')
    .option('--tasks <n>', 'tasks of the array job (default: about a quarter of an hour each)', wholeNumber(1, 100_000))
    .option('--partition <name>', 'partition of the cluster', schedulerWord)
    .option('--time <limit>', 'time limit of a task, in Slurm’s form: 2:00:00', schedulerWord)
    .option('--mem <size>', 'memory of a task, in Slurm’s form: 4G', schedulerWord)
    .option('--account <name>', 'account to charge', schedulerWord)
    .option('--qos <name>', 'quality of service', schedulerWord);
}

/** @throws {UserError} for a flag of the array job without --slurm */
export function checkSlurmFlags(flags: SlurmFlags): void {
  const ofSlurm = (['tasks', 'partition', 'time', 'mem', 'account', 'qos'] as const).find((flag) => flags[flag] !== undefined);
  if (ofSlurm && !flags.slurm) throw new UserError(`--${ofSlurm} is for the cluster; also give --slurm`);
}

/** `i/n` with 1 <= i <= n. */
export function shardChoice(text: string): Shard {
  const [, index, count] = /^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index >= 1 && shard.index <= shard.count)) {
    throw new InvalidArgumentError(`give i/n, the i-th of n shares, for example 1/8, not '${showText(text)}'.`);
  }
  return shard;
}

/** A word for a scheduler's script, without characters that a shell would interpret. */
function schedulerWord(text: string): string {
  if (!/^[\w.:,@+-]{1,100}$/.test(text)) {
    throw new InvalidArgumentError(`give only letters, digits and . : , @ + -, not '${showText(text)}'.`);
  }
  return text;
}
