import type { Samples } from '../scene/lesson/judge.ts';
import { mostTicks } from '../scene/lesson/schema.ts';
import { columnOf } from './measure-stop.ts';
import type { SeriesColumn } from './series-sampler.ts';

/**
 * Every sample of some measures, for checks of lessons: the series merges samples in long runs, so that a mean over the last ticks would have
 * too few of them, or none. Samples after the last tick that a lesson can reach are not kept.
 */
export class WholeSamples {
  private readonly ticks: number[] = [];
  private readonly kept: readonly { readonly measure: string; readonly column: number; readonly values: number[] }[];

  constructor(measures: readonly string[], columns: readonly SeriesColumn[]) {
    this.kept = measures.map((measure) => ({ measure, column: columnOf(columns, measure), values: [] }));
  }

  push(tick: number, row: readonly number[]): void {
    if (this.kept.length === 0 || tick > mostTicks) return;
    this.ticks.push(tick);
    for (const { column, values } of this.kept) values.push(row[column] ?? Number.NaN);
  }

  /** @throws {Error} for a measure that is not kept */
  of(measure: string): Samples {
    const found = this.kept.find((one) => one.measure === measure);
    if (!found) throw new Error(`samples of '${measure}' are not kept; name it when the world is made`);
    return { ticks: Float64Array.from(this.ticks), values: Float64Array.from(found.values) };
  }
}
