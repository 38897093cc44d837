import { type ExportColumn, type ExportTable, isList } from '../export-table.ts';
import { formatNumbers, numberOfType } from './format-numbers.ts';
import type { GrowingBytes } from './growing-bytes.ts';
import { itemType } from './item-type.ts';
import type { SchemaElement } from './schema-element.ts';
import { ThriftWriter } from './thrift-writer.ts';
import type { ChunkFacts } from './write-chunk.ts';

const { encodings, repetitions, conversions, snappy } = formatNumbers;

/** What the footer states of a group of rows. */
export interface GroupFacts {
  readonly rows: number;
  /** One for each column of the table. */
  readonly chunks: readonly ChunkFacts[];
}

/** Appends the footer of a file, without its length and the closing mark. */
export function writeFooter(
  out: GrowingBytes,
  table: ExportTable,
  groups: readonly GroupFacts[],
  metadata: Readonly<Record<string, string>>,
): void {
  const thrift = new ThriftWriter(out);
  thrift.struct(() => {
    thrift.i32(1, 2);
    thrift.structs(2, schemaOf(table), (element) => writeElement(thrift, element));
    thrift.i64(
      3,
      groups.reduce((sum, { rows }) => sum + rows, 0),
    );
    thrift.structs(4, groups, ({ rows, chunks }) => {
      thrift.structs(1, chunks, (chunk, c) => writeFacts(thrift, table.columns[c], chunk));
      thrift.i64(
        2,
        chunks.reduce((sum, { whole }) => sum + whole, 0),
      );
      thrift.i64(3, rows);
      thrift.i64(
        6,
        chunks.reduce((sum, { stored }) => sum + stored, 0),
      );
    });
    thrift.structs(5, Object.entries(metadata), ([key, value]) => {
      thrift.text(1, key);
      thrift.text(2, value);
    });
    thrift.text(6, 'upslope');
    // Bounds are in the order of the type of their column.
    thrift.structs(7, table.columns, () => thrift.structField(1, () => {}));
  });
}

function writeFacts(thrift: ThriftWriter, column: ExportColumn, chunk: ChunkFacts): void {
  const { values, nulls, whole, stored, data, dictionary, least, greatest } = chunk;
  const list = isList(column.type);
  thrift.i64(2, 0);
  thrift.structField(3, () => {
    thrift.i32(1, numberOfType[itemType(column.type)] as number);
    const ofValues = dictionary < 0 ? [encodings.plain] : [encodings.plain, encodings.dictionary];
    thrift.i32s(2, list || column.nullable ? [...ofValues, encodings.levels] : ofValues);
    thrift.texts(3, list ? [column.name, 'list', 'element'] : [column.name]);
    thrift.i32(4, snappy);
    thrift.i64(5, values);
    thrift.i64(6, whole);
    thrift.i64(7, stored);
    thrift.i64(9, data);
    if (dictionary >= 0) thrift.i64(11, dictionary);
    thrift.structField(12, () => {
      thrift.i64(3, nulls);
      if (greatest.length > 0) thrift.bytes(5, greatest);
      if (least.length > 0) thrift.bytes(6, least);
    });
  });
}

/** Flat columns, and lists in the standard's three-level form. */
function schemaOf(table: ExportTable): SchemaElement[] {
  return [{ name: 'root', children: table.columns.length }, ...table.columns.flatMap(elementsOf)];
}

function elementsOf({ name, type, nullable }: ExportColumn): SchemaElement[] {
  const repetition = nullable ? repetitions.optional : repetitions.required;
  const plain = numberOfType[itemType(type)];
  if (isList(type)) {
    return [
      { name, repetition, children: 1, converted: conversions.list },
      { name: 'list', repetition: repetitions.repeated, children: 1 },
      { name: 'element', type: plain, repetition: repetitions.required },
    ];
  }
  return [{ name, type: plain, repetition, ...(type === 'STRING' ? { converted: conversions.utf8 } : {}) }];
}

function writeElement(thrift: ThriftWriter, { name, type, repetition, children, converted }: SchemaElement): void {
  if (type !== undefined) thrift.i32(1, type);
  if (repetition !== undefined) thrift.i32(3, repetition);
  thrift.text(4, name);
  if (children !== undefined) thrift.i32(5, children);
  if (converted !== undefined) thrift.i32(6, converted);
}
