import fs from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from './user-error.ts';

/** The file operations that the command line uses. Tests put a failing disk in their place. */
export type Files = Pick<
  typeof fs,
  | 'closeSync'
  | 'existsSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'fstatSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'readSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'writeSync'
>;

export const nodeFiles: Files = fs;

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than allowed here',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'too many links',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
  ENXIO: 'the device is not there',
};

/** What the system says was wrong with a file, in a few words; undefined for any other error. */
export function fileReason(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (typeof code !== 'string') return undefined;
  return reasons[code] ?? (code.startsWith('E') && 'syscall' in (error as object) ? code : undefined);
}

/**
 * Runs a file operation and turns the system's error into a line for the person.
 * @param what for example `cannot write runs/a/summary.json`
 * @param advice what to do, without a full stop
 * @throws {UserError}
 */
export function orUserError<T>(what: string, advice: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    const reason = fileReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`${what}: ${reason}; ${advice}`);
  }
}

/** Makes a directory and those above it. Node's own recursive way never ends where a file system refuses (`/proc`). */
export function makeDirectory(files: Files, path: string): void {
  const missing: string[] = [];
  for (let place = resolve(path); !files.existsSync(place); place = dirname(place)) missing.push(place);
  for (const place of missing.reverse()) {
    try {
      files.mkdirSync(place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Most bytes that are handed to the system at once: systems refuse 2^31 and more. */
export const piece = 2 ** 30;

/** Writes all of the bytes, also where the system takes them piece by piece. */
export function writeAll(files: Files, descriptor: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += files.writeSync(descriptor, bytes, at, Math.min(piece, bytes.length - at));
}

/**
 * All bytes of a file, or of what has no size of its own, such as a pipe. Goes piece by piece and so past 2 GiB.
 * @param most bytes to read; of what is longer, at least one byte more comes back
 */
export function readAll(files: Files, path: string, most = Number.POSITIVE_INFINITY): Uint8Array {
  const descriptor = files.openSync(path, 'r');
  try {
    // One byte more than there should be, so that the end is found without asking for more room.
    let bytes = new Uint8Array(Math.max(65_536, Math.min(files.fstatSync(descriptor).size, most) + 1));
    let at = 0;
    while (at <= most) {
      if (at === bytes.length) {
        const larger = new Uint8Array(2 * at);
        larger.set(bytes);
        bytes = larger;
      }
      const got = files.readSync(descriptor, bytes, at, Math.min(piece, bytes.length - at), null);
      if (got === 0) break;
      at += got;
    }
    return bytes.subarray(0, at);
  } finally {
    files.closeSync(descriptor);
  }
}

/** Writes a file under a temporary name and gives it its own when it is safely on the disk. */
export function writeAtomically(files: Files, path: string, chunks: readonly Uint8Array[]): void {
  const temporary = `${path}.tmp`;
  try {
    const descriptor = files.openSync(temporary, 'w');
    try {
      for (const chunk of chunks) writeAll(files, descriptor, chunk);
      files.fsyncSync(descriptor);
    } finally {
      files.closeSync(descriptor);
    }
    files.renameSync(temporary, path);
  } catch (error) {
    // What is half written would only take space that may be short.
    try {
      files.rmSync(temporary, { force: true });
    } catch {}
    throw error;
  }
}
