import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import { expectList, expectObject, expectText, expectWhole, ShapeError } from '../record/expect-shape.ts';
import type { Packable } from '../record/pack.ts';
import type { ColumnType, ExportColumn, ExportTable, Sink } from './export-table.ts';
import type { ColumnBuffer, RowBuffer } from './row-buffer.ts';
import type { TableEncoder } from './table-encoder.ts';

type SchemaElement = ParquetWriter['schema'][number];

/** Collects the bytes of one row group and passes them on when it is complete. */
class SinkWriter extends ByteWriter {
  private readonly sink: Sink;

  constructor(sink: Sink) {
    super();
    this.sink = sink;
  }

  flush(): void {
    if (this.index > 0) this.sink(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

/**
 * Encodes row groups as one Parquet file (snappy, statistics per row group). The format is the working format of the
 * exports: https://github.com/apache/parquet-format.
 * @param metadata key and value pairs in the file's footer
 * @experimental
 */
export function createParquetEncoder(table: ExportTable, sink: Sink, metadata: Record<string, string> = {}): TableEncoder {
  const writer = new SinkWriter(sink);
  const parquet = new ParquetWriter({
    writer,
    schema: parquetSchema(table),
    createdBy: 'upslope',
  });
  return {
    write(rows: RowBuffer): void {
      const columnData = rows.columns.map((buffer) => ({
        name: buffer.column.name,
        data: columnValues(buffer, rows.count),
        // Measures hardly ever repeat: building a dictionary costs more than it saves.
        ...(buffer.column.type === 'FLOAT' || buffer.column.type === 'LIST<FLOAT>' ? { encoding: 'PLAIN' as const } : {}),
        // Page offsets would have to be kept until the footer. A row group is small enough to be read whole.
        offsetIndex: false,
      }));
      parquet.write({ columnData, rowGroupSize: rows.count });
      parquet.pendingIndexes = [];
    },
    finish(more = {}): void {
      parquet.kvMetadata = Object.entries({ ...metadata, ...more }).map(([key, value]) => ({ key, value }));
      parquet.finish();
    },
    state(): Packable {
      writer.flush();
      return {
        offset: writer.offset,
        rows: parquet.num_rows,
        groups: parquet.row_groups as unknown as Packable,
      };
    },
    restore(state: Packable): void {
      const saved = state as unknown as { offset: number; rows: bigint; groups: ParquetWriter['row_groups'] };
      checkSaved(state, table.name);
      writer.index = 0;
      writer.offset = saved.offset;
      parquet.num_rows = saved.rows;
      parquet.row_groups = saved.groups;
    },
  };
}

/**
 * Checks the saved state of a writer in the middle of a file, so that it can continue.
 * @throws {ShapeError}
 */
function checkSaved(state: Packable, name: string): void {
  const { offset, rows, groups } = expectObject(state, `${name}.parquet`);
  expectWhole(offset, `${name}.parquet offset`);
  expectBigInt(rows, `${name}.parquet rows`);
  for (const [g, one] of expectList(groups, `${name}.parquet groups`).entries()) {
    const where = `${name}.parquet groups[${g}]`;
    const group = expectObject(one, where);
    for (const key of ['num_rows', 'total_byte_size', 'total_compressed_size']) expectBigInt(group[key], `${where}.${key}`);
    for (const [c, column] of expectList(group.columns, `${where}.columns`).entries()) {
      const meta = expectObject(expectObject(column, `${where}.columns[${c}]`).meta_data, `${where}.columns[${c}]`);
      for (const key of ['num_values', 'total_uncompressed_size', 'total_compressed_size', 'data_page_offset']) {
        expectBigInt(meta[key], `${where}.columns[${c}].${key}`);
      }
      expectText(meta.type, `${where}.columns[${c}].type`);
      expectText(meta.codec, `${where}.columns[${c}].codec`);
      for (const word of expectList(meta.encodings, `${where}.columns[${c}].encodings`))
        expectText(word, `${where}.columns[${c}].encodings`);
      for (const word of expectList(meta.path_in_schema, `${where}.columns[${c}].path`))
        expectText(word, `${where}.columns[${c}].path`);
    }
  }
}

function expectBigInt(value: unknown, where: string): void {
  if (typeof value !== 'bigint') throw new ShapeError(where, 'is not a whole number');
}

const physicalType = (type: ColumnType) =>
  (type === 'STRING' ? 'BYTE_ARRAY' : type) as 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE' | 'BYTE_ARRAY';

/** Schema of the file: flat columns, and lists in the standard's three-level form. */
function parquetSchema(table: ExportTable): SchemaElement[] {
  const schema: SchemaElement[] = [{ name: 'root', num_children: table.columns.length }];
  for (const column of table.columns) schema.push(...columnSchema(column));
  return schema;
}

function columnSchema({ name, type, nullable }: ExportColumn): SchemaElement[] {
  const repetition_type = nullable ? 'OPTIONAL' : 'REQUIRED';
  if (type.startsWith('LIST<')) {
    return [
      { name, repetition_type, converted_type: 'LIST', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'REQUIRED', type: physicalType(type.slice(5, -1) as ColumnType) },
    ];
  }
  const text = type === 'STRING' ? { converted_type: 'UTF8' as const } : {};
  return [{ name, repetition_type, type: physicalType(type), ...text }];
}

function columnValues({ column, values, texts, items }: ColumnBuffer, count: number) {
  const { type, nullable } = column;
  const numbers = values.subarray(0, count);
  if (type === 'STRING') return Array.from(numbers, (index) => (index < 0 ? null : texts[index]));
  if (type.startsWith('LIST<')) {
    const integers = type === 'LIST<INT64>';
    let at = 0;
    return Array.from(numbers, (length) => {
      if (length < 0) return null;
      const list = Array.from(items.subarray(at, at + length));
      at += length;
      return integers ? list.map(BigInt) : list;
    });
  }
  if (nullable) {
    if (type === 'INT64') return Array.from(numbers, (value) => (value !== value ? null : BigInt(value)));
    return Array.from(numbers, (value) => (value !== value ? null : value));
  }
  if (type === 'INT64') return BigInt64Array.from(numbers, BigInt);
  if (type === 'INT32') return Int32Array.from(numbers);
  return type === 'FLOAT' ? Float32Array.from(numbers) : Float64Array.from(numbers);
}
