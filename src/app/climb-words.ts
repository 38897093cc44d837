import { type AssaySummary, assayParts } from '../analysis/assay/summarise-assay.ts';
import { csvField } from '../export/csv-field.ts';
import type { Cell, ExportTable } from '../export/export-table.ts';

/** One row per locus. */
export function climbCsv({ gradient, error, selection }: AssaySummary, loci: readonly string[]): string {
  const kinds = (['realised', 'reshuffled', 'perturbed'] as const).filter((kind) => selection[kind]);
  const columns = kinds.flatMap((kind) =>
    assayParts.map((part) => ({ name: `selection_${kind}_${part}`, values: selection[kind]?.[part] })),
  );
  const rows = loci.map((locus, l) =>
    [csvField(locus), gradient[l], error[l], ...columns.map(({ values }) => values?.[l])].join(','),
  );
  return `${[['locus', 'gradient', 'error', ...columns.map(({ name }) => name)].join(','), ...rows].join('\n')}\n`;
}

/** A table of the climb as CSV. */
export function tableCsv(table: ExportTable, rows: Iterable<readonly Cell[]>): string {
  const field = (cell: Cell) =>
    typeof cell === 'string' ? csvField(cell) : typeof cell === 'number' && !Number.isNaN(cell) ? String(cell) : '';
  const lines = [table.columns.map(({ name }) => name).join(',')];
  for (const row of rows) lines.push(row.map(field).join(','));
  return `${lines.join('\n')}\n`;
}
