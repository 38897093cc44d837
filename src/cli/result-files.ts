import { join } from 'node:path';
import { canonicalJson } from '../export/canonical-json.ts';
import type { Cell, ExportTable } from '../export/export-table.ts';
import { createParquetEncoder, software, TableWriter } from '../export/index.ts';
import { showText } from '../scene/show.ts';
import { makeDirectory, orUserError, writeAtomically } from './files.ts';
import type { Io } from './io.ts';
import { readManifest, writeManifest } from './manifest.ts';

/** A command, what it read (the hash of a run) and its flags with their defaults. */
export interface TableProvenance {
  readonly command: string;
  readonly [name: string]: unknown;
}

/**
 * A table as the chunks of a Parquet file, for results that fit into memory.
 * @param about what makes the table again, kept in the file as `upslope.provenance`; nothing where a file beside it tells
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

/**
 * Writes files of a command, in their order, making folders as their names ask for, and last the manifest of the directory. What
 * other commands have put down there stays listed as it was. The manifest of a run, an export or a sweep is not touched: what is
 * written beside their files is no part of them.
 * @param files by name within the directory: the chunks of a file, or its text
 * @param advice what to do where that fails
 * @throws {UserError} where the directory cannot be written to
 */
export function writeResults(
  io: Io,
  directory: string,
  files: Readonly<Record<string, readonly Uint8Array[] | string>>,
  advice = 'choose another directory with --out',
): void {
  const before = readManifest(io.files, directory);
  orUserError(`cannot write in ${showText(directory, 200)}`, advice, () => {
    for (const [name, content] of Object.entries(files)) {
      makeDirectory(io.files, join(directory, ...name.split('/').slice(0, -1)));
      const chunks = typeof content === 'string' ? [new TextEncoder().encode(content)] : content;
      writeAtomically(io.files, join(directory, name), chunks);
    }
    if (before !== undefined && before.kind !== 'results') return;
    const names = Object.keys(files);
    const kept = [...(before?.files.values() ?? [])].filter(({ name }) => !names.includes(name));
    writeManifest(io.files, directory, { kind: 'results' }, names, kept);
  });
}
