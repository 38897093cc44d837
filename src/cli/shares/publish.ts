import { join } from 'node:path';
import { createFile, type Files, linkNew, removeQuietly, writeAll } from '../files.ts';

/** Name of an unfinished file: the file that it becomes, and its owner. */
export function temporaryName(name: string, owner: string): string {
  return `.${name}.${owner}.tmp`;
}

/** Owner of an unfinished file, as `ownerName` names it; undefined for any other file. */
export function temporaryOwner(name: string): string | undefined {
  return /^\..+\.([0-9a-f]{16}-[0-9a-f-]+)\.tmp$/.exec(name)?.[1];
}

/**
 * Writes a file whole under a temporary name, then gives it its own unless another process has: of several processes, on any
 * machines, exactly one publishes a name.
 * @returns whether this process did
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
    removeQuietly(files, temporary);
  }
}

/** The same, asynchronously: the thread can do other work while the disk is busy. */
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
    removeQuietly(files, temporary);
  }
}

/** Writes a file and leaves it open. */
function writeOpen(files: Files, path: string, chunks: readonly Uint8Array[]): number {
  const descriptor = createFile(files, path);
  try {
    for (const chunk of chunks) writeAll(files, descriptor, chunk);
  } catch (error) {
    files.closeSync(descriptor);
    throw error;
  }
  return descriptor;
}
