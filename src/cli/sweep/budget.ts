import { statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { type Calibration, calibrate } from '../../experiment/calibrate.ts';
import type { Sweep } from '../../experiment/expand-plan.ts';
import type { Io } from '../io.ts';
import { showTime } from '../progress.ts';
import { UserError } from '../user-error.ts';

const megabyte = 1_000_000;
/** Memory of a thread besides its world. Measured at 45 MB; the rest is for what runs leave until it is collected. */
const threadBytes = 100 * megabyte;
/** Default share of the machine's memory. */
const usualShare = 0.8;

/** Memory that the runs may take, bytes: the given amount, or most of what this process may have. */
function memoryBound(memory: number | undefined): number {
  if (memory !== undefined) return memory * megabyte;
  const constrained = (process as { constrainedMemory?: () => number }).constrainedMemory?.() ?? 0;
  // Without a limit the system answers with 0 or with more than the machine has.
  return usualShare * (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem());
}

/**
 * How many runs fit into the memory at the same time.
 * @param memory bound, MB
 * @throws {UserError} when it is too small for a single run
 */
export function fitJobs(jobs: number, { worldBytes }: Calibration, memory: number | undefined): number {
  const each = worldBytes + threadBytes;
  const bound = memoryBound(memory);
  const fit = Math.floor(bound / each);
  if (fit < 1) {
    const advice =
      memory === undefined ? 'lower the capacity of the populations' : `give --memory ${Math.ceil(each / megabyte)} or more`;
    throw new UserError(`a run takes about ${showBytes(each)} of memory, but only ${showBytes(bound)} are allowed; ${advice}`);
  }
  return Math.min(jobs, fit);
}

/** Tries short runs; errors are left to the runs themselves. */
export function tryOut(io: Io, sweep: Sweep): Calibration | undefined {
  try {
    return calibrate(sweep, () => io.now());
  } catch {
    return undefined;
  }
}

/** `64 runs, about 3 min on 2 threads, about 12 MB`. */
export function describeCost(runs: number, jobs: number, { secondsPerRun, bytesPerRun }: Calibration): string {
  const time = showTime(Math.ceil((runs * secondsPerRun) / jobs));
  return `${runs} ${runs === 1 ? 'run' : 'runs'}, about ${time} on ${jobs} ${jobs === 1 ? 'thread' : 'threads'}, about ${showBytes(runs * bytesPerRun)}`;
}

/** Warns beforehand when the disk will not hold the results: a line for the person, or undefined. */
export function warnOfDisk(io: Io, path: string, bytes: number): string | undefined {
  let place = resolve(path);
  // A missing drive or share of Windows is its own parent.
  while (!io.files.existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    const { bavail, bsize } = statfsSync(place);
    if (bavail * bsize >= bytes) return undefined;
    return `the disk has ${showBytes(bavail * bsize)} left, too little for all runs; free space or use another disk`;
  } catch {
    return undefined;
  }
}

/** `800 kB`, `12 MB`, `3.4 GB`. */
export function showBytes(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
  ] as const) {
    if (bytes >= size) return `${bytes >= 10 * size ? Math.round(bytes / size) : (bytes / size).toFixed(1)} ${unit}`;
  }
  return `${Math.ceil(bytes / 1000)} kB`;
}
