import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { commandLineFile } from '../command-line-file.ts';
import type { Io } from '../io.ts';
import { extensionFlags } from '../load-extension.ts';
import { oneLine } from '../one-line.ts';
import { quote } from '../quote.ts';
import { writeResults } from '../result-files.ts';
import { UserError } from '../user-error.ts';
import type { SlurmFlags } from './share-flags.ts';

/** Default seconds of a task: starting one costs seconds, losing one costs its work. */
const taskSeconds = 900;
/** Default limit of clusters for the tasks of one array (MaxArraySize 1001). */
const mostTasks = 1000;

/** The number of tasks for some items. @param seconds that all of them take on one core */
export function countTasks(items: number, seconds: number, threads: number, asked: number | undefined): number {
  const wanted = asked ?? Math.min(mostTasks, Math.ceil(seconds / threads / taskSeconds));
  return Math.max(1, Math.min(items, wanted));
}

/**
 * As many tasks as requested, or fewer where that makes the largest share smaller. A share is every n-th of all items. The items
 * that a lost task left are again the work of a single one where the same number of tasks, or a fraction of it, takes part.
 * @param left indices of the items that are left
 */
export function evenTasks(left: readonly number[], wanted: number): number {
  const fewest = Math.max(1, Math.floor(0.75 * wanted));
  let best = { tasks: wanted, largest: Number.POSITIVE_INFINITY };
  for (let tasks = wanted; tasks >= fewest && best.largest > Math.ceil(left.length / tasks); tasks--) {
    const shares = new Uint32Array(tasks);
    for (const index of left) shares[index % tasks]++;
    const largest = shares.reduce((most, runs) => Math.max(most, runs), 0);
    if (largest < best.largest) best = { tasks, largest };
  }
  return best.tasks;
}

/** An array job whose tasks are the shares of a command. */
export interface ArrayJob {
  /** The folder that its processes share, absolute. */
  readonly place: string;
  readonly name: string;
  /** Number of shares. */
  readonly tasks: number;
  /** Cores of a task. */
  readonly threads: number;
  /** The command and its flags, which each task gets with a --shard of its own. */
  readonly words: readonly string[];
  /** Whether the command takes the memory of a task as --memory. */
  readonly takesMemory?: boolean;
}

/** The script of an array job. Without Slurm it runs the share with the given number: `bash array.sh 3`. */
export function arrayScript(
  { place, name, tasks, threads, words, takesMemory }: ArrayJob,
  flags: SlurmFlags,
  io: Pick<Io, 'extensionFiles'>,
): string {
  const given = (['partition', 'time', 'mem', 'account', 'qos'] as const).flatMap((option) => {
    const value = flags[option];
    return value === undefined ? [] : [`#SBATCH --${option}=${value}`];
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of the shell
  const memory = takesMemory ? ' ${SLURM_MEM_PER_NODE:+--memory "$SLURM_MEM_PER_NODE"}' : '';
  return [
    '#!/bin/bash',
    `#SBATCH --job-name=upslope-${name}`,
    `#SBATCH --array=1-${tasks}`,
    `#SBATCH --cpus-per-task=${threads}`,
    // A task that is put back into the queue continues where it was, because what is finished is kept.
    '#SBATCH --requeue',
    '#SBATCH --open-mode=append',
    // Time to release unfinished work before the time limit ends the task.
    '#SBATCH --signal=B:TERM@30',
    `#SBATCH --output="${join(place, 'slurm').replaceAll('%', '%%')}/%A-%a.log"`,
    ...given,
    '',
    '# Any scheduler will do: give the number of the share as an argument, or by the variable that it sets.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of the shell
    'share="${1:-${SLURM_ARRAY_TASK_ID:-${PBS_ARRAY_INDEX:-${SGE_TASK_ID:-${LSB_JOBINDEX:-}}}}}"',
    `if [ -z "$share" ]; then echo "give the number of a share, 1 to ${tasks}" >&2; exit 2; fi`,
    `exec ${[process.execPath, commandLineFile(), ...words].map(quote).join(' ')} --shard "$share/${tasks}" \\`,
    `  --jobs "\${SLURM_CPUS_PER_TASK:-${threads}}"${extensionFlags(io)}${memory}`,
    '',
  ].join('\n');
}

/** Writes the script into the folder that the processes share. @returns its path */
export async function writeScript(io: Io, place: string, text: string, advice: string): Promise<string> {
  const folder = join(place, 'slurm');
  await writeResults(io, folder, { 'array.sh': text }, advice);
  return join(folder, 'array.sh');
}

/**
 * Submits the script to Slurm.
 * @returns the number of the job
 * @throws {UserError} when Slurm is missing or refuses
 */
export function submit(path: string): string {
  const { error, status, stdout, stderr } = spawnSync('sbatch', ['--parsable', path], { encoding: 'utf8' });
  if (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'sbatch is not on this machine' : error.message;
    throw new UserError(`cannot submit ${path}: ${reason}; submit it where Slurm is, or run its shares by another scheduler`);
  }
  if (status !== 0) throw new UserError(`Slurm refuses ${path}: ${oneLine(stderr || stdout)}; change the flags accordingly`);
  return stdout.trim().split(';')[0];
}
