import { dirname, join } from 'node:path';
import { type Branching, type ExportFile, exportFiles, formats, type TreeSubject, usualChoices } from '../export/format-list.ts';
import { type SampleChoice, sampleHistory } from '../export/sample-history.ts';
import { FormatError } from '../export/validate/format-error.ts';
import { validateFiles } from '../export/validate/validate-files.ts';
import { showText } from '../scene/show.ts';
import { DiskFile } from './disk-file.ts';
import { type Files, fileReason, makeDirectory, orUserError } from './files.ts';
import type { Io } from './io.ts';
import { manifestName, writeManifest } from './manifest.ts';
import { OutputFile, partialPath } from './output-file.ts';
import { type FinishedRun, readHistory } from './read-history.ts';
import { UserError } from './user-error.ts';

/** Flags of `upslope export`; what was not given is undefined. */
export interface ExportFlags {
  readonly format: readonly string[];
  readonly out: string;
  readonly of?: TreeSubject;
  readonly sample?: SampleChoice;
  readonly branching?: Branching;
  readonly collapse?: boolean;
}

const exportAdvice = 'put that right and give the same command again';

/** `upslope export`. Writes a finished run in other formats, checks every file, and returns the exit status. */
export async function exportRun(io: Io, directory: string, flags: ExportFlags): Promise<number> {
  const copied = flags.format.some((id) => ['all', 'parquet', 'csv'].includes(id));
  const run = await readHistory(io, directory, copied ? 'all' : []);
  try {
    const files = filesOf(run, directory, flags);
    checkFree(io.files, flags.out, files);
    const output = new ExportDirectory(io.files, flags.out);
    try {
      for (const file of files) await output.write(file);
      for (const line of await output.check()) io.out(`${line}\n`);
      output.complete(run.name);
    } catch (error) {
      output.discard();
      throw forThePerson(error, directory);
    }
    return 0;
  } finally {
    run.close();
  }
}

function filesOf({ history, tables }: FinishedRun, directory: string, flags: ExportFlags): readonly ExportFile[] {
  const { of, sample = usualChoices.sample, branching = usualChoices.branching, collapse = usualChoices.collapse } = flags;
  const choices = { of, sample, branching, collapse };
  const shown = showText(directory, 200);
  if (of === 'species' && history.species.count === 0) {
    throw new UserError(`${shown} knows of no species; leave out --of species, or make the run again with this version`);
  }
  const part = sample === 'all' ? { history } : sampleHistory(history, sample);
  if (part.history.organisms.count === 0) throw new UserError(`nobody lived when the run in ${shown} ended; leave out --sample`);
  const ids = flags.format.includes('all') ? formats.map(({ id }) => id) : flags.format;
  return exportFiles({ ...part, tables, choices }, ids);
}

/** What went wrong with the history itself, as a line for the person. */
function forThePerson(error: unknown, directory: string): unknown {
  const isBroken = error instanceof FormatError || (error instanceof RangeError && !/allocat|length/i.test(error.message));
  if (!isBroken) return error;
  return new UserError(`${error.message}; upslope validate ${showText(directory, 200)} tells whether the run is whole`);
}

/** Sees to it that the export harms nothing: its directory is missing or empty, but for what a killed export left. */
function checkFree(files: Files, path: string, wanted: readonly ExportFile[]): void {
  const own = new Set(wanted.map(({ name }) => partialPath(name)));
  const names = (place: string, prefix: string): string[] =>
    listed(files, place).flatMap((name) => (isFolder(wanted, name) ? names(join(place, name), `${name}/`) : [prefix + name]));
  if (names(path, '').some((name) => !own.has(name))) {
    throw new UserError(`${showText(path, 200)} is not empty; choose another directory with --out`);
  }
}

const isFolder = (wanted: readonly ExportFile[], name: string) => wanted.some((file) => file.name.startsWith(`${name}/`));

function listed(files: Files, path: string): string[] {
  return orUserError(`cannot use ${showText(path, 200)}`, 'choose another directory with --out', () => {
    try {
      return files.readdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  });
}

/** A directory that an export is written into: its files have their names only when all of them are valid. */
class ExportDirectory {
  private readonly files: Files;
  private readonly path: string;
  private readonly written: OutputFile[] = [];

  constructor(files: Files, path: string) {
    this.files = files;
    this.path = path;
  }

  async write({ name, write }: ExportFile): Promise<void> {
    const path = join(this.path, name);
    orUserError(`cannot make ${dirname(path)}`, 'choose another directory with --out', () =>
      makeDirectory(this.files, dirname(path)),
    );
    const file = new OutputFile(this.files, name, path, undefined, exportAdvice);
    this.written.push(file);
    await write((chunk) => file.write(chunk));
  }

  /** Checks all files as they stand on the disk; a line each on what they hold. */
  async check(): Promise<string[]> {
    const opened = new Map<string, DiskFile>();
    try {
      for (const { name } of this.written) opened.set(name, new DiskFile(this.files, partialPath(join(this.path, name))));
      const lines: string[] = [];
      for await (const { file, format, holds, problem } of validateFiles(opened)) {
        if (problem !== undefined) throw new UserError(`the export is not valid: ${problem}`);
        lines.push(`${file}: ${format}, ${holds}`);
      }
      return lines;
    } catch (error) {
      const reason = fileReason(error);
      throw reason === undefined ? error : new UserError(`cannot read ${this.path}: ${reason}; ${exportAdvice}`);
    } finally {
      for (const file of opened.values()) file.close();
    }
  }

  /** @param run name of the run, where it is known */
  complete(run: string | undefined): void {
    for (const file of this.written) file.complete();
    const path = join(this.path, manifestName);
    const about = { kind: 'export', run } as const;
    const names = this.written.map(({ name }) => name);
    orUserError(`cannot write ${path}`, exportAdvice, () => writeManifest(this.files, this.path, about, names));
  }

  /** Takes away what was written. Never throws: it runs after a failure. */
  discard(): void {
    for (const file of this.written) {
      try {
        file.close();
        this.files.rmSync(partialPath(join(this.path, file.name)), { force: true });
      } catch {}
    }
  }
}
