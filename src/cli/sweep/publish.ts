import { join } from 'node:path';
import { type Files, writeAll } from '../files.ts';

/** Name of a file in the making: of which file, and by whom. */
export function temporaryName(name: string, owner: string): string {
  return `.${name}.${owner}.tmp`;
}

/** Owner of a file in the making; undefined for any other file. */
export function temporaryOwner(name: string): string | undefined {
  return /^\..+\.(\d+-[0-9a-f]{8}-[\w-]+)\.tmp$/.exec(name)?.[1];
}

/**
 * Writes a file whole under a temporary name, then gives it its own unless somebody else has: of several processes, on
 * whatever machines, exactly one publishes a name.
 * @returns whether it was this one.
 */
export function publish(files: Files, folder: string, name: string, owner: string, chunks: readonly Uint8Array[]): boolean {
  const temporary = join(folder, temporaryName(name, owner));
  try {
    const descriptor = writeOpen(files, temporary, chunks);
    try {
      files.fsyncSync(descriptor);
    } finally {
      files.closeSync(descriptor);
    }
    return linkNew(files, temporary, join(folder, name));
  } finally {
    remove(files, temporary);
  }
}

/** The same, and while the disk takes its time the thread may do something else. */
export async function publishMeanwhile(
  files: Files,
  folder: string,
  name: string,
  owner: string,
  chunks: readonly Uint8Array[],
): Promise<boolean> {
  const temporary = join(folder, temporaryName(name, owner));
  try {
    const descriptor = writeOpen(files, temporary, chunks);
    try {
      await new Promise<void>((resolve, reject) => files.fsync(descriptor, (error) => (error ? reject(error) : resolve())));
    } finally {
      files.closeSync(descriptor);
    }
    return linkNew(files, temporary, join(folder, name));
  } finally {
    remove(files, temporary);
  }
}

/** Writes a file and leaves it open. */
function writeOpen(files: Files, path: string, chunks: readonly Uint8Array[]): number {
  const descriptor = files.openSync(path, 'w');
  try {
    for (const chunk of chunks) writeAll(files, descriptor, chunk);
  } catch (error) {
    files.closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

/** Never throws: it runs after a failure. */
function remove(files: Files, path: string): void {
  try {
    files.rmSync(path, { force: true });
  } catch {}
}

/** Gives a file a second name. @returns false when that name is taken. */
export function linkNew(files: Files, from: string, to: string): boolean {
  try {
    files.linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // A network file system may repeat a request whose answer got lost, and then refuse it: two names tell that it was granted.
    const descriptor = files.openSync(from, 'r');
    try {
      return files.fstatSync(descriptor).nlink === 2;
    } finally {
      files.closeSync(descriptor);
    }
  }
}
