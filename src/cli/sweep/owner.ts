import { hostname } from 'node:os';
import type { Io } from '../io.ts';

const host = () =>
  hostname()
    .replace(/[^\w-]/g, '_')
    .slice(0, 60);

/** A name for this process that no other has, on whatever machine. */
export function ownerName(io: Io): string {
  const random = [...io.randomBytes(4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${io.processId}-${random}-${host()}`;
}

/** Whether a process is known to be gone: it was on this machine and is not alive. Of others nobody can tell. */
export function isGone(io: Io, owner: string): boolean {
  const [, id, name] = /^(\d+)-[0-9a-f]{8}-(.+)$/.exec(owner) ?? [];
  return id !== undefined && name === host() && Number(id) !== io.processId && !io.isAlive(Number(id));
}
