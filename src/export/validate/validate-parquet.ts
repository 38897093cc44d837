import { ParquetReader } from '../parquet-reader.ts';
import type { FileSource } from './file-source.ts';
import { FormatError } from './format-error.ts';
import { type RulesOf, rulesFor, TableCheck } from './table-check.ts';

/**
 * Checks a Parquet file against the description of its table, and returns the number of rows. Every column of every row is
 * read.
 * @throws {FormatError} that names the first wrong row
 */
export async function validateParquet(name: string, file: FileSource, rulesOf: RulesOf): Promise<number> {
  const reader = await ParquetReader.open(name, file);
  const rules = rulesFor(rulesOf, reader.columns);
  for (const column of reader.columns) {
    const wanted = rules.table.columns.find((other) => other.name === column.name);
    if (wanted !== undefined && wanted.type !== column.type) {
      throw new FormatError(
        name,
        `the column ${column.name} is ${column.type ?? 'of a type of its own'}; it must be ${wanted.type}`,
      );
    }
  }
  const check = new TableCheck(name, rules, reader.columns);
  const place = (row: number) => `${name}, row ${row + 1}`;
  for (const group of reader.groups) {
    const values = [];
    for (const column of reader.columns) values.push(await reader.read(column.name, group));
    check.take(values, group.rowEnd - group.rowStart, (row) => place(group.rowStart + row));
  }
  if (check.rowCount !== reader.rowCount)
    throw new FormatError(name, `has ${check.rowCount} rows, but its footer states ${reader.rowCount}`);
  check.finish(place);
  return check.rowCount;
}
