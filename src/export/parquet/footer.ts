import { type ColumnType, isList } from '../export-table.ts';
import { rowGroupLimits } from '../table-writer.ts';
import type { FileSource } from '../validate/file-source.ts';
import { Damage } from './damage.ts';
import { formatNumbers, plainTypes } from './format-numbers.ts';
import { itemType } from './item-type.ts';
import type { SchemaElement } from './schema-element.ts';
import { ThriftReader } from './thrift-reader.ts';

/** A column as the file describes it. */
export interface FileColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** Where the values of a column are for the rows of a group, as the footer states. */
export interface Chunk {
  /** Place of the first byte, and of the byte behind the last. */
  readonly start: number;
  readonly end: number;
  /** Place of the first page with data, behind the dictionary page. */
  readonly data: number;
  /** Values and nulls; items for lists. */
  readonly values: number;
}

/** Rows `rowStart` to `rowEnd - 1`, written and read together; one chunk a column. */
export interface RowGroup {
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly chunks: readonly Chunk[];
}

/** What the footer of a Parquet file states, checked against the file and against what our writer writes. */
export interface Footer {
  readonly rowCount: number;
  readonly columns: readonly FileColumn[];
  readonly groups: readonly RowGroup[];
  /** Texts by key. */
  readonly metadata: ReadonlyMap<string, string>;
}

const magic = [0x50, 0x41, 0x52, 0x31];
/**
 * Items of lists in a chunk: a group ends where its lists hold this many, and the lists of its last row are not longer than the
 * rest.
 */
const mostItems = 10 * rowGroupLimits.items;
/** Rows for each byte of the file: rows differ by at least one bit, and no table has a row in less. */
const rowsPerByte = 64;

/**
 * Reads the footer and checks all that can be checked without the data: chunks lie one behind the other and fill the file, and
 * rows and values add up within what our writer writes. Time and memory grow with the file alone.
 * @throws {Damage}
 */
export function readFooter(file: FileSource): Footer {
  const { byteLength } = file;
  if (byteLength < 12) throw new Damage(`it has ${byteLength} bytes, too few`);
  const head = new Uint8Array(file.slice(0, 4));
  const tail = new Uint8Array(file.slice(byteLength - 8));
  if (magic.some((byte, i) => head[i] !== byte)) throw new Damage('it does not begin with PAR1');
  if (magic.some((byte, i) => tail[4 + i] !== byte)) throw new Damage('it does not end with PAR1');
  const length = new DataView(tail.buffer).getUint32(0, true);
  if (length > byteLength - 12) throw new Damage(`its footer of ${length} bytes is longer than the file`);
  const start = byteLength - 8 - length;
  const reader = new ThriftReader(new Uint8Array(file.slice(start, byteLength - 8)));
  let elements: SchemaElement[] = [];
  let rowCount = -1;
  const found: FoundGroup[] = [];
  const metadata = new Map<string, string>();
  reader.fields({
    2: (kind) => {
      reader.list(kind, (of) => void elements.push(readElement(reader, of)));
    },
    3: (kind) => {
      rowCount = reader.count(kind);
    },
    4: (kind) => {
      reader.list(kind, (of) => void found.push(readGroup(reader, of)));
    },
    5: (kind) => {
      reader.list(kind, (of) => {
        let [key, value] = ['', ''];
        reader.struct(of, {
          1: (text) => {
            key = reader.text(text);
          },
          2: (text) => {
            value = reader.text(text);
          },
        });
        metadata.set(key, value);
      });
    },
  });
  if (reader.at !== length) throw new Damage('its footer has bytes behind its end');
  const columns = columnsOf(elements);
  elements = [];
  if (rowCount > rowsPerByte * byteLength) throw new Damage(`${rowCount} rows do not fit into ${byteLength} bytes`);
  let [row, at] = [0, 4];
  const groups = found.map((group, index): RowGroup => {
    const where = `group ${index + 1}`;
    if (!(group.rows >= 1 && group.rows <= rowGroupLimits.rows)) throw new Damage(`${where} has ${group.rows} rows`);
    if (group.chunks.length !== columns.length) throw new Damage(`${where} has ${group.chunks.length} columns`);
    for (const [c, chunk] of group.chunks.entries()) {
      checkChunk(chunk, columns[c], group.rows, at, `${where}, column ${columns[c].name}`);
      at = chunk.end;
    }
    row += group.rows;
    return { rowStart: row - group.rows, rowEnd: row, chunks: group.chunks };
  });
  if (row !== rowCount) throw new Damage(`it states ${rowCount} rows, but its groups have ${row}`);
  if (at !== start) throw new Damage(`its columns end at byte ${at}, but its footer begins at ${start}`);
  return { rowCount, columns, groups, metadata };
}

interface FoundChunk extends Chunk {
  readonly type: number;
  readonly codec: number;
  readonly path: string;
}

