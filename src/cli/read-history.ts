import { join } from 'node:path';
import type { History } from '../export/history.ts';
import { readHistoryFiles } from '../export/history-reader.ts';
import { chunksOf } from '../export/validate/file-source.ts';
import { FormatError } from '../export/validate/format-error.ts';
import { validateProvenance } from '../export/validate/validate-provenance.ts';
import { showText } from '../scene/show.ts';
import { DiskFile } from './disk-file.ts';
import { type Files, orUserError } from './files.ts';
import { inspectDirectory, provenanceName } from './run-directory.ts';
import { UserError } from './user-error.ts';

/** A finished run, opened for reading. */
export interface FinishedRun {
  readonly history: History;
  /** Its Parquet tables, by file name. */
  readonly tables: ReadonlyMap<string, DiskFile>;
  close(): void;
}

const giveRun = 'give the directory of a finished run';

/**
 * Opens the directory of a finished run and reads its history, column by column.
 * @throws {UserError} for a directory without a finished run, and for files that are not what they should be
 */
export async function readHistory(files: Files, directory: string): Promise<FinishedRun> {
  const shown = showText(directory, 200);
  const contents = inspectDirectory(files, directory, giveRun);
  if (contents === 'unfinished run') {
    throw new UserError(`${shown} holds an unfinished run; go on with it first: upslope run --resume --out ${shown}`);
  }
  if (contents !== 'finished run') throw new UserError(`${shown} holds no finished run; ${giveRun}`);
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
    const names = files.readdirSync(directory).filter((name) => name.endsWith('.parquet'));
    const tables = new Map(names.sort().map((name) => [name, open(name)]));
    const table = (name: string) => tables.get(`${name}.parquet`);
    const [organisms, loci] = [table('organisms'), table('loci')];
    if (organisms === undefined || loci === undefined) {
      throw new UserError(`${shown} has no ${organisms ? 'loci' : 'organisms'}.parquet; ${giveRun}`);
    }
    const provenance = validateProvenance(provenanceName, chunksOf(open(provenanceName)));
    const history = await readHistoryFiles(provenance, { organisms, loci, species: table('species'), events: table('events') });
    return { history, tables, close };
  } catch (error) {
    close();
    if (error instanceof FormatError) throw new UserError(`${shown}: ${error.message}; upslope validate ${shown} tells more`);
    throw error;
  }
}
