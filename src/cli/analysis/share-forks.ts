import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { performAssayFork } from '../../analysis/assay/perform-assay-fork.ts';
import { showText } from '../../parameter/show.ts';
import type { Io } from '../io.ts';
import { extensionFlags } from '../load-extension.ts';
import { showTime } from '../progress.ts';
import { quote } from '../quote.ts';
import type { Setting } from '../setting-flags.ts';
import { checkSlurmFlags, type Shard, type ShareFlags, shareOptions } from '../shares/share-flags.ts';
import { arrayScript, countTasks, submit, writeScript } from '../shares/slurm.ts';
import { UserError } from '../user-error.ts';
import { forksAdvice } from './fork-store.ts';
import type { GivenWorld } from './open-assayed-world.ts';
import type { AssayTask } from './perform-assay-task.ts';

/** Flags of commands whose forks several processes can share; undefined where not given. */
export interface ForkFlags extends ShareFlags {
  readonly seed?: string;
  readonly jobs?: number;
  readonly out?: string;
}

/** Describes `ShareFlags` for a command that makes forks. */
export const forkOptions = (command: Command): Command =>
  shareOptions(command, {
    items: 'forks',
    dryRun: 'print the cost of the forks; with --slurm: write the script without submitting it',
  });

/**
 * Refuses flags that contradict each other. Shares of a scene need its seed, since each of them makes the world again.
 * @throws {UserError}
 */
export function checkShares(flags: ForkFlags, { kind }: Pick<GivenWorld, 'kind'>): void {
  checkSlurmFlags(flags);
  if (flags.shard && flags.slurm) throw new UserError('--shard and --slurm exclude each other; give one of them');
  const shares = flags.shard ? 'shard' : flags.slurm ? 'slurm' : undefined;
  if (shares === undefined) return;
  if (flags.out === undefined) throw new UserError(`--${shares} needs --out; give the directory that all shares write into`);
  if (shares === 'shard' && kind === 'scene' && flags.seed === undefined)
    throw new UserError('--shard of a scene needs --seed; give the same seed to every share');
}

/** What is said after a share. */
export function describeShare({ index, count }: Shard, forks: number, of: number): string {
  return `share ${index} of ${count}: all of its ${forks} forks are there, of ${of}; when all shares are, the same command without --shard gathers them\n`;
}

/** Forks of a command before they are made. */
export interface PlannedForks {
  readonly command: string;
  /** The world as it was given. */
  readonly given: string;
  readonly seed: string;
  /** One of them, for a trial. */
  readonly task: AssayTask;
  readonly count: number;
}

/** Ticks of a trial. */
const trialTicks = 50;

/** About how many seconds a fork takes on one core. Forks of later, larger populations take longer. */
function secondsOfFork(io: Io, { snapshot, fork }: AssayTask): number {
  const ticks = Math.min(trialTicks, fork.ticks);
  const before = io.now();
  performAssayFork(new Uint8Array(new Uint8Array(snapshot)).buffer, { ...fork, ticks }, io.catalogue);
  return ((io.now() - before) / 1000) * (fork.ticks / ticks);
}

/** `--dry-run` and `--slurm`: prints what the forks cost, or writes an array job for them and submits it. Returns the exit status. */
export async function handOverForks(io: Io, planned: PlannedForks, flags: ForkFlags): Promise<number> {
  const { command, given, seed, count } = planned;
  const seconds = count * secondsOfFork(io, planned.task);
  const cost = (threads: number) =>
    `${command}: ${count} forks, about ${showTime(Math.ceil(seconds / threads))} on ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  if (!flags.slurm) {
    io.out(`${cost(Math.min(count, flags.jobs ?? availableParallelism()))}\n`);
    return 0;
  }
  const threads = flags.jobs ?? 1;
  const tasks = countTasks(count, seconds, threads, flags.tasks);
  const out = flags.out as string;
  const place = resolve(out);
  // A built-in scene has a name and no path.
  const world = io.files.existsSync(given) ? resolve(given) : given;
  const words = [command, world, '--seed', seed, ...wordsOf(flags)];
  const lease = flags.lease === undefined ? [] : ['--lease', String(flags.lease)];
  const script = arrayScript({ place, name: command, tasks, threads, words: [...words, '--out', place, ...lease] }, flags, io);
  const path = await writeScript(io, out, script, forksAdvice);
  io.err(`${cost(Math.min(count, tasks * threads))}, ${tasks} ${tasks === 1 ? 'task' : 'tasks'}\n`);
  const gather = `upslope ${[...words, '--out', out].map(quote).join(' ')}${extensionFlags(io)}`;
  if (flags.dryRun) io.out(`${path}\n`);
  else io.out(`submitted job ${submit(path)}; when its tasks have ended, gather with: ${gather}\n`);
  return 0;
}

/** Flags that a script says otherwise, or that are for this process alone. */
const ownFlags = new Set('seed jobs out extension shard lease slurm dryRun tasks partition time mem account qos'.split(' '));

/** Flags as they would be typed. */
function wordsOf(flags: object): readonly string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined || ownFlags.has(name)) return [];
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (name === 'set') {
      return (value as readonly Setting[]).flatMap((one) => [flag, `${showText(one.path, 500)}=${JSON.stringify(one.value)}`]);
    }
    return [flag, Array.isArray(value) ? value.join(',') : String(value)];
  });
}