interface FoundGroup {
  readonly rows: number;
  readonly chunks: readonly FoundChunk[];
}

function readGroup(reader: ThriftReader, of: number): FoundGroup {
  const chunks: FoundChunk[] = [];
  let rows = -1;
  reader.struct(of, {
    1: (kind) => {
      reader.list(kind, (column) => void chunks.push(readChunk(reader, column)));
    },
    3: (kind) => {
      rows = reader.count(kind);
    },
  });
  return { rows, chunks };
}

function readChunk(reader: ThriftReader, of: number): FoundChunk {
  const numbers: Record<'type' | 'codec' | 'values' | 'size' | 'data', number> = {
    ...{ type: -1, codec: -1, values: -1, size: -1, data: -1 },
  };
  let dictionary: number | undefined;
  const path: string[] = [];
  const number = (name: keyof typeof numbers) => (kind: number) => {
    numbers[name] = reader.count(kind);
  };
  reader.struct(of, {
    1: () => {
      throw new Damage('a column lies in another file');
    },
    3: (kind) =>
      reader.struct(kind, {
        1: number('type'),
        3: (list) => reader.list(list, (text) => void path.push(reader.text(text))),
        4: number('codec'),
        5: number('values'),
        7: number('size'),
        9: number('data'),
        11: (place) => {
          dictionary = reader.count(place);
        },
      }),
  });
  const { type, codec, values, size, data } = numbers;
  const start = dictionary ?? data;
  return { type, codec, values, path: path.join('.'), data, start, end: start + size };
}

function checkChunk(chunk: FoundChunk, column: FileColumn, rows: number, at: number, where: string): void {
  const { type, codec, values, path, start, end, data } = chunk;
  const list = isList(column.type);
  if (path !== (list ? `${column.name}.list.element` : column.name)) throw new Damage(`${where} has another name there`);
  if (plainTypes[type] !== itemType(column.type)) throw new Damage(`${where} has values of another type`);
  if (codec !== formatNumbers.snappy) throw new Damage(`${where} is not compressed with snappy`);
  if (start !== at) throw new Damage(`${where} begins at byte ${start}, not at ${at}`);
  if (!(end > start && data >= start && data < end)) throw new Damage(`${where} ends at byte ${end}`);
  if (list ? !(values >= rows && values <= rows + mostItems) : values !== rows) {
    throw new Damage(`${where} has ${values} values in ${rows} rows`);
  }
}

const listTypes: readonly ColumnType[] = ['LIST<INT64>', 'LIST<FLOAT>', 'LIST<DOUBLE>'];

const { required, optional, repeated } = formatNumbers.repetitions;
const { utf8, list: listOf } = formatNumbers.conversions;

function readElement(reader: ThriftReader, of: number): SchemaElement {
  const element: { -readonly [K in keyof SchemaElement]: SchemaElement[K] } = { name: '' };
  const number = (name: 'type' | 'repetition' | 'children' | 'converted') => (kind: number) => {
    element[name] = reader.count(kind);
  };
  reader.struct(of, {
    1: number('type'),
    3: number('repetition'),
    4: (kind) => {
      element.name = reader.text(kind);
    },
    5: number('children'),
    6: number('converted'),
  });
  return element;
}

/** Columns of a schema of flat columns and of lists of plain values, in the three levels of the standard. */
function columnsOf([root, ...elements]: readonly SchemaElement[]): FileColumn[] {
  const columns: FileColumn[] = [];
  for (let i = 0; i < elements.length; ) {
    const element = elements[i];
    const { name, repetition, children } = element;
    const type = children === undefined ? flatType(element) : listType(element, elements[i + 1], elements[i + 2]);
    if (type === undefined || name === '' || (repetition !== required && repetition !== optional)) {
      throw new Damage(`the column ${name.slice(0, 60)} is of a type that upslope never writes`);
    }
    columns.push({ name, type, nullable: repetition === optional });
    i += children === undefined ? 1 : 3;
  }
  if (columns.length === 0 || root.children !== columns.length) throw new Damage('its columns do not add up');
  const names = new Set(columns.map(({ name }) => name));
  if (names.size < columns.length) throw new Damage('two of its columns have the same name');
  return columns;
}

function flatType({ type = -1, converted }: SchemaElement): ColumnType | undefined {
  const plain = plainTypes[type];
  if (plain === 'STRING') return converted === utf8 ? plain : undefined;
  return converted === undefined ? plain : undefined;
}

function listType(outer: SchemaElement, list?: SchemaElement, item?: SchemaElement): ColumnType | undefined {
  const isThree =
    outer.converted === listOf &&
    outer.children === 1 &&
    list?.name === 'list' &&
    list.repetition === repeated &&
    list.children === 1 &&
    item?.name === 'element' &&
    item.repetition === required &&
    item.children === undefined;
  const type = isThree ? flatType(item) : undefined;
  return listTypes.find((known) => itemType(known) === type);
}
