/** Samples of many runs as they arrive, in one array a run: `values[sample * measures + measure]`. */
export class SampledRows {
  /** Samples of a whole run. */
  readonly samples: number;
  private measures = 0;
  private readonly values: (Float64Array | undefined)[];
  private readonly counts: Int32Array;

  constructor(runs: number, samples: number) {
    this.samples = samples;
    this.values = new Array(runs).fill(undefined);
    this.counts = new Int32Array(runs);
  }

  /** Makes room for a run; the number of values in each row is the same as in every other run. */
  begin(run: number, measures: number): void {
    this.measures = measures;
    this.values[run] = new Float64Array(this.samples * measures);
    this.counts[run] = 0;
  }

  /** Adds the next rows of a run. @returns the first of the new samples, and the one behind the last */
  add(run: number, rows: Float64Array): readonly [from: number, to: number] {
    const from = this.counts[run];
    this.values[run]?.set(rows, from * this.measures);
    this.counts[run] = from + rows.length / this.measures;
    return [from, this.counts[run]];
  }

  /** Forgets a run, which then counts nowhere. */
  drop(run: number): void {
    this.values[run] = undefined;
    this.counts[run] = 0;
  }

  /** Present number of samples of a run. */
  count(run: number): number {
    return this.counts[run];
  }

  /** NaN if there was nothing to measure. The run must have reached the sample. */
  value(run: number, sample: number, measure: number): number {
    return (this.values[run] as Float64Array)[sample * this.measures + measure];
  }
}
