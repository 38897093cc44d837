import { constants } from 'node:fs';
import process from 'node:process';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import type { Files } from './files.ts';

/** Operations that change what is on the disk; `openSync` is counted where it may create or shorten a file. */
const counted = [
  'fsync',
  'fsyncSync',
  'ftruncateSync',
  'linkSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'writeSync',
] as const satisfies readonly (keyof Files)[];

const sharedName = 'upslope.torture';

/**
 * File operations that call back before each one that changes the disk.
 * @param before receives the operation's name and arguments
 */
export function watchChanges(files: Files, before: (name: (typeof counted)[number], args: readonly unknown[]) => void): Files {
  const watch = (name: (typeof counted)[number]) => {
    const operation = files[name] as (...args: unknown[]) => unknown;
    return (...args: unknown[]) => {
      if (name !== 'openSync' || changesDisk(args[1])) before(name, args);
      return operation(...args);
    };
  };
  return { ...files, ...Object.fromEntries(counted.map((name) => [name, watch(name)])) };
}

/**
 * For tests only: file operations of a process that ends itself by SIGKILL when it comes to the n-th one that changes the disk,
 * before that one is done. All threads of the process count together; heartbeats are not counted.
 * @param environment `UPSLOPE_TORTURE_KILL_AT`: n, from 1; 0 kills at none, and the number of operations is printed on stderr at
 *   the end. `UPSLOPE_TORTURE_TORN=1`: where the n-th operation is a write, half of its bytes are written first.
 * @returns the operations as they are where the variable is not set
 */
export function torture(files: Files, environment: Readonly<Record<string, string | undefined>>): Files {
  const killAt = environment.UPSLOPE_TORTURE_KILL_AT;
  if (killAt === undefined || !/^\d+$/.test(killAt)) return files;
  const torn = environment.UPSLOPE_TORTURE_TORN === '1';
  const count = sharedCount();
  return watchChanges(files, (name, args) => {
    if (Atomics.add(count, 0, 1) + 1 !== Number(killAt)) return;
    const [descriptor, bytes, at, length] = args as [number, Uint8Array, number, number];
    if (torn && name === 'writeSync' && length > 1) files.writeSync(descriptor, bytes, at, length >> 1);
    process.kill(process.pid, 'SIGKILL');
  });
}

/** A counter that all threads of this process share. */
function sharedCount(): Int32Array {
  const there = getEnvironmentData(sharedName) as SharedArrayBuffer | undefined;
  const buffer = there ?? new SharedArrayBuffer(4);
  if (there === undefined) setEnvironmentData(sharedName, buffer);
  const count = new Int32Array(buffer);
  if (isMainThread) process.once('exit', () => process.stderr.write(`${count[0]} file operations\n`));
  return count;
}

function changesDisk(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & (constants.O_CREAT | constants.O_TRUNC)) !== 0;
  return typeof flags === 'string' && /[wax]/.test(flags);
}
