// The directory of a run: its files while it is made, and how it is published when it is complete.

import { join } from 'node:path';
import { checkpointName, provenanceName } from '../experiment/left-files.ts';
import { type Packable, tableFiles } from '../export/index.ts';
import { showText } from '../parameter/show.ts';
import { type Files, orUserError, partialPath, removeQuietly, syncFolder, writeAtomically } from './files.ts';
import type { Io } from './io.ts';
import { packRecord, recordMagic, recordName, snapshotName, snapshotsFolder, tickOfKept } from './kept-snapshots.ts';
import { manifestName, writeManifest } from './manifest.ts';
import { copyPath, OutputFile, resumeAdvice } from './output-file.ts';
import { chooseAnother, isOwnershipFile, namesToUndo, OwnedFolder } from './ownership/owned-folder.ts';
import { sealedChunks } from './sealed-file.ts';
import { UserError } from './user-error.ts';

export { checkpointName, provenanceName };

const partialTables = tableFiles({ csv: true }).map(partialPath);
/** Files that a run does not need when it continues from its checkpoint. */
const scraps = [partialPath(checkpointName), ...partialTables.map(copyPath)];
const leftovers = new Set([...scraps, ...partialTables]);

/** The content of a directory that a run is to go into. */
export type DirectoryContents = 'nothing' | 'unfinished run' | 'finished run' | 'other files';

/**
 * Looks into a directory without touching it. A missing directory holds nothing.
 * @param advice what to do where it cannot be read; by default the advice for a directory to write into
 * @throws {UserError} when it cannot be read
 */
export function inspectDirectory(files: Files, path: string, advice = chooseAnother): DirectoryContents {
  const names = namesIn(files, path, advice);
  if (names.includes(checkpointName)) return 'unfinished run';
  if (names.includes(provenanceName)) return 'finished run';
  // A run that was killed before its first checkpoint leaves nothing worth keeping.
  return names.every((name) => leftovers.has(name) || isOwnershipFile(name)) ? 'nothing' : 'other files';
}

/**
 * Makes sure that a directory holds nothing that a new run could harm.
 * @throws {UserError} when it does
 */
export function checkEmpty(files: Files, path: string): void {
  const contents = inspectDirectory(files, path);
  if (contents !== 'nothing') throw notEmpty(path, contents);
}

/**
 * Makes sure that a directory holds nothing that files of a command could harm: it is missing or empty, except for files that
 * the same command left when it was killed.
 * @param wanted names of those files, with their folders within the directory
 * @throws {UserError} when it holds other files
 */
export function checkFree(files: Files, path: string, wanted: readonly string[]): void {
  const known = new Set([...wanted, manifestName].map(partialPath).concat(namesToUndo(files, path)));
  const inside = (place: string, prefix: string): string[] =>
    namesIn(files, place).flatMap((name) => {
      if (prefix === '' && isOwnershipFile(name)) return [];
      const isFolder = wanted.some((one) => one.startsWith(`${prefix}${name}/`)) && isRealFolder(files, join(place, name));
      return isFolder ? inside(join(place, name), `${prefix}${name}/`) : [prefix + name];
    });
  if (inside(path, '').some((name) => !known.has(name))) throw notEmpty(path, inspectDirectory(files, path));
}

const isRealFolder = (files: Files, path: string) => files.lstatSync(path).isDirectory();

