import { type Journal, parseJournal } from './journal.ts';
import type { Fate, Processes, ProcessIdentity } from './processes.ts';

/** The owner of a folder, a claim or an unfinished file: a process, and a random part that no other owner has. */
export interface Owner extends ProcessIdentity {
  readonly token: string;
}

/**
 * A new owner for this process. Each command makes its own.
 * @param randomBytes true randomness
 */
export function newOwner(io: { readonly processes: Processes; randomBytes(count: number): Uint8Array }): Owner {
  const token = [...io.randomBytes(8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { token, ...io.processes.self };
}

/** The content of a lock: its owner, and the files that this owner is naming. */
export interface LockRecord {
  readonly owner: Owner;
  readonly journal?: Journal;
}

/** The bytes of a lock or claim. */
export function writeLockRecord({ owner, journal }: LockRecord): Uint8Array {
  const { token, host, process, started, space, boot } = owner;
  return new TextEncoder().encode(`${JSON.stringify({ token, host, process, started, space, boot, journal })}\n`);
}

/** Reads what `writeLockRecord` wrote; undefined for any other bytes. */
export function readLockRecord(text: string): LockRecord | undefined {
  try {
    const { token, host, boot, space, process, started, journal } = JSON.parse(text) as Record<string, unknown>;
    const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
    if (typeof token !== 'string' || !isToken(token) || typeof host !== 'string' || !isText(boot)) return undefined;
    if (!isText(space) || !isText(started) || !Number.isSafeInteger(process) || (process as number) < 1) return undefined;
    return { owner: { token, host, process: process as number, started, space, boot }, journal: parseJournal(journal) };
  } catch {
    return undefined;
  }
}

const isToken = (text: string) => /^[0-9a-f]{16}$/.test(text);

/** A name for an owner that may be part of a file's name, and from which `fateOfName` reads what happened to the owner. */
export function ownerName({ token, process, started, space, boot }: Owner): string {
  return [token, process, started ?? '', space ?? '', (boot ?? '').replaceAll('-', '')].join('-');
}

const namePattern = /^[0-9a-f]{16}-(\d+)-(\d*)-(\d*)-([0-9a-f]*)$/;

/** What happened to the owner of such a name. */
export function fateOfName(processes: Processes, name: string): Fate {
  const [, process, started, space, boot] = namePattern.exec(name) ?? [];
  if (process === undefined) return 'unknown';
  // The name has the digits of the machine's start alone.
  const here = processes.self.boot;
  const same = here !== undefined && here.replaceAll('-', '') === boot;
  return processes.fate({
    host: '',
    process: Number(process),
    started: started || undefined,
    space: space || undefined,
    boot: same ? here : undefined,
  });
}
