import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { join } from 'node:path';
import { createFile, type Files, linkNew, readOpen, removeQuietly, writeAll } from '../files.ts';
import type { Journal } from './journal.ts';
import { type LockRecord, type Owner, readLockRecord, writeLockRecord } from './owner.ts';
import type { Processes } from './processes.ts';

/** A lock as it was seen. Owner and journal are undefined where the file is damaged or unfinished. */
export interface SeenLock extends Partial<LockRecord> {
  /** Differs between any two owners. */
  readonly token: string;
  /** Changes with every heartbeat: time of the last one, in milliseconds of the file system's clock. */
  readonly beat: number;
}

/** A lock that this process has taken. */
export class Lock {
  readonly path: string;
  private readonly files: Files;
  private readonly owner: Owner;

  constructor(files: Files, path: string, owner: Owner) {
    this.files = files;
    this.path = path;
    this.owner = owner;
  }

  /** Whether it is still ours: another process may have taken it over while this one was halted. */
  isOurs(): boolean {
    return readLock(this.files, this.path)?.token === this.owner.token;
  }

  /** Records the files that are about to get their names. */
  note(journal: Journal): void {
    const own = newPath(this.path, this.owner);
    try {
      writeRecord(this.files, createFile(this.files, own), { owner: this.owner, journal }, true);
      if (this.isOurs()) this.files.renameSync(own, this.path);
    } finally {
      removeQuietly(this.files, own);
    }
  }

  /** Shows others that this process lives. Never throws: only a heartbeat is lost. */
  beat(): void {
    try {
      if (this.isOurs()) beatOnce(this.files, this.path);
    } catch {}
  }

  /** Releases the lock; a lock that another process has taken over stays with it. Never throws. */
  release(): void {
    try {
      if (this.isOurs()) this.files.rmSync(this.path, { force: true });
    } catch {}
  }
}

/** A heartbeat: others watch whether the time of the file changes, and never compare it with a clock. */
export function beatOnce(files: Pick<Files, 'utimesSync'>, path: string): void {
  const now = new Date();
  files.utimesSync(path, now, now);
}

/**
 * Takes a free lock.
 * @returns the lock, or another owner's lock as it was seen; undefined where another owner released it in this moment
 */
export function tryLock(files: Files, path: string, owner: Owner): Lock | SeenLock | undefined {
  return createLock(files, path, owner) ? new Lock(files, path, owner) : readLock(files, path);
}

/**
 * Takes over the lock of a dead owner. Of several processes that try, one succeeds: the one that makes the file that names the
 * successor of that owner. From then on that file determines the owner, until it gets the lock's own name.
 * @param settle receives the journal of the previous owner, while its lock is still in place
 * @returns undefined where another process was first
 */
export function takeOver(
  files: Files,
  path: string,
  owner: Owner,
  gone: SeenLock,
  settle: (journal: Journal) => void = () => {},
): Lock | undefined {
  const successor = successorPath(path, gone.token);
  if (!createLock(files, successor, owner)) return undefined;
  if (readLock(files, path)?.token !== owner.token) {
    // The owner came back and has released the lock.
    removeQuietly(files, successor);
    return undefined;
  }
  const { journal } = readOne(files, path) ?? {};
  if (journal) settle(journal);
  files.renameSync(successor, path);
  return new Lock(files, path, owner);
}

/**
 * The owner of a lock; undefined where it is free.
 * @param successors how many unfinished takeovers are followed; 0: only the lock's own file
 */
export function readLock(files: Files, path: string, successors = 100): SeenLock | undefined {
  let seen = readOne(files, path);
  for (let left = successors; seen !== undefined && left > 0; left--) {
    const successor = readOne(files, successorPath(path, seen.token));
    if (successor === undefined) return seen;
    seen = successor;
  }
  return seen;
}

/**
 * Removes unfinished locks of dead owners. Never throws.
 * @param isOwn whether an owner is this process, which leaves nothing either
 */
export function tidyLocks(
  { files, processes }: { readonly files: Files; readonly processes: Processes },
  folder: string,
  isOwn: (token: string) => boolean = () => false,
): void {
  try {
    for (const name of files.readdirSync(folder)) {
      if (lockOf(name) === name) continue;
      const seen = readOne(files, join(folder, name));
      // Also one that was cut off: if its process lives after all, it tries again.
      const isLeft = seen && (seen.owner === undefined || processes.fate(seen.owner) === 'gone');
      if (isLeft || (seen && isOwn(seen.token))) removeQuietly(files, join(folder, name));
    }
  } catch {}
}

/** Path of the lock that a file belongs to: the lock itself, an unfinished one, or one that is being taken over. */
export function lockOf(path: string): string {
  return path.replace(/\.(new|after)\.[0-9a-f]{16}$/, '');
}

const successorPath = (path: string, token: string) => `${path}.after.${token}`;

/** Most bytes of a record that are read: the names of several hundred thousand files. */
const longest = 10_000_000;

function readOne(files: Files, path: string): SeenLock | undefined {
  let descriptor: number;
  try {
    // Links are not followed, and opening a pipe of that name would wait for its writer.
    descriptor = files.openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const text = new TextDecoder().decode(readOpen(files, descriptor, longest));
    const record = readLockRecord(text);
    const token = record?.owner.token ?? createHash('sha256').update(text).digest('hex').slice(0, 16);
    return { ...record, token, beat: files.fstatSync(descriptor).mtimeMs };
  } finally {
    files.closeSync(descriptor);
  }
}

const newPath = (path: string, { token }: Owner) => `${path}.new.${token}`;

/** Makes a lock, whole at once where the file system has links. @returns false where the name is taken */
function createLock(files: Files, path: string, owner: Owner): boolean {
  const own = newPath(path, owner);
  try {
    writeRecord(files, createFile(files, own), { owner });
    return linkNew(files, own, path);
  } catch (error) {
    if (wasTidied(error)) return false;
    if (!hasNoLinks(error)) throw error;
  } finally {
    removeQuietly(files, own);
  }
  try {
    writeRecord(files, files.openSync(path, 'wx'), { owner });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function writeRecord(files: Files, descriptor: number, record: LockRecord, sync = false): void {
  try {
    writeAll(files, descriptor, writeLockRecord(record));
    if (sync) files.fsyncSync(descriptor);
  } finally {
    files.closeSync(descriptor);
  }
}

/** Whether the owner of the lock took this unfinished one for a leftover. */
function wasTidied(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'link' && code === 'ENOENT';
}

/** Whether the file system refuses links as such: FAT and some network file systems do. */
function hasNoLinks(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'link' && ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(code ?? '');
}
