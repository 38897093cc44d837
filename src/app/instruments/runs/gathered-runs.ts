import type { Measure } from '../../../experiment/run-result.ts';
import type { CheckedPlan, RunEnd } from '../../../worker/runs-protocol.ts';
import { type Band, LiveBands } from './live-bands.ts';
import { SampledRows } from './sampled-rows.ts';

/** Results so far of the runs of a plan: samples, ends, failures, and bands of one measure. */
export class GatheredRuns {
  readonly plan: CheckedPlan;
  readonly samples: SampledRows;
  /** The columns of each row; empty before the first run has begun. */
  measures: readonly Measure[] = [];
  /** The end of each run that has ended. */
  readonly ends: (RunEnd | undefined)[];
  done = 0;
  failed = 0;
  /** The message of the first run that failed, or ''. */
  failure = '';
  private live: LiveBands | undefined;
  private shown = '';
  private readonly ticksMade: Float64Array;

  /** @param shown key of the measure whose bands are wanted */
  constructor(plan: CheckedPlan, shown: string) {
    this.plan = plan;
    this.shown = shown;
    this.samples = new SampledRows(plan.runs.length, plan.ticks.length);
    this.ends = plan.runs.map(() => undefined);
    this.ticksMade = new Float64Array(plan.runs.length);
  }

  /** Place of the measure whose bands are wanted; the first if none has that key. */
  get measure(): number {
    return Math.max(
      0,
      this.measures.findIndex((measure) => keyOf(measure) === this.shown),
    );
  }

  /** Ticks made, as a share of all; the missing ticks of a failed run count as made. */
  get share(): number {
    const all = this.plan.runs.reduce((sum, { task }) => sum + task.ticks, 0);
    return this.ticksMade.reduce((sum, ticks) => sum + ticks, 0) / all;
  }

  get bands(): readonly Band[] {
    return this.live?.bands ?? [];
  }

  /** The first kind of runs minus the second, over pairs of one seed, if there are exactly two kinds. */
  get difference(): Band | undefined {
    return this.live?.difference;
  }

  /** Changes to another measure. */
  show(key: string): void {
    this.shown = key;
    this.live?.show(this.measure);
  }

  began(run: number, measures: readonly Measure[]): void {
    this.samples.begin(run, measures.length);
    if (this.live) return;
    this.measures = measures;
    const { cells, runs } = this.plan;
    const runsOf = cells.map((_, cell) => runs.flatMap((one, i) => (one.cell === cell ? [i] : [])));
    this.live = new LiveBands(this.samples, runsOf, this.measure);
  }

  rows(run: number, tick: number, values: Float64Array): void {
    const [from, to] = this.samples.add(run, values);
    this.ticksMade[run] = tick;
    this.live?.touch(this.plan.runs[run].cell, from, to);
  }

  ended(run: number, end: RunEnd): void {
    this.ends[run] = end;
    this.done++;
  }

  fail(run: number, message: string): void {
    const { cell, task } = this.plan.runs[run];
    this.samples.drop(run);
    this.live?.touch(cell, 0, this.samples.samples);
    this.ticksMade[run] = task.ticks;
    this.failed++;
    this.failure ||= `seed ${task.seed}: ${message}`;
  }

  /** Updates the bands, as far as time allows. @returns whether they are up to date */
  refresh(isTime: () => boolean): boolean {
    return this.live?.refresh(isTime) ?? true;
  }
}

/** Name of a measure among all. */
export const keyOf = ({ probe, name }: Pick<Measure, 'probe' | 'name'>): string => `${probe} ${name}`;
