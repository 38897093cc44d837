import { probesOf } from '../simulation/probes-of.ts';
import type { Probe } from '../simulation/types.ts';
import { makeRun } from './make-run.ts';
import type { RunTask } from './perform-run.ts';
import type { Measure, RunResult } from './run-result.ts';

/** A run without tables. */
export type WatchedTask = Omit<RunTask, 'keep'>;

/** Receives data of a run in progress; it must not change anything in the run. */
export interface RunWatch {
  /** First of all: what every row will hold. */
  begin(measures: readonly Measure[]): void;
  /** The next sample: one value a measure, NaN if there was nothing to measure. The ticks are those of `sampleTicks`. */
  sample(row: readonly number[]): void;
  /** After every tick. */
  tick(tick: number): void;
}

/**
 * Makes the same run as `performRun`, bit for bit, and reports samples as soon as they are taken.
 * @throws {Error} as `performRun`
 */
export function performWatchedRun(task: WatchedTask, watch: RunWatch): Omit<RunResult, 'tables'> {
  return makeRun(task, (simulation) => ({
    probes: overhear(probesOf(simulation), watch),
    observers: [{ afterTick: ({ tick }) => watch.tick(tick) }],
  }));
}

/** The same probes, whose samples also go to the watch, all those of one tick as one row. */
function overhear(probes: readonly Probe[], watch: RunWatch): Probe[] {
  const measures: Measure[] = [];
  let row: number[] = [];
  return probes.map((probe, i) => ({
    ...probe,
    start(simulation) {
      const sampler = probe.start(simulation);
      measures.push(...sampler.columns.map(({ name, title, unit }) => ({ probe: probe.id, name, title, unit })));
      const isLast = i === probes.length - 1;
      if (isLast) watch.begin(measures);
      return {
        columns: sampler.columns,
        afterTick: (now) => sampler.afterTick?.(now),
        sample(now) {
          const values = sampler.sample(now);
          row.push(...values);
          if (isLast) {
            watch.sample(row);
            row = [];
          }
          return values;
        },
      };
    },
  }));
}
