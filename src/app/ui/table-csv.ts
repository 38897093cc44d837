import { csvField } from '../../export/csv-field.ts';
import type { Cell, ExportTable } from '../../export/export-table.ts';

/** A table as CSV, with a header. */
export function tableCsv(table: ExportTable, rows: Iterable<readonly Cell[]>): string {
  const field = (cell: Cell) =>
    typeof cell === 'string' ? csvField(cell) : typeof cell === 'number' && !Number.isNaN(cell) ? String(cell) : '';
  const lines = [table.columns.map(({ name }) => name).join(',')];
  for (const row of rows) lines.push(row.map(field).join(','));
  return `${lines.join('\n')}\n`;
}
