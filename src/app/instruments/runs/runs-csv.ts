import type { Measure } from '../../../experiment/run-result.ts';
import { csvField } from '../../../export/csv-field.ts';
import type { CheckedPlan } from '../../../worker/runs-protocol.ts';
import { describeValue } from './describe-cell.ts';
import type { GatheredRuns } from './gathered-runs.ts';
import type { Band } from './live-bands.ts';

const line = (fields: readonly (string | number)[]) => fields.map((field) => csvField(String(field))).join(',');
const orNothing = (value: number) => (Number.isNaN(value) ? '' : value);
const textOf = (value: unknown) => (typeof value === 'boolean' ? String(value) : describeValue(value));

/** The drawn bands as a table: a row a combination and tick. A missing value is an empty field. */
export function meansCsv({ paths, cells, ticks }: CheckedPlan, { probe, name, unit }: Measure, bands: readonly Band[]): string {
  const head = line([...paths, 'tick', 'probe', 'measure', 'unit', 'runs', 'mean', 'low', 'high', 'deviation']);
  const rows = bands.flatMap((band, cell) =>
    band.flatMap((point, k) => {
      if (!point) return [];
      const { count, mean, low, high, deviation } = point;
      return line([
        ...cells[cell].map(textOf),
        ticks[k],
        probe,
        name,
        unit,
        count,
        ...[mean, low, high, deviation].map(orNothing),
      ]);
    }),
  );
  return `${[head, ...rows].join('\n')}\n`;
}

/** Every value of the measure whose bands are wanted: a row a run and tick. `hash` is the state at the end, empty while a run is in progress. */
export function valuesCsv({ plan, samples, measures, measure, ends }: GatheredRuns): string {
  const { paths, cells, ticks, runs } = plan;
  const { probe, name, unit } = measures[measure];
  const head = line(['run', 'seed', ...paths, 'tick', 'probe', 'measure', 'unit', 'value', 'hash']);
  const lines = runs.flatMap(({ cell, task }, run) =>
    Array.from({ length: samples.count(run) }, (_, k) => {
      const value = orNothing(samples.value(run, k, measure));
      return line([task.id, task.seed, ...cells[cell].map(textOf), ticks[k], probe, name, unit, value, ends[run]?.hash ?? '']);
    }),
  );
  return `${[head, ...lines].join('\n')}\n`;
}
