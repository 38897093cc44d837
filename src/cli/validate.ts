import { dirname, join } from 'node:path';
import { isExportFile, isSubtreeTable, isTskitFile, subtreeFilesOf, validateFiles } from '../export/validate/validate-files.ts';
import { showText } from '../scene/show.ts';
import { DiskFile } from './disk-file.ts';
import { type Files, orUserError } from './files.ts';
import { gatheredFiles, isGathered } from './gathered-files.ts';
import type { Io } from './io.ts';
import { oneLine } from './one-line.ts';
import { UserError } from './user-error.ts';

/** `upslope validate`. Tells of each file whether it is valid, and returns the exit status: 1 when one is not. */
export async function validate(io: Io, paths: readonly string[]): Promise<number> {
  const found = [...new Set(paths.flatMap((path) => filesAt(io, path)))];
  let status = 0;
  const opened = new Map<string, DiskFile>();
  try {
    for (const path of found) {
      const what = `cannot read ${showText(path, 200)}`;
      opened.set(
        path,
        orUserError(what, 'give files that can be read', () => new DiskFile(io.files, path)),
      );
    }
    const byPlace = gatheredFiles(io);
    for await (const { file, format, holds, problem, notes } of validateFiles(opened, byPlace)) {
      if (problem !== undefined) status = 1;
      // A problem begins with the file, and the line or row in it.
      const told =
        problem === undefined ? `${showText(file, 200)}: valid ${format}, ${holds}` : `${oneLine(problem)} (not valid ${format})`;
      io.out(`${told}\n`);
      for (const note of notes) io.err(`note: ${note}\n`);
    }
    return status;
  } finally {
    for (const file of opened.values()) file.close();
  }
}

/**
 * Files that a path means: itself, all tables of tskit for one of them, or what is in a directory and in its `tskit`; of a
 * collected sweep those of its runs too.
 */
function filesAt(io: Io, path: string): string[] {
  const { files } = io;
  const isOurs = (at: string) => isExportFile(at) || gatheredFiles(io)(at) !== undefined;
  const shown = showText(path, 200);
  const names = orUserError(`cannot read ${shown}`, 'give a file or a directory', () => listed(files, path));
  if (names === undefined) {
    if (!isOurs(path)) {
      throw new UserError(`${shown} has the name of no file that upslope writes; give such a file, or its directory`);
    }
    if (isSubtreeTable(path)) return [path, ...subtreeFilesOf(path).filter((at) => files.existsSync(at))];
    if (!isTskitFile(path)) return [path];
    return (listed(files, dirname(path)) ?? []).filter(isTskitFile).map((name) => join(dirname(path), name));
  }
  const found = names.map((name) => join(path, name)).filter(isOurs);
  if (names.includes('runs') && isGathered(io, path)) {
    for (const run of listed(files, join(path, 'runs')) ?? []) {
      const tables = listed(files, join(path, 'runs', run)) ?? [];
      found.push(...tables.filter(isExportFile).map((name) => join(path, 'runs', run, name)));
    }
  }
  if (names.includes('tskit'))
    found.push(...(listed(files, join(path, 'tskit')) ?? []).filter(isTskitFile).map((name) => join(path, 'tskit', name)));
  if (found.length === 0)
    throw new UserError(`${shown} holds no file that upslope writes; give the directory of a run or an export`);
  return found.sort();
}

/** Names in a directory; undefined for what is none. */
function listed(files: Files, path: string): string[] | undefined {
  try {
    return files.readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
