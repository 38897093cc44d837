import { join } from 'node:path';
import { removeQuietly } from '../files.ts';
import type { Io } from '../io.ts';
import { lockOf, tidyLocks } from '../ownership/lock.ts';
import { fateOfName, type Owner, ownerName } from '../ownership/owner.ts';
import { temporaryOwner } from './publish.ts';

/** Folders that several processes write in. */
export interface SharedFolders {
  /** Folders of published files. */
  readonly results: readonly string[];
  readonly claims: string;
  /** Whether what a claim is about has been made. */
  isDone(id: string): boolean;
}

/** Removes leftovers of dead processes and of this one, and claims on what has been made. Never throws. */
export function tidyShared(io: Io, owner: Owner, { results, claims, isDone }: SharedFolders): void {
  const own = ownerName(owner);
  for (const folder of [...results, claims]) {
    for (const name of namesIn(io, folder)) {
      const by = temporaryOwner(name);
      const isLeft = by !== undefined && (by === own || fateOfName(io.processes, by) === 'gone');
      const isUseless = folder === claims && isDone(lockOf(name));
      if (isLeft || isUseless) removeQuietly(io.files, join(folder, name));
    }
  }
  tidyLocks(io, claims, (token) => token === owner.token);
}

function namesIn({ files }: Io, folder: string): string[] {
  try {
    return files.readdirSync(folder);
  } catch {
    return [];
  }
}
