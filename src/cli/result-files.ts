import { canonicalJson } from '../export/canonical-json.ts';
import type { Cell, ExportTable } from '../export/export-table.ts';
import { createParquetEncoder, software, TableWriter } from '../export/index.ts';
import type { Io } from './io.ts';
import { readManifest, signFiles } from './manifest.ts';
import { OutputFile } from './output-file.ts';
import { chooseAnother, OwnedFolder } from './ownership/owned-folder.ts';

/** A command, what it read (the hash of a run) and its flags with their defaults. */
export interface TableProvenance {
  readonly command: string;
  readonly [name: string]: unknown;
}

/**
 * A table as the chunks of a Parquet file, for results that fit into memory.
 * @param about what makes the table again, kept in the file as `upslope.provenance`; left out where a file beside it holds this
 */
export function parquetOf(table: ExportTable, rows: Iterable<readonly Cell[]>, about?: TableProvenance): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const metadata = {
    'upslope.software': `${software.name} ${software.version}`,
    ...(about ? { 'upslope.provenance': canonicalJson(about) } : {}),
  };
  const writer = new TableWriter(table, [createParquetEncoder(table, (chunk) => void chunks.push(chunk.slice()), metadata)]);
  for (const row of rows) writer.append(row);
  writer.finish();
  return chunks;
}

/** Files of a command by name within its directory: the chunks of a file, or its text. */
export type ResultFiles = Readonly<Record<string, readonly Uint8Array[] | string>>;

/**
 * Writes files into a folder and gives them their names with the manifest of the folder, all of them or none. Files of other
 * commands stay listed as before. The manifest of a run, an export or a sweep is not touched: files written beside theirs are
 * not part of them.
 * @param after what happens to files that a kill left half named: those of a folder that was empty are undone
 * @throws {UserError} where the folder cannot be written to
 */
export function publishResults(folder: OwnedFolder, files: ResultFiles, after: 'undo' | 'finish'): void {
  const before = readManifest(folder.io.files, folder.path);
  const written: OutputFile[] = [];
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = new OutputFile(folder, name);
      written.push(file);
      for (const chunk of typeof content === 'string' ? [new TextEncoder().encode(content)] : content) file.write(chunk);
      file.finish();
    }
    const names = Object.keys(files);
    const isOurs = before === undefined || before.kind === 'results';
    const kept = [...(before?.files.values() ?? [])].filter(({ name }) => !names.includes(name));
    folder.publish(isOurs ? signFiles(folder, { kind: 'results' }, names, kept) : names, after);
  } catch (error) {
    for (const file of written) file.discard();
    throw error;
  }
}

/**
 * Writes files of a command into a directory, where they replace earlier ones together.
 * @param advice what to do where that fails
 * @param wait milliseconds to wait for another process that writes into it
 * @throws {UserError} where the directory cannot be written to, or another process writes into it
 */
export async function writeResults(
  io: Io,
  directory: string,
  files: ResultFiles,
  advice = chooseAnother,
  wait = 0,
): Promise<void> {
  const folder = await OwnedFolder.take(io, directory, advice, advice, wait);
  try {
    publishResults(folder, files, 'finish');
  } finally {
    folder.release();
  }
}
