// A folder that one process at a time writes into: it is locked while the process lives.

import { dirname, join } from 'node:path';
import { showText } from '../../parameter/show.ts';
import { type Files, makeDirectory, orUserError, partialPath, syncFolder } from '../files.ts';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';
import { type Journal, settleJournal } from './journal.ts';
import { Lock, lockOf, readLock, type SeenLock, takeOver, tidyLocks, tryLock } from './lock.ts';
import { newOwner, type Owner } from './owner.ts';
import { Silence } from './silence.ts';

const lockName = 'upslope.lock';
export const chooseAnother = 'choose another directory with --out';

/** Whether a file in a folder is part of its ownership, not content. */
export const isOwnershipFile = (name: string): boolean => lockOf(name) === lockName;

/** Milliseconds without a heartbeat after which an owner that cannot be checked counts as dead; it beats every two seconds. */
const silenceBound = 60_000;
/** Milliseconds of silence after which the reason for waiting is shown. */
const patience = 5000;
/** Milliseconds between two looks at its lock. */
const lookInterval = 500;

/** A folder that only this command writes into, until it releases it. */
export class OwnedFolder {
  readonly io: Io;
  readonly path: string;
  /** What to do where something cannot be written, without a full stop. */
  readonly advice: string;
  /**
   * Whether the previous owner is only known to have been silent: a halted process may come back, and still write into files
   * that it had open.
   */
  readonly fromSilent: boolean;
  private readonly lock: Lock;
  private readonly made: string[];
  private readonly endHeartbeat: () => void;
  private journal: Journal | undefined;
  private lost = false;

  private constructor(io: Io, path: string, advice: string, taken: Taken, owner: Owner, made: string[]) {
    this.io = io;
    this.path = path;
    this.advice = advice;
    this.lock = taken.lock;
    this.fromSilent = taken.fromSilent;
    this.made = made;
    this.endHeartbeat = io.startHeartbeat(taken.lock.path, owner.token);
  }

  /**
   * Makes a folder where it is missing and takes it; files that a previous owner left half named are finished or undone. Where
   * that owner is on another machine or in another container, this watches for up to a minute whether it lives.
   * @param advice what to do where it cannot be taken, without a full stop
   * @param writing what to do where something cannot be written later
   * @param wait milliseconds to wait for another process that writes into it
   * @throws {UserError} where another process writes into it, or this one cannot
   */
  static async take(io: Io, path: string, advice = chooseAnother, writing = advice, wait = 0): Promise<OwnedFolder> {
    const owner = newOwner(io);
    const shown = showText(path, 200);
    const made = orUserError(`cannot make ${shown}`, advice, () => makeDirectory(io.files, path));
    const taken = await takeLock(io, path, owner, advice, wait);
    tidyLocks(io, path);
    return new OwnedFolder(io, path, writing, taken, owner, made);
  }

  /**
   * Makes sure that the folder is still ours. Called before each step that another owner would notice.
   * @throws {UserError} where another process has taken it over
   */
  check(): void {
    if (!this.lost && this.lock.isOurs()) return;
    this.lost = true;
    const by = readLock(this.io.files, this.lock.path);
    const shown = showText(this.path, 200);
    throw new UserError(
      `${describe(by)} took over ${shown} while this one was halted; nothing more was written there, and the other process continues`,
    );
  }

  /** Whether unfinished files must not be removed: another process continues with them, or some already have their names. */
  get keepsPartials(): boolean {
    return this.lost || this.journal !== undefined;
  }

  /**
   * Makes the folder of a file. A link is refused, because its target is not ours.
   * @param name of the file, with its folders within this one
   */
  makeFolderOf(name: string): void {
    const { files } = this.io;
    const parts = name.split('/').slice(0, -1);
    for (const [k] of parts.entries()) {
      const place = join(this.path, ...parts.slice(0, k + 1));
      orUserError(`cannot make ${showText(place, 200)}`, this.advice, () => {
        this.made.push(...makeDirectory(files, place));
        if (!files.lstatSync(place).isDirectory()) {
          throw new UserError(`${showText(place, 200)} is a link; remove it, or ${chooseAnother}`);
        }
      });
    }
  }

