import fs, { constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { torture } from './torture.ts';
import { UserError } from './user-error.ts';

/** All file operations that the command line uses. Tests replace them by a failing disk. */
export type Files = Pick<
  typeof fs,
  | 'closeSync'
  | 'existsSync'
  | 'fsync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'fstatSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'readSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'statSync'
  | 'utimesSync'
  | 'writeSync'
>;

/** The disk. If a test asks for it by the environment, the process kills itself at one of its operations. */
export const nodeFiles: Files = torture(fs, process.env);

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
  EEXIST: 'another process made it at the same time',
  ELOOP: 'it is a symbolic link, or there are too many',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
  EBUSY: 'another program has it open',
  ENXIO: 'the device is not there',
  ERR_INVALID_ARG_VALUE: 'its name holds a null byte',
};

/** What the system reports as wrong with a file, in a few words; undefined for any other error. */
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

/**
 * Makes a directory and those above it. Node's own recursive way never ends where a file system refuses (`/proc`).
 * @returns those that were missing, the outermost first
 */
export function makeDirectory(files: Files, path: string): string[] {
  const missing: string[] = [];
  for (let place = resolve(path); !files.existsSync(place); place = dirname(place)) {
    missing.push(place);
    // A missing drive or share of Windows is its own parent: making it shows what is wrong.
    if (dirname(place) === place) break;
  }
  for (const place of missing.reverse()) {
    try {
      files.mkdirSync(place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return missing;
}

/** Most bytes that are passed to the system at once: systems refuse 2^31 and more. */
export const piece = 2 ** 30;

/** Writes all of the bytes, also where the system takes them piece by piece. */
export function writeAll(files: Files, descriptor: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += files.writeSync(descriptor, bytes, at, Math.min(piece, bytes.length - at));
}

/**
 * All bytes of a file, or of a source without a size, such as a pipe. Reads piece by piece, and so beyond 2 GiB.
 * @param most bytes to read; of a longer source, at least one byte more is returned
 */
export function readAll(files: Files, path: string, most = Number.POSITIVE_INFINITY): Uint8Array {
  const descriptor = files.openSync(path, 'r');
  try {
    return readOpen(files, descriptor, most);
  } finally {
    files.closeSync(descriptor);
  }
}

/** The same for an open file. */
export function readOpen(files: Files, descriptor: number, most: number): Uint8Array {
  // One byte more than expected, so that the end is found without another allocation.
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
}

/**
 * Makes a new file and opens it for writing: the only way in which the command line creates files. A file of that name is
 * removed and never written to, so that neither a link nor another name of the same file leads elsewhere.
 */
export function createFile(files: Files, path: string): number {
  files.rmSync(path, { force: true });
  return files.openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o666);
}

/** Opens a file that this program wrote, to continue writing. A link of that name is refused. */
export function reopenFile(files: Files, path: string, append: boolean): number {
  return files.openSync(path, (append ? constants.O_WRONLY | constants.O_APPEND : constants.O_RDWR) | noFollow);
}

/** Systems without links lack this flag. */
const noFollow = constants.O_NOFOLLOW ?? 0;

/** Gives a file a second name. @returns false when that name is taken */
export function linkNew(files: Files, from: string, to: string): boolean {
  try {
    files.linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // A network file system may repeat a request whose answer got lost, and then refuse it: two names show that it succeeded.
    return files.lstatSync(from).nlink === 2;
  }
}

/** Removes a file that may be missing. Never throws: it also runs after a failure. */
export function removeQuietly(files: Files, path: string): void {
  try {
    files.rmSync(path, { force: true });
  } catch {}
}

/** Waits until the names in a folder are on the disk, where the system can report it. */
export function syncFolder(files: Files, path: string): void {
  let descriptor: number;
  try {
    descriptor = files.openSync(path, 'r');
  } catch {
    return;
  }
  try {
    files.fsyncSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EIO') throw error;
  } finally {
    files.closeSync(descriptor);
  }
}

/** Name of an incomplete file. */
export function partialPath(path: string): string {
  return `${path}.partial`;
}

/**
 * Writes a file under its partial name, and gives it its own name when it is safely on the disk.
 * @param check runs before anything is touched and before the file gets its name; an error that it throws ends the work
 */
export function writeAtomically(files: Files, path: string, chunks: readonly Uint8Array[], check: () => void = () => {}): void {
  const temporary = partialPath(path);
  check();
  try {
    const descriptor = createFile(files, temporary);
    try {
      for (const chunk of chunks) writeAll(files, descriptor, chunk);
      files.fsyncSync(descriptor);
    } finally {
      files.closeSync(descriptor);
    }
  } catch (error) {
    // Half-written files would only take space, which may be short.
    removeQuietly(files, temporary);
    throw error;
  }
  check();
  files.renameSync(temporary, path);
  syncFolder(files, dirname(path));
}
