import { csvField } from './csv-field.ts';
import type { Sink } from './export-table.ts';
import { type ColumnValues, ParquetReader } from './parquet-reader.ts';
import { TextSink } from './trees/text-sink.ts';
import type { FileSource } from './validate/file-source.ts';

/**
 * Writes a Parquet table as CSV: the same text that a run writes beside it with `--csv`. One row group is in memory at a time.
 */
export async function csvOfParquet(name: string, file: FileSource, sink: Sink): Promise<void> {
  const reader = await ParquetReader.open(name, file);
  const writer = new TextSink(sink);
  writer.write(`${reader.columns.map((column) => csvField(column.name)).join()}\n`);
  for (const group of reader.groups) {
    const columns: ColumnValues[] = [];
    for (const column of reader.columns) columns.push(await reader.read(column.name, group));
    for (let row = 0; row < group.rowEnd - group.rowStart; row++) {
      let line = '';
      for (let i = 0; i < columns.length; i++) line += i === 0 ? fieldOf(columns[i][row]) : `,${fieldOf(columns[i][row])}`;
      writer.write(`${line}\n`);
    }
  }
  writer.flush();
}

function fieldOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return value === value ? String(value) : '';
  if (typeof value === 'string') return csvField(value);
  if (value === null || value === undefined) return '';
  const items = Array.prototype.join.call(value, ',');
  return items.includes(',') ? `"[${items}]"` : `[${items}]`;
}
