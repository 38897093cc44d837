import { basename, dirname, join, relative, sep } from 'node:path';
import { isExportFile, isSubtreeTable, isTskitFile, subtreeFilesOf, validateFiles } from '../export/validate/validate-files.ts';
import { showText } from '../parameter/show.ts';
import { extensionNames } from '../scene/extension-names.ts';
import { fileProblem, withoutManifest } from './check-files.ts';
import type { CommandModule } from './command.ts';
import { DiskFile } from './disk-file.ts';
import { type Files, orUserError, readAll } from './files.ts';
import { plainText } from './flags.ts';
import { type GatheredFiles, gatheredFiles } from './gathered-files.ts';
import type { Io } from './io.ts';
import { snapshotsFolder } from './kept-snapshots.ts';
import { checkExtensions } from './load-extension.ts';
import { readManifest } from './manifest.ts';
import { oneLine } from './one-line.ts';
import { inspectDirectory, provenanceName } from './run-directory.ts';
import { UserError } from './user-error.ts';
import { type CheckedFolder, checkFolder, describeFolder, isCheckable } from './validate-folder.ts';

/** Exit status by the kind of problem: files that are not valid, and folders that are not intact. */
const [notValid, notWhole] = [1, 2];

/**
 * `upslope validate`. Reports for each folder whether it is intact, by its manifest, and for each file whether it is valid, by
 * the rules of its format. Returns the exit status: 2 where a file is missing or altered, otherwise 1 where one is not valid.
 */
export async function validate(io: Io, paths: readonly string[]): Promise<number> {
  let status = 0;
  const found: string[] = [];
  const runs = new Map<string, string | undefined>();
  const gathered = await gatheredFiles(io);
  for (const path of new Set(paths)) {
    if (isDirectory(io, path)) {
      checkMadeWith(io, path);
      const folder = openFolder(io, path);
      const names = filesAt(io, gathered, path, folder !== undefined);
      if (folder === undefined) io.err(`note: ${withoutManifest(path)}\n`);
      else {
        for (const line of describeFolder(path, folder)) io.out(`${oneLine(line)}\n`);
        if (folder.problems.length > 0) status = notWhole;
        runs.set(join(path), folder.manifest.run);
      }
      found.push(...names.filter((at) => !folder || isCheckable(folder, relative(path, at).replaceAll(sep, '/'))));
      continue;
    }
    const problem = listedProblem(io.files, path);
    if (problem === undefined) found.push(...filesAt(io, gathered, path, false));
    else {
      io.out(`${oneLine(problem)}\n`);
      status = notWhole;
    }
  }
  const opened = new Map<string, DiskFile>();
  try {
    for (const path of new Set(found)) {
      const what = `cannot read ${showText(path, 200)}`;
      opened.set(
        path,
        orUserError(what, 'give files that can be read', () => new DiskFile(io.files, path)),
      );
    }
    for await (const { file, format, holds, problem, notes } of validateFiles(
      opened,
      gathered.byPlace,
      (path) => runs.get(dirname(path)),
      io.catalogue,
    )) {
      if (problem !== undefined) status = Math.max(status, notValid);
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

/** @throws {UserError} for a run or a sweep that was made with other extensions than the command was given: its tables have other columns */
function checkMadeWith(io: Io, directory: string): void {
  const path = join(directory, provenanceName);
  if (!io.files.existsSync(path)) return;
  let made: unknown;
  try {
    const provenance = JSON.parse(new TextDecoder().decode(readAll(io.files, path)));
    made = provenance.extensions ?? provenance.plan?.extensions;
  } catch {
    // What is wrong with it, the check of its format says.
    return;
  }
  const read = extensionNames.safeParse(made);
  if (read.success) checkExtensions(io, directory, read.data);
}

/** @throws {UserError} for the folder of an unfinished run */
function openFolder(io: Io, path: string): CheckedFolder | undefined {
  if (inspectDirectory(io.files, path, 'give a directory that can be read') === 'unfinished run') {
    const shown = showText(path, 200);
    throw new UserError(`${shown} holds an unfinished run; finish it first: upslope run --resume --out ${shown}`);
  }
  return checkFolder(io.files, path);
}

/** What is wrong with a file by the manifest beside it. */
function listedProblem(files: Files, path: string): string | undefined {
  const listed = readManifest(files, dirname(path))?.files.get(basename(path));
  return listed && fileProblem(files, dirname(path), listed);
}

function isDirectory(io: Io, path: string): boolean {
  return orUserError(`cannot read ${showText(path, 200)}`, 'give a file or a directory', () =>
    io.files.statSync(path).isDirectory(),
  );
}

/**
 * The files of a path: the file, all tables of tskit for one of them, or the files of a directory and of its `tskit`; of a
 * collected sweep also those of its runs.
 * @param mayBeNone for a directory that is checked as a whole
 */
function filesAt(io: Io, { byPlace, isGathered }: GatheredFiles, path: string, mayBeNone: boolean): string[] {
  const { files } = io;
  const isOurs = (at: string) => isExportFile(at) || byPlace(at) !== undefined;
  const shown = showText(path, 200);
  const names = orUserError(`cannot read ${shown}`, 'give a file or a directory', () => listed(files, path));
  if (names === undefined) {
    if (!isOurs(path)) {
      throw new UserError(`${shown} does not have the name of a file that upslope writes; give such a file, or its directory`);
    }
    if (isSubtreeTable(path)) return [path, ...subtreeFilesOf(path).filter((at) => files.existsSync(at))];
    if (!isTskitFile(path)) return [path];
    return (listed(files, dirname(path)) ?? []).filter(isTskitFile).map((name) => join(dirname(path), name));
  }
  const found = names.map((name) => join(path, name)).filter(isOurs);
  if (names.includes('runs') && isGathered(path)) {
    for (const run of listed(files, join(path, 'runs')) ?? []) {
      const tables = listed(files, join(path, 'runs', run)) ?? [];
      found.push(...tables.filter(isExportFile).map((name) => join(path, 'runs', run, name)));
    }
  }
  if (names.includes(snapshotsFolder)) {
    const kept = (listed(files, join(path, snapshotsFolder)) ?? []).map((name) => join(path, snapshotsFolder, name));
    found.push(...kept.filter(isOurs));
  }
  if (names.includes('tskit'))
    found.push(...(listed(files, join(path, 'tskit')) ?? []).filter(isTskitFile).map((name) => join(path, 'tskit', name)));
  if (found.length === 0 && !mayBeNone)
    throw new UserError(`${shown} does not hold a file that upslope writes; give the directory of a run or an export`);
  return found.sort();
}

/** Names in a directory; undefined for a path that is not one. */
function listed(files: Files, path: string): string[] | undefined {
  try {
    return files.readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** `upslope validate`, with its flags. */
export const command: CommandModule = {
  reads: 'worlds',
  describe: (command, io, done) =>
    command
      .argument('<file...>', 'files, or directories of runs and exports', (path, before?: readonly string[]) => [
        ...(before ?? []),
        plainText(path),
      ])
      .action(async (paths: readonly string[]) => done(await validate(io, paths))),
};
