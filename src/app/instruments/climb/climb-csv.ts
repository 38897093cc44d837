import { type AssaySummary, assayParts } from '../../../analysis/assay/summarise-assay.ts';
import { csvField } from '../../../export/csv-field.ts';

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
