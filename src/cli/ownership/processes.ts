import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';

/** A process as others can recognise it. Fields that the system does not report are undefined. */
export interface ProcessIdentity {
  /** Name of the machine, for messages: several may have the same one. */
  readonly host: string;
  /** Changes at every start of a machine, and no two machines share it. */
  readonly boot?: string;
  /** Within it, process ids mean the same: containers of a machine have one each. */
  readonly space?: string;
  readonly process: number;
  /** When the process began, in ticks since the machine started: ids are used again, but not with the same start. */
  readonly started?: string;
}

/**
 * `unknown` where this process cannot check: on another machine, in another container, or where the system does not report it.
 */
export type Fate = 'alive' | 'gone' | 'unknown';

/** What this process knows of itself and of others. */
export interface Processes {
  readonly self: ProcessIdentity;
  fate(other: ProcessIdentity): Fate;
}

/** What the system reports of processes. Only Linux reports enough to recognise others. */
export function systemProcesses(): Processes {
  const { pid } = process;
  // Where /proc is that of another container, its ids are not those that signals go to.
  const isOwn = orUndefined(() => readlinkSync('/proc/self')) === String(pid);
  const self: ProcessIdentity = {
    host: hostname(),
    boot: orUndefined(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    space: isOwn ? orUndefined(() => readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')) : undefined,
    process: pid,
    started: isOwn ? readStat(pid)?.started : undefined,
  };
  return {
    self,
    fate(other) {
      const isNear =
        self.boot !== undefined && other.boot === self.boot && self.space !== undefined && other.space === self.space;
      if (!isNear) return 'unknown';
      if (!takesSignals(other.process)) return 'gone';
      const now = readStat(other.process);
      // Processes of other people may be hidden.
      if (now === undefined) return 'alive';
      // A process that ended stays listed until its parent has asked how.
      return now.state === 'Z' || now.state === 'X' || (other.started !== undefined && other.started !== now.started)
        ? 'gone'
        : 'alive';
    },
  };
}

function takesSignals(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * State of a process, and when it began: the fields 3 and 22 of proc_pid_stat(5). The second field, a name, may contain any
 * character.
 */
function readStat(id: number): { state: string; started: string } | undefined {
  const text = orUndefined(() => readFileSync(`/proc/${id}/stat`, 'latin1'));
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0], started: fields[19] };
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
