import { join } from 'node:path';
import type { History } from '../export/history.ts';
import { readHistoryFiles } from '../export/history-reader.ts';
import { chunksOf } from '../export/validate/file-source.ts';
import { FormatError } from '../export/validate/format-error.ts';
import { checkIdentity } from '../export/validate/table-identity.ts';
import { validateProvenance } from '../export/validate/validate-provenance.ts';
import { showText } from '../parameter/show.ts';
import { checkFiles, manifestToRead } from './check-files.ts';
import { DiskFile } from './disk-file.ts';
import { orUserError } from './files.ts';
import type { Io } from './io.ts';
import { checkExtensions } from './load-extension.ts';
import { inspectDirectory, provenanceName } from './run-directory.ts';
import { UserError } from './user-error.ts';

/** A finished run, opened for reading. */
export interface FinishedRun {
  readonly history: History;
  /** Name of the run, where its manifest has it. */
  readonly name: string | undefined;
  /** Its Parquet tables that were requested, by file name. */
  readonly tables: ReadonlyMap<string, DiskFile>;
  close(): void;
}

/** Tables that a history is read from. */
const historyTables = ['organisms', 'loci', 'species', 'events'];

const giveRun = 'give the directory of a finished run';

/**
 * Opens the directory of a finished run and reads its history, column by column. Files are checked before they are read:
 * against the manifest of the directory, and that they belong to the run of its provenance.
 * @param needed tables that are read besides those of the history; `all` for every one
 * @throws {UserError} for a directory without a finished run, one that was made with other extensions, and for files that are not valid
 */
export async function readHistory(io: Io, directory: string, needed: readonly string[] | 'all'): Promise<FinishedRun> {
  const { files } = io;
  const shown = showText(directory, 200);
  const contents = inspectDirectory(files, directory, giveRun);
  if (contents === 'unfinished run') {
    throw new UserError(`${shown} holds an unfinished run; finish it first: upslope run --resume --out ${shown}`);
  }
  if (contents !== 'finished run') throw new UserError(`${shown} does not hold a finished run; ${giveRun}`);
  const there = files.readdirSync(directory).filter((name) => name.endsWith('.parquet'));
  const wanted = new Set([...historyTables, ...(needed === 'all' ? [] : needed)].map((name) => `${name}.parquet`));
  const manifest = manifestToRead(io, directory);
  const known = [...new Set([...there, ...(manifest?.files.keys() ?? [])])].filter((name) => name.endsWith('.parquet')).sort();
  // Results of other commands may lie beside the tables of the run, whose manifest does not list them.
  const isPart = (name: string) => needed === 'all' && (manifest === undefined || manifest.files.has(name));
  const names = known.filter((name) => wanted.has(name) || isPart(name));
  if (manifest) checkFiles(files, directory, manifest, [provenanceName, ...names]);
  const opened: DiskFile[] = [];
  const open = (name: string) => {
    const file = orUserError(`cannot read ${showText(join(directory, name), 200)}`, giveRun, () => {
      return new DiskFile(files, join(directory, name));
    });
    opened.push(file);
    return file;
  };
  const close = () => {
    for (const file of opened) file.close();
  };
  try {
    const tables = new Map(names.map((name) => [name, open(name)]));
    const table = (name: string) => tables.get(`${name}.parquet`);
    const [organisms, loci] = [table('organisms'), table('loci')];
    if (organisms === undefined || loci === undefined) {
      throw new UserError(`${shown} has no ${organisms ? 'loci' : 'organisms'}.parquet; ${giveRun}`);
    }
    const provenance = validateProvenance(provenanceName, chunksOf(open(provenanceName)));
    checkExtensions(io, directory, provenance.extensions);
    for (const [name, file] of tables) await checkIdentity(name, file, provenance, manifest?.run);
    const history = await readHistoryFiles(provenance, { organisms, loci, species: table('species'), events: table('events') });
    return { history, tables, name: manifest?.run, close };
  } catch (error) {
    close();
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; for details: upslope validate ${shown}`);
    throw error;
  }
}
