import type { SpeciesEvent } from '../../../record/types.ts';
import type { Sight } from '../../../worker/describe-world.ts';
import type { SeriesData } from '../../../worker/series.ts';
import type { SeriesColumn } from '../../../worker/series-sampler.ts';

/** Data of a run for checking whether something was seen. */
export interface Sights {
  /** Columns of `data`, in its order. */
  readonly columns: readonly SeriesColumn[];
  readonly data: SeriesData | undefined;
  readonly palette: string;
  /** Paths of the changes made. */
  readonly changed: readonly string[];
  readonly events: readonly Pick<SpeciesEvent, 'kind' | 'tick'>[];
}

/** Name of a column as in scenes. */
export const measureName = ({ probe, name }: SeriesColumn): string => `${probe}/${name}`;

/** Whether all conditions of a sight hold. */
export function isSeen(
  { measure, after, above, below, rises, falls, lasts = 0, colour, changed, event }: Sight,
  sights: Sights,
): boolean {
  if (colour !== undefined && sights.palette !== colour) return false;
  if (changed !== undefined && !sights.changed.some((path) => path.endsWith(changed))) return false;
  if (event !== undefined && !sights.events.some(({ kind, tick }) => kind === event && tick >= after)) return false;
  if (measure === undefined) return true;
  const { data } = sights;
  const column = sights.columns.findIndex((one) => measureName(one) === measure);
  const values = data?.mean[column];
  if (!data || !values) return false;
  const known = [...values.keys()].filter((i) => data.ticks[i] >= after && !Number.isNaN(values[i]));
  if (known.length === 0) return false;
  const first = values[known[0]];
  const since = data.ticks[known[known.length - 1]] - lasts;
  if (data.ticks[known[0]] > since) return false;
  return known.every(
    (i) =>
      data.ticks[i] < since ||
      ((above === undefined || values[i] > above) &&
        (below === undefined || values[i] < below) &&
        (rises === undefined || values[i] - first >= rises) &&
        (falls === undefined || first - values[i] >= falls)),
  );
}