  /**
   * Gives files their names, all of them or none. They are final when the folder is released: where the process is killed
   * before, the next owner finishes or undoes the work.
   * @param names within the folder; each file is whole and on the disk under its partial name
   */
  publish(names: readonly string[], after: Journal['after']): void {
    const { files } = this.io;
    orUserError(`cannot write in ${showText(this.path, 200)}`, this.advice, () => {
      this.check();
      this.journal = { files: names, after };
      this.lock.note(this.journal);
      for (const name of names) {
        this.check();
        files.renameSync(partialPath(join(this.path, name)), join(this.path, name));
      }
      for (const place of new Set(names.map((name) => dirname(join(this.path, name))))) syncFolder(files, place);
      this.journal = undefined;
    });
  }

  /** Releases the folder, which makes published files final; a folder that was made in vain is removed. Never throws. */
  release(): void {
    this.endHeartbeat();
    const { files } = this.io;
    try {
      if (this.lost || !this.lock.isOurs()) return;
      if (this.journal) settleJournal(files, this.path, this.journal);
      this.lock.release();
      for (const place of this.made.toReversed()) {
        if (files.readdirSync(place).length > 0) return;
        files.rmdirSync(place);
      }
    } catch {
      // What could not be settled is left to the next owner.
    }
  }
}

interface Taken {
  readonly lock: Lock;
  readonly fromSilent: boolean;
}

async function takeLock(io: Io, folder: string, owner: Owner, advice: string, wait: number): Promise<Taken> {
  const { files } = io;
  const path = join(folder, lockName);
  const shown = showText(folder, 200);
  const attempt = <T>(operation: () => T) => orUserError(`cannot write in ${shown}`, advice, operation);
  const silence = new Silence(() => io.now());
  const until = io.now() + wait;
  for (let hasTold = false; ; ) {
    const found = attempt(() => tryLock(files, path, owner));
    if (found instanceof Lock) return { lock: found, fromSilent: false };
    if (found === undefined) continue;
    const fate = found.owner === undefined ? 'unknown' : io.processes.fate(found.owner);
    const look = silence.look(path, found);
    // A damaged lock that changes may have been unfinished.
    if (fate === 'alive' || (look === 'beats' && found.owner !== undefined)) {
      if (io.now() < until) {
        await io.sleep(lookInterval);
        continue;
      }
      const then = advice === chooseAnother ? `, or ${chooseAnother}` : ' and give the same command again';
      throw new UserError(`${describe(found)} is writing in ${shown}; wait for it to end${then}`);
    }
    if (fate === 'gone' || (look !== 'beats' && look >= silenceBound)) {
      const lock = attempt(() => takeOver(files, path, owner, found, (journal) => settleJournal(files, folder, journal)));
      if (lock) return { lock, fromSilent: fate !== 'gone' };
      continue;
    }
    if (!hasTold && look !== 'beats' && look >= patience) {
      io.err(`${describe(found)} may be writing in ${shown}; watching for a minute whether it lives\n`);
      hasTold = true;
    }
    await io.sleep(lookInterval);
  }
}

/** `process 12 on lab-3`. */
function describe(seen: SeenLock | undefined): string {
  return seen?.owner ? `process ${seen.owner.process} on ${showText(seen.owner.host, 100)}` : 'another process';
}

/** Names in a folder that the next owner would undo before it begins, because a process was killed while it gave them. */
export function namesToUndo(files: Files, folder: string): readonly string[] {
  const { journal } = readLock(files, join(folder, lockName), 0) ?? {};
  return journal?.after === 'undo' ? journal.files : [];
}

/** Removes the lock of a dead process from a folder in which nothing is left to do. Never throws. */
export function removeLeftLock({ files, processes, randomBytes }: Io, folder: string): void {
  const path = join(folder, lockName);
  try {
    const seen = readLock(files, path);
    if (seen?.owner === undefined || processes.fate(seen.owner) !== 'gone') return;
    takeOver(files, path, newOwner({ processes, randomBytes }), seen, (journal) =>
      settleJournal(files, folder, journal),
    )?.release();
  } catch {}
}
