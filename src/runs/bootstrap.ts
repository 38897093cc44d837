import { namedStream } from '../math/streams.ts';

/** Resamples of a bootstrap: with 999, the 25th and the 975th of their means bound 95 % (Davison & Hinkley 1997, section 2.4). */
export const resampleCount = 999;
const lowRank = 25;

/** A mean over runs with its uncertainty; NaN where there are too few values. */
export interface MeanInterval {
  /** Values that there were. */
  readonly count: number;
  readonly mean: number;
  /** Bounds of the 95 % percentile interval; NaN for fewer than two values. */
  readonly low: number;
  readonly high: number;
  /** Standard deviation (divisor n - 1); NaN for fewer than two values. */
  readonly deviation: number;
}

/**
 * Bootstrap over runs (Efron 1979): runs are drawn with replacement, and a resample takes whole runs, the same ones at every
 * tick and measure. The draws depend on the number of runs alone, so that the same runs give the same bounds.
 */
export class Bootstrap {
  private readonly runs: number;
  /** How often run r is drawn in resample b, at [b * runs + r]. */
  private readonly weights: Float64Array;
  private readonly means = new Float64Array(resampleCount);

  constructor(runs: number) {
    this.runs = runs;
    this.weights = new Float64Array(resampleCount * runs);
    const stream = namedStream('bootstrap', String(runs));
    for (let b = 0; b < resampleCount; b++) {
      for (let draw = 0; draw < runs; draw++) this.weights[b * runs + stream.integer(runs)]++;
    }
  }

  /** @param values one a run; NaN where a run has none, which then is left out */
  interval(values: Float64Array): MeanInterval {
    const { runs, weights, means } = this;
    let count = 0;
    let sum = 0;
    for (let r = 0; r < runs; r++) {
      if (values[r] !== values[r]) continue;
      count++;
      sum += values[r];
    }
    const mean = count > 0 ? sum / count : Number.NaN;
    if (count < 2) return { count, mean, low: Number.NaN, high: Number.NaN, deviation: Number.NaN };
    let square = 0;
    for (let r = 0; r < runs; r++) if (values[r] === values[r]) square += (values[r] - mean) * (values[r] - mean);
    let drawn = 0;
    for (let b = 0; b < resampleCount; b++) {
      let total = 0;
      let weight = 0;
      for (let r = 0, at = b * runs; r < runs; r++, at++) {
        if (weights[at] === 0 || values[r] !== values[r]) continue;
        total += weights[at] * values[r];
        weight += weights[at];
      }
      // Of a resample that drew only runs without a value there is nothing to say.
      if (weight > 0) means[drawn++] = total / weight;
    }
    const sorted = means.subarray(0, drawn).sort();
    const rank = Math.max(1, Math.round((lowRank * (drawn + 1)) / (resampleCount + 1)));
    return { count, mean, low: sorted[rank - 1], high: sorted[drawn - rank], deviation: Math.sqrt(square / (count - 1)) };
  }
}
