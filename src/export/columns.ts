import type { ExportColumn } from './export-table.ts';

/** A column of texts. */
export const textColumn = (name: string, description: string): ExportColumn => ({
  name,
  type: 'STRING',
  nullable: false,
  unit: '',
  description,
});

/** A column of whole numbers. */
export const integerColumn = (name: string, unit: string, description: string): ExportColumn => ({
  name,
  type: 'INT64',
  nullable: false,
  unit,
  description,
});

/** A column of numbers; NaN becomes null. */
export const realColumn = (name: string, unit: string, description: string): ExportColumn => ({
  name,
  type: 'DOUBLE',
  nullable: true,
  unit,
  description,
});

/** The first columns of every row about a window between two censuses. */
export const windowColumns: readonly ExportColumn[] = [
  textColumn('population', 'Name of the population.'),
  integerColumn('from', 'ticks', 'Census at which the window opens.'),
  integerColumn('to', 'ticks', 'Census at which it closes.'),
];

/** How reliable an assayed gradient is at some loci. */
export const reliabilityColumns: readonly ExportColumn[] = [
  realColumn('reliability', '', 'Reliability of the gradient at these loci, over forks; null where it does not exceed noise.'),
  realColumn('reliability_effects', '', 'The same in the metric of effects on actions; null without loci of a policy.'),
];

/** Columns of a displacement against a gradient. @param unit of the displacement */
export const projectionColumns = (unit: string): readonly ExportColumn[] => [
  realColumn('along', unit, 'Length along the gradient, below 0 downhill.'),
  realColumn('across', unit, 'Length of the rest.'),
  realColumn('cosine', '', 'Cosine to the gradient; null where there is no gradient.'),
];
