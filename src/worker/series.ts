/** Ticks between samples. */
export const seriesEvery = 10;

/** Columns over buckets of ticks. A bucket has mean, lowest and highest of all samples in it, so nothing is left out. */
export interface SeriesData {
  /** Ticks that one bucket covers. */
  readonly bucketTicks: number;
  /** First tick of each bucket. */
  readonly ticks: Float64Array;
  readonly mean: readonly Float64Array[];
  readonly minimum: readonly Float64Array[];
  readonly maximum: readonly Float64Array[];
}

/** Buckets are merged in pairs when there are this many. */
const mostBuckets = 1024;

/** Saved contents of a series: `values` are sums, numbers, lowest and highest, each `buckets * columns` long. */
export interface SeriesState {
  readonly bucketTicks: number;
  readonly buckets: number;
  readonly values: Float64Array;
}

/**
 * Samples over time in bounded memory, from tick 0 on. A bucket keeps sum, number, lowest and highest of its samples, so a
 * long run is drawn coarser but a short peak still shows. Index of every array: bucket * columns + column.
 */
export class Series {
  readonly columns: number;
  bucketTicks: number;
  private buckets = 0;
  private readonly sum: Float64Array;
  private readonly number: Float64Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;

  /** @param every ticks between samples, which is also the initial width of a bucket. */
  constructor(columns: number, every: number) {
    this.columns = columns;
    this.bucketTicks = every;
    const size = mostBuckets * columns;
    this.sum = new Float64Array(size);
    this.number = new Float64Array(size);
    this.low = new Float64Array(size).fill(Infinity);
    this.high = new Float64Array(size).fill(-Infinity);
  }

  state(): SeriesState {
    const used = this.buckets * this.columns;
    const values = new Float64Array(4 * used);
    for (const [i, part] of this.parts().entries()) values.set(part.subarray(0, used), i * used);
    return { bucketTicks: this.bucketTicks, buckets: this.buckets, values };
  }

  /** Restores what `state` of a series with the same number of columns has saved. @throws {Error} if it has other columns or too many buckets */
  restore({ bucketTicks, buckets, values }: SeriesState): void {
    if (buckets > mostBuckets || values.length !== 4 * buckets * this.columns) {
      throw new Error(`series: ${values.length} values do not make ${buckets} buckets of ${this.columns} columns`);
    }
    this.bucketTicks = bucketTicks;
    this.buckets = buckets;
    const used = buckets * this.columns;
    for (const [i, part] of this.parts().entries()) part.set(values.subarray(i * used, (i + 1) * used));
  }

  private parts(): Float64Array[] {
    return [this.sum, this.number, this.low, this.high];
  }

  /** Adds a row of samples; NaN counts as missing. Ticks must not decrease. */
  push(tick: number, row: readonly number[]): void {
    let bucket = Math.floor(tick / this.bucketTicks);
    while (bucket >= mostBuckets) {
      this.merge();
      bucket = Math.floor(tick / this.bucketTicks);
    }
    this.buckets = bucket + 1;
    for (let column = 0; column < this.columns; column++) {
      const value = row[column];
      if (Number.isNaN(value)) continue;
      const i = bucket * this.columns + column;
      this.sum[i] += value;
      this.number[i] += 1;
      if (value < this.low[i]) this.low[i] = value;
      if (value > this.high[i]) this.high[i] = value;
    }
  }

  /** Copies of the columns asked for, oldest bucket first. A bucket without samples is NaN. */
  read(columns: readonly number[]): SeriesData {
    const ticks = Float64Array.from({ length: this.buckets }, (_, bucket) => bucket * this.bucketTicks);
    const pull = (value: (i: number) => number) =>
      columns.map((column) =>
        Float64Array.from({ length: this.buckets }, (_, bucket) => {
          const i = bucket * this.columns + column;
          return this.number[i] === 0 ? Number.NaN : value(i);
        }),
      );
    return {
      bucketTicks: this.bucketTicks,
      ticks,
      mean: pull((i) => this.sum[i] / this.number[i]),
      minimum: pull((i) => this.low[i]),
      maximum: pull((i) => this.high[i]),
    };
  }

  private merge(): void {
    const { columns, sum, number, low, high } = this;
    for (let bucket = 0; bucket < mostBuckets / 2; bucket++) {
      for (let column = 0; column < columns; column++) {
        const to = bucket * columns + column;
        const a = 2 * bucket * columns + column;
        const b = a + columns;
        sum[to] = sum[a] + sum[b];
        number[to] = number[a] + number[b];
        low[to] = Math.min(low[a], low[b]);
        high[to] = Math.max(high[a], high[b]);
      }
    }
    const half = (mostBuckets / 2) * columns;
    sum.fill(0, half);
    number.fill(0, half);
    low.fill(Infinity, half);
    high.fill(-Infinity, half);
    this.bucketTicks *= 2;
  }
}
