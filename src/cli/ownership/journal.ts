import { dirname, join } from 'node:path';
import { type Files, partialPath, syncFolder } from '../files.ts';

/**
 * Files that get their names together. The journal is part of the owner's lock, so that releasing the lock makes all of it
 * final in one step. A process that ends before leaves its lock, and the next owner finishes or undoes the work.
 */
export interface Journal {
  /** Names within the folder; each file is whole under its partial name before the journal is written. */
  readonly files: readonly string[];
  /** `undo` where the folder was empty before: the files are made again. `finish` where they replace others. */
  readonly after: 'undo' | 'finish';
}

/** Reads a journal from a lock's record; undefined for any other value, and for names that lead out of the folder. */
export function parseJournal(value: unknown): Journal | undefined {
  const { files, after } = (value ?? {}) as Partial<Journal>;
  if (!Array.isArray(files) || (after !== 'undo' && after !== 'finish')) return undefined;
  const isName = (name: unknown) =>
    typeof name === 'string' && name.split('/').every((part) => !['', '.', '..'].includes(part)) && !name.includes('\0');
  return files.every(isName) ? { files, after } : undefined;
}

/** Finishes or undoes what a dead owner has begun. May be cut off at any point and done again. */
export function settleJournal(files: Files, folder: string, { files: names, after }: Journal): void {
  const places = new Set<string>();
  for (const name of names) {
    const path = join(folder, name);
    // Files behind a link are not ours.
    if (!isRealFolder(files, dirname(path))) continue;
    places.add(dirname(path));
    if (after === 'undo') {
      files.rmSync(path, { force: true });
      files.rmSync(partialPath(path), { force: true });
    } else if (isThere(files, partialPath(path))) {
      files.renameSync(partialPath(path), path);
    }
  }
  for (const place of places) {
    if (after === 'finish') syncFolder(files, place);
    else if (place !== folder) removeEmpty(files, place);
  }
}

const isRealFolder = (files: Files, path: string) => isThere(files, path) && files.lstatSync(path).isDirectory();

function isThere(files: Files, path: string): boolean {
  try {
    files.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function removeEmpty(files: Files, path: string): void {
  try {
    files.rmdirSync(path);
  } catch {}
}
