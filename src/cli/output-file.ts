import { join } from 'node:path';
import { createFile, orUserError, partialPath, piece, removeQuietly, reopenFile, writeAll } from './files.ts';
import type { OwnedFolder } from './ownership/owned-folder.ts';
import { UserError } from './user-error.ts';

/** Milliseconds for which a folder of ours is assumed to remain ours: others wait for a minute before they take over. */
const trustInterval = 1000;

/** An unfinished file in a folder of ours: it gets its own name only when it is complete. */
export class OutputFile {
  readonly name: string;
  /** Bytes written so far. */
  length = 0;
  private readonly folder: OwnedFolder;
  private readonly path: string;
  private readonly descriptor: number;
  private open = true;
  private checkedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param name within the folder
   * @param keep continue after this many bytes of the existing file; undefined: begin a new file
   */
  constructor(folder: OwnedFolder, name: string, keep?: number) {
    this.folder = folder;
    this.name = name;
    this.path = join(folder.path, name);
    folder.check();
    folder.makeFolderOf(name);
    if (keep === undefined) {
      this.descriptor = this.attempt('make', () => createFile(folder.io.files, partialPath(this.path)));
    } else {
      this.descriptor = this.goOn(keep);
      this.length = keep;
    }
  }

  write(bytes: Uint8Array): void {
    // The wall clock, which continues while a machine sleeps.
    const now = Date.now();
    if (Math.abs(now - this.checkedAt) > trustInterval) this.folder.check();
    this.checkedAt = now;
    this.attempt('write', () => writeAll(this.folder.io.files, this.descriptor, bytes));
    this.length += bytes.length;
  }

  /** Waits until what was written is on the disk. */
  sync(): void {
    this.attempt('write', () => this.folder.io.files.fsyncSync(this.descriptor));
  }

  /** Closes the complete file, once it is on the disk. */
  finish(): void {
    this.sync();
    this.close();
  }

  /** Gives the finished file its name. */
  rename(): void {
    this.folder.check();
    this.attempt('rename', () => this.folder.io.files.renameSync(partialPath(this.path), this.path));
  }

  close(): void {
    if (this.open) this.folder.io.files.closeSync(this.descriptor);
    this.open = false;
  }

  /** Removes an incomplete file, if it is still ours. Never throws: it runs after a failure. */
  discard(): void {
    try {
      this.close();
    } catch {}
    if (!this.folder.keepsPartials) removeQuietly(this.folder.io.files, partialPath(this.path));
  }

  private goOn(keep: number): number {
    const { files } = this.folder.io;
    const partial = partialPath(this.path);
    // A run that is killed while it finishes leaves files that already have their names.
    if (!files.existsSync(partial) && files.existsSync(this.path)) {
      this.attempt('rename', () => files.renameSync(this.path, partial));
    }
    const descriptor = this.attempt('open', () => reopenFile(files, partial, false));
    try {
      if (files.fstatSync(descriptor).size < keep) {
        throw new UserError(`${partial} is shorter than its checkpoint states; start the run again in another directory`);
      }
      // A halted process may come back and write: then into the old file.
      if (this.folder.fromSilent) this.attempt('write', () => this.copy(descriptor, keep));
      else this.attempt('shorten', () => files.ftruncateSync(descriptor, keep));
    } finally {
      files.closeSync(descriptor);
    }
    return this.attempt('open', () => reopenFile(files, partial, true));
  }

  /** Replaces the file by a copy of its first bytes. */
  private copy(from: number, length: number): void {
    const { files } = this.folder.io;
    const partial = partialPath(this.path);
    const to = createFile(files, copyPath(partial));
    try {
      const buffer = new Uint8Array(Math.min(length, piece, 2 ** 24));
      for (let at = 0; at < length; ) {
        const got = files.readSync(from, buffer, 0, Math.min(buffer.length, length - at), at);
        if (got === 0) throw new UserError(`${partial} became shorter while it was read; give the same command again`);
        writeAll(files, to, buffer.subarray(0, got));
        at += got;
      }
      files.fsyncSync(to);
    } finally {
      files.closeSync(to);
    }
    files.renameSync(copyPath(partial), partial);
  }

  private attempt<T>(verb: string, operation: () => T): T {
    return orUserError(`cannot ${verb} ${partialPath(this.path)}`, this.folder.advice, operation);
  }
}

/** Name of a copy that is to replace an unfinished file. */
export const copyPath = (path: string): string => `${path}.copy`;

export const resumeAdvice = 'correct this and give the same command with --resume to continue from the last checkpoint';
