import type { ExportTable } from '../export-table.ts';
import type { FileColumn } from '../parquet-reader.ts';
import { type CellCheck, cellCheck } from './cell-check.ts';
import { FormatError, quoted } from './format-error.ts';
import { KeyCheck } from './key-check.ts';
import { RunCheck } from './run-check.ts';

/** What a table has to be. It may depend on the columns that are there: the columns of traits differ between habitats. */
export type RulesOf = TableRules | ((columns: readonly string[]) => TableRules);

/** The rules for a table with these columns. */
export const rulesFor = (rules: RulesOf, columns: readonly { readonly name: string }[]): TableRules =>
  typeof rules === 'function' ? rules(columns.map(({ name }) => name)) : rules;

/** Columns that may be missing in a table of an older version, or in one made from a record. */
export interface TableRules {
  /** The description of the table with all of its columns. */
  readonly table: ExportTable;
  /** Columns that must exist. */
  readonly required: readonly string[];
}

/**
 * Checks the rows of a table against its description, for files of any format: columns, types, nulls, unique ids, and that
 * every row that is named exists.
 */
export class TableCheck {
  readonly columns: readonly CellCheck[];
  rowCount = 0;
  private readonly keys: KeyCheck;
  private readonly runs: RunCheck | undefined;

  /**
   * @param head for messages about columns
   * @throws {FormatError} for columns that are unknown, missing or out of order
   */
  constructor(head: string, { table, required }: TableRules, found: readonly Pick<FileColumn, 'name'>[]) {
    const places = found.map(({ name }) => table.columns.findIndex((column) => column.name === name));
    for (const [i, place] of places.entries()) {
      if (place < 0) throw new FormatError(head, `the table ${table.name} has no column ${quoted(found[i].name)}`);
      if (i > 0 && place <= places[i - 1]) throw new FormatError(head, `the column ${found[i].name} is out of order`);
    }
    for (const name of required) {
      if (!found.some((column) => column.name === name)) throw new FormatError(head, `the column ${name} is missing`);
    }
    this.columns = places.map((place) => cellCheck(table.columns[place]));
    const names = found.map(({ name }) => name);
    this.keys = new KeyCheck(table.name, names);
    this.runs = table.name === 'runs' ? new RunCheck(names) : undefined;
  }

  /**
   * Checks the values of some rows, column by column.
   * @param place names a row of these, from 0
   */
  take(values: readonly ArrayLike<unknown>[], count: number, place: (row: number) => string): void {
    for (const [i, check] of this.columns.entries()) {
      const column = values[i];
      for (let row = 0; row < count; row++) {
        const problem = check.problem(column[row]);
        if (problem !== undefined) throw new FormatError(place(row), `${check.name} ${problem}`);
      }
    }
    this.keys.take(values, count, this.rowCount, place);
    this.runs?.take(values, count, place);
    this.rowCount += count;
  }

  /**
   * Must be called after the last row.
   * @param place names a row of the file, from 0
   */
  finish(place: (row: number) => string): void {
    this.keys.finish(place);
  }
}
