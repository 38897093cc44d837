import { type MeanInterval, meanInterval } from '../../../experiment/mean-interval.ts';
import type { SampledRows } from './sampled-rows.ts';

/** Mean and interval of one combination at one sample, over the runs that have reached it. */
export interface BandPoint extends MeanInterval {
  /** Runs that have reached it; `count` of them had a value. */
  readonly runs: number;
}

/** Points of one combination by sample; undefined if no run has reached it yet. */
export type Band = readonly (BandPoint | undefined)[];

/** The last sample that some run has reached; 0 if there is none yet. */
export const lastSample = (bands: readonly Band[]): number =>
  Math.max(0, ...bands.map((band) => band.findLastIndex((point) => point !== undefined)));

/**
 * Bands of one measure over runs in progress. A point is computed again only when a run has passed it, and
 * step by step if there are many.
 */
export class LiveBands {
  private readonly rows: SampledRows;
  /** Runs of each combination, in the order of the plan. */
  private readonly runs: readonly (readonly number[])[];
  private readonly points: (BandPoint | undefined)[][];
  /** 1 for points that must be computed again, by combination. */
  private readonly stale: Uint8Array[];
  /** If there are two combinations: the first minus the second, over pairs of runs of one seed. */
  private readonly differences: (BandPoint | undefined)[] | undefined;
  private readonly staleDifferences: Uint8Array;
  private measure: number;

  constructor(rows: SampledRows, runs: readonly (readonly number[])[], measure: number) {
    this.rows = rows;
    this.runs = runs;
    this.measure = measure;
    this.points = runs.map(() => new Array(rows.samples).fill(undefined));
    this.stale = runs.map(() => new Uint8Array(rows.samples));
    this.differences = runs.length === 2 ? new Array(rows.samples).fill(undefined) : undefined;
    this.staleDifferences = new Uint8Array(rows.samples);
  }

  get bands(): readonly Band[] {
    return this.points;
  }

  /** Undefined unless there are exactly two combinations. */
  get difference(): Band | undefined {
    return this.differences;
  }

  /** Changes to another measure: every point must be computed again, and the former ones are gone. */
  show(measure: number): void {
    this.measure = measure;
    for (const points of this.points) points.fill(undefined);
    for (const stale of this.stale) stale.fill(1);
    this.differences?.fill(undefined);
    this.staleDifferences.fill(1);
  }

  /** Marks runs of a combination as changed at the samples from `from` up to, but not at, `to`. */
  touch(cell: number, from: number, to: number): void {
    this.stale[cell].fill(1, from, to);
    this.staleDifferences.fill(1, from, to);
  }

  /**
   * Computes the marked points, from the left.
   * @param isTime called after every point; false: the rest waits for the next call
   * @returns whether everything is up to date
   */
  refresh(isTime: () => boolean): boolean {
    for (let sample = 0; sample < this.rows.samples; sample++) {
      for (let cell = 0; cell < this.runs.length; cell++) {
        if (this.stale[cell][sample] === 0) continue;
        this.stale[cell][sample] = 0;
        this.points[cell][sample] = this.pointAt(cell, sample);
        if (!isTime()) return false;
      }
    }
    for (let sample = 0; this.differences && sample < this.rows.samples; sample++) {
      if (this.staleDifferences[sample] === 0) continue;
      this.staleDifferences[sample] = 0;
      this.differences[sample] = this.differenceAt(sample);
      if (!isTime()) return false;
    }
    return true;
  }

  private pointAt(cell: number, sample: number): BandPoint | undefined {
    const { rows, measure } = this;
    const there = this.runs[cell].filter((run) => rows.count(run) > sample);
    if (there.length === 0) return undefined;
    const values = there.map((run) => rows.value(run, sample, measure));
    return { ...meanInterval(values), runs: there.length };
  }

  private differenceAt(sample: number): BandPoint | undefined {
    const { rows, measure } = this;
    const [first, second] = this.runs;
    const pairs = first.flatMap((one, i) => {
      const both = rows.count(one) > sample && rows.count(second[i]) > sample;
      return both ? [rows.value(one, sample, measure) - rows.value(second[i], sample, measure)] : [];
    });
    if (pairs.length === 0) return undefined;
    return { ...meanInterval(pairs), runs: pairs.length };
  }
}
