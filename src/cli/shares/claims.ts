import { join } from 'node:path';
import type { Io } from '../io.ts';
import { Lock, type SeenLock, takeOver, tryLock } from '../ownership/lock.ts';
import type { Owner } from '../ownership/owner.ts';
import { Silence } from '../ownership/silence.ts';

/**
 * Which process makes which run: a lock for each run. A claim only avoids double work: where two processes believe that a run
 * is theirs, both make it, equal bit for bit, and one result is published.
 */
export class Claims {
  private readonly io: Io;
  private readonly folder: string;
  private readonly owner: Owner;
  private readonly lease: number;
  private readonly held = new Map<string, Lock>();
  private readonly silence: Silence;

  /** @param lease seconds without a heartbeat after which a claim is taken over, unless its process is known to be dead */
  constructor(io: Io, folder: string, owner: Owner, lease: number) {
    this.io = io;
    this.folder = folder;
    this.owner = owner;
    this.lease = lease;
    this.silence = new Silence(() => io.now());
  }

  /** Takes a run unless another process has it. @returns whether it is ours */
  take(id: string): boolean {
    const { files } = this.io;
    const path = join(this.folder, id);
    const found = tryLock(files, path, this.owner);
    // Released in this moment: the next look takes it.
    if (found === undefined) return false;
    const lock = found instanceof Lock ? found : this.isStale(path, found) && takeOver(files, path, this.owner, found);
    if (!lock) return false;
    this.silence.forget(path);
    this.held.set(id, lock);
    return true;
  }

  /** Releases a run; one that another process has taken over stays with it. Never throws. */
  release(id: string): void {
    this.held.get(id)?.release();
    this.held.delete(id);
  }

  /** Lets all claims beat. Never throws: only time is lost. */
  renew(): void {
    for (const lock of this.held.values()) lock.beat();
  }

  releaseAll(): void {
    for (const id of [...this.held.keys()]) this.release(id);
  }

  /** A process that exists but is silent counts as halted: making its run once more does no harm. */
  private isStale(path: string, found: SeenLock): boolean {
    const silent = this.silence.look(path, found);
    if (found.owner && this.io.processes.fate(found.owner) === 'gone') return true;
    return silent !== 'beats' && silent > 1000 * this.lease;
  }
}
