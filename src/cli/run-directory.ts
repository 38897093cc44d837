import { join } from 'node:path';
import { tableFiles } from '../export/index.ts';
import { showText } from '../scene/show.ts';
import { type Files, fileReason, makeDirectory, orUserError, writeAll, writeAtomically } from './files.ts';
import type { Io } from './io.ts';
import { manifestName, writeManifest } from './manifest.ts';
import { OutputFile, partialPath, resumeAdvice } from './output-file.ts';
import { UserError } from './user-error.ts';

const checkpointName = 'checkpoint.upslope';
const lockName = 'upslope.lock';
/** Written after the tables: where it is and no checkpoint is, the run is finished. */
export const provenanceName = 'provenance.json';

const leftovers = new Set([lockName, `${checkpointName}.tmp`, ...tableFiles({ csv: true }).map(partialPath)]);

/** What is in a directory that a run is to go into. */
export type DirectoryContents = 'nothing' | 'unfinished run' | 'finished run' | 'other files';

const chooseAnother = 'choose another directory with --out';

/**
 * Looks into a directory without touching it. A directory that does not exist holds nothing.
 * @param advice what to do where it cannot be looked into; unless told, what helps with a directory to write into
 * @throws {UserError} when it cannot be looked into
 */
export function inspectDirectory(files: Files, path: string, advice = chooseAnother): DirectoryContents {
  const names = orUserError(`cannot use ${showText(path, 200)}`, advice, () => {
    try {
      return files.readdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  });
  if (names.includes(checkpointName)) return 'unfinished run';
  if (names.includes(provenanceName)) return 'finished run';
  // A run that was killed before its first checkpoint leaves nothing worth keeping.
  return names.every((name) => leftovers.has(name)) ? 'nothing' : 'other files';
}

/**
 * Makes sure that nothing is in a directory that a new run could harm.
 * @throws {UserError} when something is.
 */
export function checkEmpty(files: Files, path: string): void {
  const contents = inspectDirectory(files, path);
  if (contents === 'nothing') return;
  const shown = showText(path, 200);
  if (contents === 'unfinished run') {
    throw new UserError(`${shown} holds an unfinished run; go on with it by --resume, or ${chooseAnother}`);
  }
  const what = contents === 'finished run' ? 'holds a finished run' : 'is not empty';
  throw new UserError(`${shown} ${what}; ${chooseAnother}`);
}

/** A directory into which one run writes, and no other at the same time. */
export class RunDirectory {
  readonly path: string;
  readonly checkpointPath: string;
  private readonly io: Io;
  private readonly opened: OutputFile[] = [];

  /** Makes the directory where it is missing, and locks it. */
  constructor(io: Io, path: string) {
    this.io = io;
    this.path = path;
    this.checkpointPath = join(path, checkpointName);
    orUserError(`cannot make ${path}`, chooseAnother, () => makeDirectory(io.files, path));
    this.lock();
  }

  /** Opens a file of the run: anew, or to go on after `keep` bytes. */
  open(name: string, keep?: number): OutputFile {
    const file = new OutputFile(this.io.files, name, join(this.path, name), keep);
    this.opened.push(file);
    return file;
  }

  /** Lengths of the open files, once all of it is on the disk. */
  lengths(): Record<string, number> {
    for (const file of this.opened) file.sync();
    return Object.fromEntries(this.opened.map(({ name, length }) => [name, length]));
  }

  /**
   * Gives every file its name, writes the documents, then the manifest of all of them, and takes the checkpoint away.
   * @param run name of the run
   */
  complete(documents: Readonly<Record<string, unknown>>, run: string): void {
    for (const file of this.opened) file.complete();
    for (const [name, document] of Object.entries(documents)) {
      const path = join(this.path, name);
      const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
      orUserError(`cannot write ${path}`, resumeAdvice, () => writeAtomically(this.io.files, path, [bytes]));
    }
    const path = join(this.path, manifestName);
    const names = [...this.opened.map(({ name }) => name), ...Object.keys(documents)];
    orUserError(`cannot write ${path}`, resumeAdvice, () => writeManifest(this.io.files, this.path, { kind: 'run', run }, names));
    this.io.files.rmSync(this.checkpointPath, { force: true });
  }

  /** Closes what is open and unlocks. Never throws: it also runs after a failure. */
  release(): void {
    for (const file of this.opened) {
      try {
        file.close();
      } catch {}
    }
    try {
      this.io.files.rmSync(join(this.path, lockName), { force: true });
    } catch {}
  }

  private lock(): void {
    const { files, processId } = this.io;
    const path = join(this.path, lockName);
    const take = (flag: 'wx' | 'w') => {
      const descriptor = files.openSync(path, flag);
      try {
        writeAll(files, descriptor, new TextEncoder().encode(`${processId}\n`));
      } finally {
        files.closeSync(descriptor);
      }
    };
    try {
      take('wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new UserError(`cannot write in ${this.path}: ${fileReason(error) ?? error}; ${chooseAnother}`);
      }
      const owner = Number.parseInt(
        orUserError(`cannot read ${path}`, 'remove it', () => files.readFileSync(path, 'utf8')),
        10,
      );
      if (owner !== processId && owner > 0 && this.io.isAlive(owner)) {
        throw new UserError(
          `another run (process ${owner}) writes in ${this.path}; wait for it, or remove ${path} if that is not so`,
        );
      }
      orUserError(`cannot write in ${this.path}`, chooseAnother, () => take('w'));
    }
  }
}
