import type { Packable } from '../record/pack.ts';
import { csvField } from './csv-field.ts';
import { type ExportTable, isList, type Sink } from './export-table.ts';
import type { RowBuffer } from './row-buffer.ts';
import type { TableEncoder } from './table-encoder.ts';

/**
 * Encodes rows as CSV (RFC 4180 with LF): a header line, numbers in the shortest form that reads back to the same
 * double, null as an empty field, lists as `[1,2]` in quotes.
 * @experimental
 */
export function createCsvEncoder(table: ExportTable, sink: Sink): TableEncoder {
  const encoder = new TextEncoder();
  let started = false;
  const start = () => {
    if (!started) sink(encoder.encode(`${table.columns.map(({ name }) => csvField(name)).join()}\n`));
    started = true;
  };
  return {
    write(rows: RowBuffer): void {
      start();
      const fields = rows.columns.map((buffer) => fieldReader(buffer));
      let text = '';
      for (let row = 0; row < rows.count; row++) {
        for (let i = 0; i < fields.length; i++) text += i === 0 ? fields[i](row) : `,${fields[i](row)}`;
        text += '\n';
        if (text.length > 65536) {
          sink(encoder.encode(text));
          text = '';
        }
      }
      if (text !== '') sink(encoder.encode(text));
    },
    finish(): void {
      start();
    },
    state(): Packable {
      return { started };
    },
    restore(state: Packable): void {
      started = (state as { started: boolean }).started;
    },
  };
}

/** Text of the field in each row; called in the order of rows. */
function fieldReader({ column, values, texts, items }: RowBuffer['columns'][number]): (row: number) => string {
  if (column.type === 'STRING') return (row) => (values[row] < 0 ? '' : csvField(texts[values[row]]));
  if (isList(column.type)) {
    let at = 0;
    return (row) => {
      const length = values[row];
      if (length < 0) return '';
      const list = items.subarray(at, at + length);
      at += length;
      return csvField(`[${list.join()}]`);
    };
  }
  return (row) => (values[row] !== values[row] ? '' : String(values[row]));
}