function namesIn(files: Files, path: string, advice = chooseAnother): string[] {
  return orUserError(`cannot use ${showText(path, 200)}`, advice, () => {
    try {
      return files.readdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  });
}

function notEmpty(path: string, contents: DirectoryContents): UserError {
  const shown = showText(path, 200);
  if (contents === 'unfinished run') {
    return new UserError(`${shown} holds an unfinished run; continue it with --resume, or ${chooseAnother}`);
  }
  const what = contents === 'finished run' ? 'holds a finished run' : 'is not empty';
  return new UserError(`${shown} ${what}; ${chooseAnother}`);
}

/** A directory that one run writes into, and no other at the same time. */
export class RunDirectory {
  readonly path: string;
  readonly checkpointPath: string;
  private readonly folder: OwnedFolder;
  private readonly opened: OutputFile[] = [];

  private constructor(folder: OwnedFolder) {
    this.folder = folder;
    this.path = folder.path;
    this.checkpointPath = join(folder.path, checkpointName);
  }

  /**
   * Takes the directory, which is made where it is missing.
   * @param contents what it holds; another process may have changed that since it was checked
   * @throws {UserError} where another process writes into it, or has already finished this work
   */
  static async take(io: Io, path: string, contents: DirectoryContents): Promise<RunDirectory> {
    const folder = await OwnedFolder.take(io, path, chooseAnother, resumeAdvice);
    try {
      const found = inspectDirectory(io.files, path);
      if (found !== contents) {
        throw found === 'nothing'
          ? new UserError(`${showText(path, 200)} was emptied meanwhile; give the command again`)
          : notEmpty(path, found);
      }
      for (const name of scraps) if (io.files.existsSync(join(path, name))) removeQuietly(io.files, join(path, name));
      return new RunDirectory(folder);
    } catch (error) {
      folder.release();
      throw error;
    }
  }

  /** Opens a file of the run: a new one, or one to continue after `keep` bytes. */
  open(name: string, keep?: number): OutputFile {
    const file = new OutputFile(this.folder, name, keep);
    this.opened.push(file);
    return file;
  }

  /** Makes sure that no other process has taken the directory over. */
  check(): void {
    this.folder.check();
  }

  /** Keeps a snapshot of the world and the record of lives at a tick. */
  keep(tick: number, snapshot: Uint8Array, record: Packable): void {
    const { files } = this.folder.io;
    this.folder.makeFolderOf(snapshotName(tick));
    const write = (name: string, chunks: readonly Uint8Array[]) => {
      const path = join(this.path, name);
      orUserError(`cannot write ${showText(path, 200)}`, resumeAdvice, () =>
        writeAtomically(files, path, chunks, () => this.check()),
      );
    };
    // First, so that a snapshot that is there has its record.
    write(recordName(tick), sealedChunks(recordMagic, packRecord(tick, record)));
    write(snapshotName(tick), [snapshot]);
  }

  /** Names of the snapshots that are kept; leftovers and later ones are removed. */
  private settleSnapshots(last: number): readonly string[] {
    const { files } = this.folder.io;
    const place = join(this.path, snapshotsFolder);
    if (!files.existsSync(place)) return [];
    return orUserError(`cannot write in ${showText(place, 200)}`, resumeAdvice, () =>
      files.readdirSync(place).flatMap((name) => {
        const tick = tickOfKept(name);
        if (tick !== undefined && tick <= last) return [`${snapshotsFolder}/${name}`];
        if (tick !== undefined || tickOfKept(name.replace(/\.partial$/, '')) !== undefined) files.rmSync(join(place, name));
        return [];
      }),
    );
  }

  /** Lengths of the open files, once they are on the disk. */
  lengths(): Record<string, number> {
    for (const file of this.opened) file.sync();
    return Object.fromEntries(this.opened.map(({ name, length }) => [name, length]));
  }

  /**
   * Gives every file its name, writes the documents, provenance last, then the manifest of all of them, and removes the
   * checkpoint. Until then the run is unfinished and continues from its checkpoint.
   * @param run name of the run
   * @param last snapshots of later ticks are removed: they are of a run that was to be longer
   */
  complete(documents: Readonly<Record<string, unknown>>, run: string, last: number): void {
    const { files } = this.folder.io;
    for (const file of this.opened) file.finish();
    for (const file of this.opened) file.rename();
    for (const [name, document] of Object.entries(documents)) {
      const path = join(this.path, name);
      const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
      orUserError(`cannot write ${path}`, resumeAdvice, () => writeAtomically(files, path, [bytes], () => this.check()));
    }
    const path = join(this.path, manifestName);
    const names = [...this.opened.map(({ name }) => name), ...Object.keys(documents), ...this.settleSnapshots(last)];
    orUserError(`cannot write ${path}`, resumeAdvice, () =>
      writeManifest(files, this.path, { kind: 'run', run }, names, () => this.check()),
    );
    this.check();
    orUserError(`cannot remove ${this.checkpointPath}`, resumeAdvice, () => files.rmSync(this.checkpointPath, { force: true }));
    syncFolder(files, this.path);
  }

  /** Closes what is open and releases the directory. Never throws: it also runs after a failure. */
  release(): void {
    for (const file of this.opened) {
      try {
        file.close();
      } catch {}
    }
    this.folder.release();
  }
}
