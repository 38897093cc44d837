import { join } from 'node:path';
import { Option } from 'commander';
import {
  type Branching,
  branchings,
  type ExportFile,
  exportFiles,
  formats,
  type TreeSubject,
  tablesRead,
  treeSubjects,
  usualChoices,
} from '../export/format-list.ts';
import type { History } from '../export/history.ts';
import { type SampleChoice, sampleHistory } from '../export/sample-history.ts';
import { siteNames } from '../export/tskit/chosen-sites.ts';
import { FormatError } from '../export/validate/format-error.ts';
import { validateFiles } from '../export/validate/validate-files.ts';
import { suggest } from '../parameter/nearest.ts';
import { showText } from '../parameter/show.ts';
import type { CommandModule } from './command.ts';
import { DiskFile } from './disk-file.ts';
import { formatNames, sampleChoice } from './export-flags.ts';
import { fileReason, partialPath } from './files.ts';
import { mostTicks, nameList, outDirectory, plainText, wholeNumber } from './flags.ts';
import type { Io } from './io.ts';
import { signFiles } from './manifest.ts';
import { OutputFile } from './output-file.ts';
import { chooseAnother, OwnedFolder } from './ownership/owned-folder.ts';
import { type FinishedRun, readHistory } from './read-history.ts';
import { checkFree } from './run-directory.ts';
import { UserError } from './user-error.ts';

/** Flags of `upslope export`; undefined where not given. */
export interface ExportFlags {
  readonly format: readonly string[];
  readonly out: string;
  readonly of?: TreeSubject;
  readonly sample?: SampleChoice;
  readonly branching?: Branching;
  readonly collapse?: boolean;
  readonly subtreeDepth?: number;
  readonly sites?: readonly string[];
}

const exportAdvice = 'correct this and give the same command again';

/** `upslope export`. Writes a finished run in other formats, checks every file, and returns the exit status. */
export async function exportRun(io: Io, directory: string, flags: ExportFlags): Promise<number> {
  const ids = flags.format.includes('all') ? formats.map(({ id }) => id) : flags.format;
  const run = await readHistory(io, directory, tablesRead(ids));
  try {
    const files = filesOf(run, directory, flags, ids);
    const names = files.map(({ name }) => name);
    checkFree(io.files, flags.out, names);
    const folder = await OwnedFolder.take(io, flags.out, chooseAnother, exportAdvice);
    const output = new ExportDirectory(folder);
    try {
      checkFree(io.files, flags.out, names);
      for (const file of files) await output.write(file);
      const { lines, notes } = await output.check();
      for (const note of notes) io.err(`note: ${note}\n`);
      output.complete(run.name);
      for (const line of lines) io.out(`${line}\n`);
    } catch (error) {
      output.discard();
      throw forThePerson(error, directory);
    } finally {
      folder.release();
    }
    return 0;
  } finally {
    run.close();
  }
}

function filesOf(
  { history, tables }: FinishedRun,
  directory: string,
  flags: ExportFlags,
  ids: readonly string[],
): readonly ExportFile[] {
  const { of, sample = usualChoices.sample, branching = usualChoices.branching, collapse, subtreeDepth, sites } = flags;
  const choices = { of, sample, branching, collapse, subtreeDepth, sites };
  const shown = showText(directory, 200);
  if (of === 'species' && history.species.count === 0) {
    throw new UserError(`${shown} has no species; leave out --of species, or make the run again with this version`);
  }
  if (sites) checkSites(history, sites, ids, shown);
  const part = sample === 'all' ? { history } : sampleHistory(history, sample);
  if (part.history.organisms.count === 0)
    throw new UserError(`no organism was alive when the run in ${shown} ended; leave out --sample`);
  return exportFiles({ ...part, tables, choices }, ids);
}

/** @throws {UserError} without a format that has sites, for a locus or segment that the run does not have, or where it did not record what births changed */
function checkSites(history: History, sites: readonly string[], ids: readonly string[], shown: string): void {
  if (!ids.some((id) => ['tskit', 'trees'].includes(id)))
    throw new UserError('--sites is for the formats tskit and trees; leave it out, or add one of them to --format');
  if (!history.changes) throw new UserError(`--sites: births in ${shown} did not record mutations; run with --genomes all`);
  const known = siteNames(history);
  const unknown = sites.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UserError(`--sites: there is no locus or segment '${showText(unknown)}' in ${shown}; ${suggest(unknown, known)}`);
}

