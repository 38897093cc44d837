import type { SeriesColumn } from './series-sampler.ts';

/** A measure, such as census/foragers.intake, and the value above or below which a run stops. */
export interface MeasureStop {
  readonly measure: string;
  readonly above?: number | undefined;
  readonly below?: number | undefined;
}

/** Whether a value is above or below what a run waits for. */
export const crosses = (value: number, { above, below }: Pick<MeasureStop, 'above' | 'below'>): boolean =>
  (above !== undefined && value > above) || (below !== undefined && value < below);

/** Index of a measure among columns, or -1. */
export const columnOf = (columns: readonly Pick<SeriesColumn, 'probe' | 'name'>[], measure: string): number =>
  columns.findIndex(({ probe, name }) => `${probe}/${name}` === measure);
