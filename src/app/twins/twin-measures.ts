import type { WorldText } from '../../worker/describe-world.ts';
import { seriesEvery } from '../../worker/series.ts';
import type { SeriesNow } from '../../worker/topics/twins.ts';

/** A measure of which the difference is shown. */
export interface TwinMeasure {
  /** Its index in the list of the world's columns. */
  readonly column: number;
  readonly probe: string;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
}

/** A measure of both worlds over time, and its difference. */
export interface MeasureDifference {
  readonly measure: TwinMeasure;
  readonly ticks: Float64Array;
  /** The one minus the other. */
  readonly values: Float64Array;
  /** Latest values in this world and in its twin. */
  readonly here: number;
  readonly there: number;
}

/** Most measures that are shown. */
const mostMeasures = 4;

/** Measures that are shown of a world: the plots of its scene, otherwise how many live and the means of the first traits. */
export function twinMeasures({ columns, populations, view }: WorldText): readonly TwinMeasure[] {
  const usual = [
    ...populations.map(({ name }) => `census/${name}.population`),
    ...populations.flatMap(({ name, traits }) => traits.slice(0, 2).map(({ id }) => `traits/${name}.${id}.mean`)),
  ];
  const wanted = view.plots && view.plots.length > 0 ? view.plots : usual;
  const found = wanted.flatMap((measure) => {
    const column = columns.findIndex(({ probe, name }) => `${probe}/${name}` === measure);
    if (column < 0) return [];
    const { probe, name, title, unit } = columns[column];
    const population = populations.length > 1 ? populations.find((one) => name.startsWith(`${one.name}.`)) : undefined;
    return [{ column, probe, name, title: population ? `${population.title}: ${title.toLowerCase()}` : title, unit }];
  });
  return found.slice(0, mostMeasures);
}

/**
 * Differences of the measures of two worlds that sample at the same ticks, bucket by bucket.
 * @param sign 1 for the first minus the second, -1 for the reverse
 */
export function subtractSeries(
  measures: readonly TwinMeasure[],
  here: SeriesNow,
  there: SeriesNow,
  sign: 1 | -1,
): readonly MeasureDifference[] {
  const { bucketTicks } = here.data;
  if (bucketTicks !== there.data.bucketTicks) return [];
  // A bucket in which one world lacks samples would compare different ticks.
  const until = Math.min(here.tick, there.tick);
  const buckets = Math.min(here.data.ticks.length, there.data.ticks.length);
  const whole = here.data.ticks.slice(0, buckets).filter((tick) => tick + bucketTicks - seriesEvery <= until).length;
  const ticks = here.data.ticks.slice(0, whole);
  return measures.map((measure, m) => {
    const [one, other] = [here.data.mean[m], there.data.mean[m]];
    const values = Float64Array.from({ length: whole }, (_, k) => (sign > 0 ? one[k] - other[k] : other[k] - one[k]));
    return { measure, ticks, values, here: one[whole - 1], there: other[whole - 1] };
  });
}
