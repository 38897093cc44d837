import type { Alignment, AssaySummary } from '../analysis/assay/summarise-assay.ts';
import { csvField } from '../export/csv-field.ts';
import type { Cell, ExportTable } from '../export/export-table.ts';

/** What an assay found, each clause a number of it. */
export function climbSentences({ within, between, reliability }: AssaySummary): string[] {
  const tell = (where: string, { projection, percentile, null: [low, high], neutralPercentile }: Alignment) =>
    `${where} clades ${(100 * projection.share).toFixed(0)} % of selection lay along the gradient, ${projection.cosine >= 0 ? 'up' : 'down'} it; ` +
    `its cosine of ${projection.cosine.toFixed(2)} beats ${(100 * percentile).toFixed(0)} % of random directions (95 % of them lie from ${low.toFixed(2)} to ${high.toFixed(2)})${Number.isNaN(neutralPercentile) ? '' : ` and ${(100 * neutralPercentile).toFixed(0)} % of neutral shadows`}.`;
  const known = (part: Alignment) => !Number.isNaN(part.projection.cosine);
  return [
    ...(known(within) ? [tell('Within', within)] : ['Every clade has one member: nothing varies within them yet.']),
    ...(known(between) ? [tell('Between', between)] : []),
    Number.isNaN(reliability)
      ? 'The two halves of the forks do not agree on the gradient: more forks are needed before it says anything.'
      : `Reliability of the gradient, from its halves: ${reliability.toFixed(2)} of 1.`,
  ];
}

/** A row a locus. */
export function climbCsv({ gradient, error, within, between }: AssaySummary, loci: readonly string[]): string {
  const rows = loci.map((locus, l) =>
    [csvField(locus), gradient[l], error[l], within.selection[l], between.selection[l]].join(','),
  );
  return `${['locus,gradient,error,selection_within,selection_between', ...rows].join('\n')}\n`;
}

/** A table of the climb as CSV. */
export function tableCsv(table: ExportTable, rows: Iterable<readonly Cell[]>): string {
  const field = (cell: Cell) =>
    typeof cell === 'string' ? csvField(cell) : typeof cell === 'number' && !Number.isNaN(cell) ? String(cell) : '';
  const lines = [table.columns.map(({ name }) => name).join(',')];
  for (const row of rows) lines.push(row.map(field).join(','));
  return `${lines.join('\n')}\n`;
}
