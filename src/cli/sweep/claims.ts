import { join } from 'node:path';
import { type Files, writeAll } from '../files.ts';
import type { Io } from '../io.ts';
import { isGone } from './owner.ts';
import { linkNew, temporaryName } from './publish.ts';

/**
 * Who makes which run: a file a claim, with the owner in it. Its time says until when it holds, `lease` seconds after it was
 * last renewed; all times are those that the file system gives, so that clocks of machines need not agree. A claim keeps
 * work from being done twice and no more: where two believe that a run is theirs, both make it, equal to the bit, and
 * one result is published.
 */
export class Claims {
  private readonly io: Io;
  private readonly folder: string;
  private readonly owner: string;
  private readonly lease: number;
  private readonly held = new Set<string>();

  /** @param lease seconds */
  constructor(io: Io, folder: string, owner: string, lease: number) {
    this.io = io;
    this.folder = folder;
    this.owner = owner;
    this.lease = lease;
  }

  /** Takes a run unless somebody else has it. @returns whether it is ours. */
  take(id: string): boolean {
    const { files } = this.io;
    const own = join(this.folder, temporaryName(id, this.owner));
    const path = join(this.folder, id);
    try {
      const now = this.write(own, 'w');
      if (linkNew(files, own, path)) {
        this.held.add(id);
        return true;
      }
      const there = readClaim(files, path);
      // Given back in this moment: the next look takes it.
      if (there === undefined) return false;
      if (now - there.time <= 1000 * this.lease && !isGone(this.io, there.owner)) return false;
      files.renameSync(own, path);
      if (readClaim(files, path)?.owner !== this.owner) return false;
      this.held.add(id);
      return true;
    } finally {
      try {
        files.rmSync(own, { force: true });
      } catch {}
    }
  }

  /** Gives a run back; one that somebody else has taken over since stays theirs. Never throws. */
  release(id: string): void {
    this.held.delete(id);
    try {
      const path = join(this.folder, id);
      if (readClaim(this.io.files, path)?.owner === this.owner) this.io.files.rmSync(path, { force: true });
    } catch {}
  }

  /** Makes all that is held hold for another lease. Never throws: what is lost is only time. */
  renew(): void {
    for (const id of this.held) {
      try {
        const path = join(this.folder, id);
        if (readClaim(this.io.files, path)?.owner === this.owner) this.write(path, 'r+');
        else this.held.delete(id);
      } catch {}
    }
  }

  releaseAll(): void {
    for (const id of [...this.held]) this.release(id);
  }

  /** Writes the owner's name, and returns the time that the file system gave it, milliseconds. */
  private write(path: string, flag: 'w' | 'r+'): number {
    const { files } = this.io;
    const descriptor = files.openSync(path, flag);
    try {
      writeAll(files, descriptor, new TextEncoder().encode(this.owner));
      return files.fstatSync(descriptor).mtimeMs;
    } finally {
      files.closeSync(descriptor);
    }
  }
}

/** Owner of a claim and when it was last renewed, milliseconds of the file system; undefined where there is none. */
export function readClaim(files: Files, path: string): { owner: string; time: number } | undefined {
  let descriptor: number;
  try {
    descriptor = files.openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const bytes = new Uint8Array(200);
    const length = files.readSync(descriptor, bytes, 0, bytes.length, 0);
    return { owner: new TextDecoder().decode(bytes.subarray(0, length)), time: files.fstatSync(descriptor).mtimeMs };
  } finally {
    files.closeSync(descriptor);
  }
}
