import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Io } from '../io.ts';
import { extensionFlags } from '../load-extension.ts';
import { oneLine } from '../one-line.ts';
import { quote } from '../quote.ts';
import { writeResults } from '../result-files.ts';
import { UserError } from '../user-error.ts';
import { commandLineFile } from './command-line-file.ts';
import type { SweepFlags } from './sweep-flags.ts';
import { type SweepFolder, sweepAdvice } from './sweep-folder.ts';

/** Default seconds of a task: starting one costs seconds, losing one costs its work. */
const taskSeconds = 900;
/** Default limit of clusters for the tasks of one array (MaxArraySize 1001). */
const mostTasks = 1000;

/** The number of tasks for some runs. */
export function countTasks(runs: number, seconds: number, threads: number, asked: number | undefined): number {
  const wanted = asked ?? Math.min(mostTasks, Math.ceil(seconds / threads / taskSeconds));
  return Math.max(1, Math.min(runs, wanted));
}

/**
 * As many tasks as requested, or fewer where that makes the largest share smaller. A share is every n-th of all runs. The runs
 * that a lost task left are again the work of a single one where the same number of tasks, or a fraction of it, takes part.
 * @param left indices of the runs that are left
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

/** The script of an array job. Without Slurm it runs the share with the given number: `bash array.sh 3`. */
export function arrayScript(
  folder: string,
  name: string,
  tasks: number,
  threads: number,
  flags: SweepFlags & { readonly extensions?: readonly string[] },
): string {
  const path = resolve(folder);
  const given: readonly (readonly [string, string | undefined])[] = [
    ['partition', flags.partition],
    ['time', flags.time],
    ['mem', flags.mem],
    ['account', flags.account],
    ['qos', flags.qos],
  ];
  const options = given.flatMap(([option, value]) => (value === undefined ? [] : [`#SBATCH --${option}=${value}`]));
  const extensions = extensionFlags({ extensionFiles: flags.extensions ?? [] });
  const lease = flags.lease === undefined ? '' : ` --lease ${flags.lease}`;
  return [
    '#!/bin/bash',
    `#SBATCH --job-name=upslope-${name}`,
    `#SBATCH --array=1-${tasks}`,
    `#SBATCH --cpus-per-task=${threads}`,
    // A task that is put back into the queue continues where it was, because finished runs are kept.
    '#SBATCH --requeue',
    '#SBATCH --open-mode=append',
    // Time to release unfinished runs before the time limit ends the task.
    '#SBATCH --signal=B:TERM@30',
    `#SBATCH --output="${join(path, 'slurm').replaceAll('%', '%%')}/%A-%a.log"`,
    ...options,
    '',
    '# Any scheduler will do: give the number of the share as an argument, or by the variable that it sets.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of the shell
    'share="${1:-${SLURM_ARRAY_TASK_ID:-${PBS_ARRAY_INDEX:-${SGE_TASK_ID:-${LSB_JOBINDEX:-}}}}}"',
    `if [ -z "$share" ]; then echo "give the number of a share, 1 to ${tasks}" >&2; exit 2; fi`,
    `exec ${quote(process.execPath)} ${quote(commandLineFile)} sweep ${quote(path)} --shard "$share/${tasks}" \\`,
    `  --jobs "\${SLURM_CPUS_PER_TASK:-${threads}}"${lease}${extensions} \${SLURM_MEM_PER_NODE:+--memory "$SLURM_MEM_PER_NODE"}`,
    '',
  ].join('\n');
}

/** Writes the script into the folder of the sweep and returns its path. */
export async function writeScript(io: Io, folder: SweepFolder, text: string): Promise<string> {
  const place = join(folder.path, 'slurm');
  await writeResults(io, place, { 'array.sh': text }, sweepAdvice);
  return join(place, 'array.sh');
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
