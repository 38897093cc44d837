import { expectColumn, expectList, expectText, expectWhole, ShapeError } from '../record/expect-shape.ts';
import type { Packable } from '../record/pack.ts';
import { type Cell, type ColumnType, type ExportColumn, type ExportTable, isList } from './export-table.ts';

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

/** How the values of a column are kept: numbers, numbers of 32 bits, texts, lists, lists of numbers of 32 bits. */
const kindOf = { number: 0, single: 1, text: 2, list: 3, singles: 4 } as const;

function kindOfType(type: ColumnType): number {
  if (type === 'STRING') return kindOf.text;
  if (isList(type)) return type === 'LIST<FLOAT>' ? kindOf.singles : kindOf.list;
  return type === 'FLOAT' ? kindOf.single : kindOf.number;
}

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
  /** Index of the last text of each column. */
  private readonly lastText: Int32Array;
  private readonly kinds: Uint8Array;
  /** Column of the next value of the row that has begun. */
  private next = 0;
  /** Items of each column up to the last whole row. */
  private readonly itemEnds: Float64Array;
  private readonly listColumns: readonly number[];

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
    this.lastText = new Int32Array(table.columns.length).fill(-1);
    this.itemEnds = new Float64Array(table.columns.length);
    this.listColumns = table.columns.flatMap(({ type }, i) => (isList(type) ? [i] : []));
    this.kinds = Uint8Array.from(table.columns, ({ type }) => kindOfType(type));
  }

  /**
   * Adds a row: one value a column, in the order of the table's columns.
   * @throws {Error} for a missing value in a column that may not be null, or a value of the wrong kind
   */
  append(row: readonly Cell[]): void {
    this.begin();
    if (row.length !== this.columns.length) this.refuse(row.length);
    for (let i = 0; i < row.length; i++) this.cell(row[i]);
    this.end();
  }

  /** Begins a row: one value a column follows, in the order of the columns, then `end`. Nothing is allocated. */
  begin(): void {
    this.next = 0;
    this.dropUnfinished();
    if (this.count === this.columns[0].values.length) {
      for (const buffer of this.columns) buffer.values = grown(buffer.values, this.count * 2);
    }
  }

  /** @throws {Error} if values are missing, or there were too many */
  end(): void {
    if (this.next !== this.columns.length) this.refuse(this.next);
    for (const i of this.listColumns) this.itemEnds[i] = this.columns[i].itemCount;
    this.count++;
  }

  /** Drops the items of a row that was refused. */
  dropUnfinished(): void {
    for (const i of this.listColumns) {
      const buffer = this.columns[i];
      this.itemCount -= buffer.itemCount - this.itemEnds[i];
      buffer.itemCount = this.itemEnds[i];
    }
  }

  private refuse(values: number): never {
    throw new Error(`table ${this.table.name}: a row has ${values} values, but the table has ${this.columns.length} columns`);
  }

  /** The next value of the row, of a column of numbers; NaN for null. */
  number(value: number): void {
    const i = this.next++;
    // A column too many has no kind.
    const kind = this.kinds[i] ?? kindOf.text;
    if (kind > kindOf.single || typeof value !== 'number' || (value !== value && !this.columns[i].column.nullable)) {
      this.next--;
      this.cell(value);
    } else this.columns[i].values[this.count] = kind === kindOf.single ? Math.fround(value) : value;
  }

  /** The next value of the row, of a column of lists: the first items of a list. */
  list(items: ArrayLike<number>, count = items.length): void {
    const i = this.next++;
    if (i >= this.columns.length) this.refuse(i + 1);
    const buffer = this.columns[i];
    if (this.kinds[i] < kindOf.list) this.wrong(i, 'list');
    const end = buffer.itemCount + count;
    if (end > buffer.items.length) buffer.items = grown(buffer.items, Math.max(initialRows, end * 2));
    const single = this.kinds[i] === kindOf.singles;
    for (let k = 0; k < count; k++) buffer.items[buffer.itemCount + k] = single ? Math.fround(items[k]) : items[k];
    buffer.itemCount = end;
    this.itemCount += count;
    buffer.values[this.count] = count;
  }

  /** The next value of the row, of a column of texts. */
  text(value: string): void {
    const i = this.next++;
    if (i >= this.columns.length) this.refuse(i + 1);
    const buffer = this.columns[i];
    if (this.kinds[i] !== kindOf.text) this.wrong(i, 'string');
    // Rows that follow each other often have the same text.
    if (buffer.texts[this.lastText[i]] !== value) {
      let index = this.textIndex[i].get(value);
      if (index === undefined) {
        index = buffer.texts.length;
        buffer.texts.push(value);
        this.textIndex[i].set(value, index);
      }
      this.lastText[i] = index;
    }
    buffer.values[this.count] = this.lastText[i];
  }

  /** The next value of the row. @throws {Error} as `append` */
  cell(value: Cell): void {
    const i = this.next;
    if (i >= this.columns.length) this.refuse(i + 1);
    if (value === null || (typeof value === 'number' && value !== value)) {
      const { column, values } = this.columns[i];
      if (!column.nullable) throw new Error(`table ${this.table.name}: ${column.name} must have a value`);
      values[this.count] = this.kinds[i] <= kindOf.single ? Number.NaN : -1;
      this.next++;
    } else if (typeof value === 'string') this.text(value);
    else if (typeof value === 'object') this.list(value);
    else if (typeof value === 'number' && this.kinds[i] <= kindOf.single) this.number(value);
    else this.wrong(i, typeof value);
  }

  private wrong(i: number, given: string): never {
    const { name, type } = this.columns[i].column;
    throw new Error(`table ${this.table.name}: ${name} is ${type}, not ${given === 'undefined' ? given : `a ${given}`}`);
  }

  /** Forgets all rows and keeps the memory. */
  clear(): void {
    for (const [i, buffer] of this.columns.entries()) {
      buffer.texts = [];
      buffer.itemCount = 0;
      this.textIndex[i].clear();
    }
    this.lastText.fill(-1);
    this.itemEnds.fill(0);
    this.count = 0;
    this.itemCount = 0;
  }

  state(): Packable {
    this.dropUnfinished();
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
      this.itemEnds[i] = items.length;
      for (const [index, text] of texts.entries()) this.textIndex[i].set(text, index);
    }
  }
}

function grown(array: Float64Array, length: number): Float64Array {
  if (length <= array.length) return array;
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