/** Errors of the history, as a line for the person. */
function forThePerson(error: unknown, directory: string): unknown {
  const isBroken = error instanceof FormatError || (error instanceof RangeError && !/allocat|length/i.test(error.message));
  if (!isBroken) return error;
  return new UserError(`${error.message}; check the run with: upslope validate ${showText(directory, 200)}`);
}

/** A directory that an export is written into: its files get their names only when all of them are valid. */
class ExportDirectory {
  private readonly folder: OwnedFolder;
  private readonly written: OutputFile[] = [];

  constructor(folder: OwnedFolder) {
    this.folder = folder;
  }

  async write({ name, write }: ExportFile): Promise<void> {
    const file = new OutputFile(this.folder, name);
    this.written.push(file);
    await write((chunk) => file.write(chunk));
    file.finish();
  }

  /** Checks all files as they are on the disk; a line for each on its content, and notes on how other programs read it. */
  async check(): Promise<{ readonly lines: readonly string[]; readonly notes: readonly string[] }> {
    const { io, path } = this.folder;
    const opened = new Map<string, DiskFile>();
    try {
      for (const { name } of this.written) opened.set(name, new DiskFile(io.files, partialPath(join(path, name))));
      const lines: string[] = [];
      const notes: string[] = [];
      for await (const verdict of validateFiles(opened, undefined, undefined, io.catalogue)) {
        if (verdict.problem !== undefined) throw new UserError(`the export is not valid: ${verdict.problem}`);
        lines.push(`${verdict.file}: ${verdict.format}, ${verdict.holds}`);
        notes.push(...verdict.notes);
      }
      return { lines, notes };
    } catch (error) {
      const reason = fileReason(error);
      throw reason === undefined ? error : new UserError(`cannot read ${path}: ${reason}; ${exportAdvice}`);
    } finally {
      for (const file of opened.values()) file.close();
    }
  }

  /** @param run name of the run, if known */
  complete(run: string | undefined): void {
    const names = this.written.map(({ name }) => name);
    this.folder.publish(signFiles(this.folder, { kind: 'export', run }, names), 'undo');
  }

  /** Removes what was written. Never throws: it runs after a failure. */
  discard(): void {
    for (const file of this.written) file.discard();
  }
}

/** The formats of `upslope export`, a line each. */
function listFormats(): string {
  const width = Math.max(...formats.map(({ id }) => id.length));
  return formats.map(({ id, description }) => `  ${id.padEnd(width)}  ${description}\n`).join('');
}

/** `upslope export`, with its flags. */
export const command: CommandModule = {
  reads: 'worlds',
  describe: (command, io, done) =>
    command
      .argument('<run>', 'directory of a finished run', plainText)
      .requiredOption('--format <names>', 'formats separated by commas, or all; they are listed below', formatNames)
      .requiredOption('--out <directory>', 'directory for the files; must be empty or missing', outDirectory)
      .addOption(
        new Option(
          '--of <subject>',
          'trees of species or of organisms, in newick, nexus, phyloxml and extended-newick (default: both)',
        ).choices(treeSubjects),
      )
      .option(
        '--sample <whose>',
        'history of all organisms, of the living, or of this number of the living (default: all)',
        sampleChoice,
      )
      .addOption(
        new Option(
          '--branching <where>',
          'place of a child in a tree: on its parent’s line (budding) or at the parent’s origin; in newick, nexus and phyloxml only (default: budding)',
        ).choices(branchings),
      )
      .option(
        '--collapse',
        'join tree nodes with a single child to that child; in newick, nexus and phyloxml only (default: with --sample, and in trees of one tip)',
      )
      .option('--no-collapse', 'keep all tree nodes with a single child')
      .option(
        '--subtree-depth <n>',
        'cut trees into subtrees of at most this many branches from root to tip, with a table that joins them; in newick, nexus and phyloxml only',
        wholeNumber(1, mostTicks),
      )
      .option(
        '--sites <names>',
        'loci and segments whose mutations are sites, in tskit and trees only (default: all loci); needs a run with --genomes all',
        nameList,
      )
      .addHelpText('after', () => `\nFormats:\n${listFormats()}`)
      .action(async (directory: string, flags: ExportFlags) => done(await exportRun(io, directory, flags))),
};
