import { expectColumn, expectList, expectObject, expectWhole } from '../record/expect-shape.ts';
import type { Packable } from '../record/pack.ts';
import type { ExportTable, Sink } from './export-table.ts';
import { GrowingBytes } from './parquet/growing-bytes.ts';
import { type ChunkFacts, writeChunk } from './parquet/write-chunk.ts';
import { type GroupFacts, writeFooter } from './parquet/write-footer.ts';
import type { RowBuffer } from './row-buffer.ts';
import type { TableEncoder } from './table-encoder.ts';

const mark = Uint8Array.of(0x50, 0x41, 0x52, 0x31);

/**
 * Encodes row groups as one Parquet file (snappy, bounds and number of nulls per row group). The format is the working format of the
 * exports: https://github.com/apache/parquet-format.
 * @param metadata key and value pairs in the file's footer
 * @experimental
 */
export function createParquetEncoder(table: ExportTable, sink: Sink, metadata: Record<string, string> = {}): TableEncoder {
  const out = new GrowingBytes();
  let offset = 0;
  let groups: GroupFacts[] = [];
  const flush = () => {
    if (out.length > 0) sink(out.view());
    offset += out.length;
    out.clear();
  };
  out.append(mark);
  return {
    write(rows: RowBuffer): void {
      const chunks = rows.columns.map((column) => writeChunk(out, offset, column, rows.count));
      groups.push({ rows: rows.count, chunks });
      flush();
    },
    finish(more = {}): void {
      const before = out.length;
      writeFooter(out, table, groups, { ...metadata, ...more });
      out.little(out.length - before, 4);
      out.append(mark);
      flush();
    },
    state(): Packable {
      flush();
      // A copy: the writer continues with its own.
      return { offset, groups: [...groups] as unknown as Packable };
    },
    restore(state: Packable): void {
      const saved = readState(state, table);
      out.clear();
      offset = saved.offset;
      groups = [...saved.groups];
    },
  };
}

/**
 * Checks the saved state of a writer in the middle of a file, so that it can continue.
 * @throws {ShapeError}
 */
function readState(state: Packable, { name, columns }: ExportTable): { offset: number; groups: readonly GroupFacts[] } {
  const saved = expectObject(state, `${name}.parquet`);
  const offset = expectWhole(saved.offset, `${name}.parquet offset`, mark.length);
  const groups = expectList(saved.groups, `${name}.parquet groups`).map((one, g): GroupFacts => {
    const where = `${name}.parquet groups[${g}]`;
    const group = expectObject(one, where);
    const chunks = expectList(group.chunks, `${where}.chunks`, columns.length).map((each, c): ChunkFacts => {
      const facts = expectObject(each, `${where}.chunks[${c}]`);
      const whole = (key: string, least = 0) => expectWhole(facts[key], `${where}.chunks[${c}].${key}`, least);
      const bytes = (key: string) => expectColumn(facts[key], `${where}.chunks[${c}].${key}`, 'Uint8Array');
      return {
        ...{ values: whole('values'), nulls: whole('nulls'), whole: whole('whole'), stored: whole('stored') },
        ...{ data: whole('data'), dictionary: whole('dictionary', -1), least: bytes('least'), greatest: bytes('greatest') },
      };
    });
    return { rows: expectWhole(group.rows, `${where}.rows`), chunks };
  });
  return { offset, groups };
}
