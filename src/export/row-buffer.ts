import { expectColumn, expectList, expectText, expectWhole, ShapeError } from '../record/expect-shape.ts';
import type { Packable } from '../record/pack.ts';
import { type Cell, type ExportColumn, type ExportTable, isList } from './export-table.ts';

/** Values of one column for the rows in a buffer. */
export interface ColumnBuffer {
  readonly column: ExportColumn;
  /** Numbers, NaN for null; for text the index into `texts`, -1 for null; for lists the length, -1 for null. */
  values: Float64Array;
  /** Texts by index, in order of first use. */
  texts: string[];
  /** Items of all lists, one list behind the other. */
  items: Float64Array;
  itemCount: number;
}

const initialRows = 256;

/** Checks the saved rows of a column before they are encoded. */
function checkColumn(
  { values, texts, items }: { readonly values: unknown; readonly texts: unknown; readonly items: unknown },
  { name, type, nullable }: ExportColumn,
  count: number,
  table: string,
): void {
  const where = `${table}.${name}`;
  const numbers = expectColumn(values, where, 'Float64Array', count);
  const known = expectList(texts, `${where} texts`).map((text) => expectText(text, `${where} texts`, 1_000_000));
  const { length } = expectColumn(items, `${where} items`, 'Float64Array');
  const [isText, list] = [type === 'STRING', isList(type)];
  const whole = type === 'INT32' || type === 'INT64';
  if (type === 'LIST<INT64>')
    for (const item of items as Float64Array) expectWhole(item, `${where} items`, Number.MIN_SAFE_INTEGER);
  const least = nullable ? -1 : 0;
  let listed = 0;
  for (const value of numbers) {
    if (!isText && !list && Number.isNaN(value) && !nullable) throw new ShapeError(where, 'lacks a value');
    if (whole && !Number.isNaN(value))
      expectWhole(
        value,
        where,
        type === 'INT32' ? -0x8000_0000 : Number.MIN_SAFE_INTEGER,
        type === 'INT32' ? 0x7fff_ffff : Number.MAX_SAFE_INTEGER,
      );
    if (isText) expectWhole(value, where, least, known.length - 1);
    else if (list) listed += Math.max(0, expectWhole(value, where, least, length));
  }
  if (listed !== length) throw new ShapeError(where, 'has a different number of items than its lists state');
}

/** Rows that wait to be encoded, by column in typed arrays: small, quick to save and to restore. */
export class RowBuffer {
  readonly table: ExportTable;
  readonly columns: readonly ColumnBuffer[];
  count = 0;
  /** Items in the list columns of all rows; they make rows wide. */
  itemCount = 0;
  private readonly textIndex: readonly Map<string, number>[];

  constructor(table: ExportTable) {
    this.table = table;
    this.columns = table.columns.map((column) => ({
      column,
      values: new Float64Array(initialRows),
      texts: [],
      items: new Float64Array(0),
      itemCount: 0,
    }));
    this.textIndex = table.columns.map(() => new Map<string, number>());
  }

  /**
   * Adds a row: one value a column, in the order of the table's columns.
   * @throws {Error} for a missing value in a column that may not be null, or a value of the wrong kind
   */
  append(row: readonly Cell[]): void {
    if (row.length !== this.columns.length) {
      throw new Error(
        `table ${this.table.name}: a row has ${row.length} values, but the table has ${this.columns.length} columns`,
      );
    }
    if (this.count === this.columns[0].values.length) {
      for (const buffer of this.columns) buffer.values = grown(buffer.values, this.count * 2);
    }
    for (let i = 0; i < row.length; i++) this.put(i, row[i]);
    this.count++;
  }

  /** Forgets all rows and keeps the memory. */
  clear(): void {
    for (const [i, buffer] of this.columns.entries()) {
      buffer.texts = [];
      buffer.itemCount = 0;
      this.textIndex[i].clear();
    }
    this.count = 0;
    this.itemCount = 0;
  }

  state(): Packable {
    return {
      count: this.count,
      columns: this.columns.map(({ column, values, texts, items, itemCount }) => ({
        name: column.name,
        values: values.slice(0, this.count),
        texts: [...texts],
        items: items.slice(0, itemCount),
      })),
    };
  }

  /** @throws {ShapeError} for rows that this table cannot hold; {Error} for rows of another table */
  restore(state: Packable): void {
    const saved = state as {
      count: number;
      columns: { name: string; values: Float64Array; texts: string[]; items: Float64Array }[];
    };
    const names = saved.columns.map(({ name }) => name).join();
    if (names !== this.table.columns.map(({ name }) => name).join()) {
      throw new Error(`table ${this.table.name}: the saved rows have other columns`);
    }
    const count = expectWhole(saved.count, `${this.table.name}.count`);
    for (const [i, { column }] of this.columns.entries()) checkColumn(saved.columns[i], column, count, this.table.name);
    this.clear();
    this.count = count;
    for (const [i, buffer] of this.columns.entries()) {
      const { values, texts, items } = saved.columns[i];
      buffer.values = grown(values, initialRows);
      buffer.texts = [...texts];
      buffer.items = items;
      buffer.itemCount = items.length;
      this.itemCount += items.length;
      for (const [index, text] of texts.entries()) this.textIndex[i].set(text, index);
    }
  }

  private put(i: number, value: Cell): void {
    const buffer = this.columns[i];
    const { column } = buffer;
    if (value === null || (typeof value === 'number' && value !== value)) {
      if (!column.nullable) throw new Error(`table ${this.table.name}: ${column.name} must have a value`);
      buffer.values[this.count] = column.type === 'STRING' || isList(column.type) ? -1 : Number.NaN;
    } else if (typeof value === 'number' && column.type !== 'STRING' && !isList(column.type)) {
      buffer.values[this.count] = column.type === 'FLOAT' ? Math.fround(value) : value;
    } else if (typeof value === 'string' && column.type === 'STRING') {
      let index = this.textIndex[i].get(value);
      if (index === undefined) {
        index = buffer.texts.length;
        buffer.texts.push(value);
        this.textIndex[i].set(value, index);
      }
      buffer.values[this.count] = index;
    } else if (typeof value === 'object' && isList(column.type)) {
      const end = buffer.itemCount + value.length;
      if (end > buffer.items.length) buffer.items = grown(buffer.items, Math.max(initialRows, end * 2));
      const single = column.type === 'LIST<FLOAT>';
      for (let k = 0; k < value.length; k++) buffer.items[buffer.itemCount + k] = single ? Math.fround(value[k]) : value[k];
      buffer.itemCount = end;
      this.itemCount += value.length;
      buffer.values[this.count] = value.length;
    } else {
      throw new Error(`table ${this.table.name}: ${column.name} is ${column.type}, not a ${typeof value}`);
    }
  }
}

function grown(array: Float64Array, length: number): Float64Array {
  if (length <= array.length) return array;
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
