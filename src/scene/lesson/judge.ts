// Judges predictions: what was measured beside what was predicted, and how far apart they are.
import type { Check, Predict, Range } from './schema.ts';

/** Samples of a measure over time; index of both: sample, the oldest first. */
export interface Samples {
  /** Tick of each sample. */
  readonly ticks: ArrayLike<number>;
  /** Value of each, in units of the measure; NaN where nothing could be measured. */
  readonly values: ArrayLike<number>;
}

/** A measured value. */
export interface Measured {
  readonly value: number;
  /** Standard deviation of the samples that `value` is the mean of, NaN of fewer than two; for changes, differences and ratios that of both sides together. */
  readonly deviation: number;
  /** Number of samples in the last window. */
  readonly samples: number;
  /** First and last tick of that window. */
  readonly from: number;
  readonly to: number;
}

/** Mean and standard deviation of the samples from tick `from` to tick `to`, both included. The mean is NaN without samples, the deviation with fewer than two. */
function meanOver({ ticks, values }: Samples, from: number, to: number): Measured {
  const found: number[] = [];
  for (let i = 0; i < ticks.length; i++)
    if (ticks[i] >= from && ticks[i] <= to && !Number.isNaN(values[i])) found.push(values[i]);
  const value = found.reduce((sum, one) => sum + one, 0) / found.length;
  const squares = found.reduce((sum, one) => sum + (one - value) * (one - value), 0);
  const deviation = found.length > 1 ? Math.sqrt(squares / (found.length - 1)) : Number.NaN;
  return { value, deviation, samples: found.length, from, to };
}

const together = (a: number, b: number) => Math.sqrt(a * a + b * b);

/**
 * What a check measures: a mean, a change since a tick, or the comparison with an earlier check.
 * @param now tick of the world
 * @param earlier value of the check that it compares with
 */
export function measureCheck(
  { over, since, versus }: Pick<Check, 'over' | 'since' | 'versus'>,
  samples: Samples,
  now: number,
  earlier?: Measured,
): Measured {
  let measured = meanOver(samples, Math.max(0, now - over), now);
  if (since !== undefined) {
    const before = meanOver(samples, since, since + over);
    measured = {
      ...measured,
      value: measured.value - before.value,
      deviation: together(measured.deviation, before.deviation),
    };
  }
  if (!versus || !earlier) return measured;
  if (versus.by === 'difference') {
    return {
      ...measured,
      value: measured.value - earlier.value,
      deviation: together(measured.deviation, earlier.deviation),
    };
  }
  const value = measured.value / earlier.value;
  // To first order, as for independent errors.
  const deviation = together(measured.deviation, value * earlier.deviation) / Math.abs(earlier.value);
  return { ...measured, value, deviation };
}

/** Whether a value is in a range. */
export const isIn = ({ from, to }: Range, value: number): boolean =>
  value >= (from ?? Number.NEGATIVE_INFINITY) && value < (to ?? Number.POSITIVE_INFINITY);

/** Index of the answer that a measured value makes right, or -1. */
export function rightAnswer({ answers = [] }: Pick<Predict, 'answers'>, { value }: Pick<Measured, 'value'>): number {
  return answers.findIndex(({ when }) => isIn(when, value));
}

/** How far a prediction is from what was measured. */
export type Distance = 'right' | 'within' | 'apart' | 'far';

/**
 * How far the chosen answer is from what was measured: `right`; `within` the standard deviation of the measure; `apart` by at most five of them;
 * `far` beyond.
 */
export function judgeAnswer(
  { when }: { readonly when: Range },
  { value, deviation }: Measured,
): { distance: Distance; gap: number } {
  if (!Number.isFinite(value)) return { distance: 'far', gap: Number.NaN };
  const gap = Math.max((when.from ?? value) - value, value - (when.to ?? value), 0);
  if (isIn(when, value)) return { distance: 'right', gap: 0 };
  const distance = gap <= deviation ? 'within' : gap <= 5 * deviation ? 'apart' : 'far';
  return { distance, gap };
}

/** A judged curve. */
export interface CurveJudgement {
  readonly distance: Distance;
  /** Mean distance between drawing and measure, as a share of the height of the drawing. */
  readonly share: number;
  /** Change from the first to the last point: drawn and measured, in units of the measure. */
  readonly drawn: number;
  readonly measured: number;
}

/** Ticks of the points of a curve, evenly spaced from its first to its last tick. */
export function curveTicks({ from, to, points }: NonNullable<Predict['curve']>): number[] {
  return Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
}

/** Value of a line through points at a tick between them. */
function between(ticks: readonly number[], values: readonly number[], tick: number): number {
  const after = Math.max(
    1,
    ticks.findIndex((one) => one >= tick),
  );
  const share = (tick - ticks[after - 1]) / (ticks[after] - ticks[after - 1]);
  return values[after - 1] + (values[after] - values[after - 1]) * share;
}

/**
 * How far a drawn curve is from what was measured: by the mean distance at all samples, in shares of the height of the drawing: up to 0.06 `right`,
 * up to 0.15 `within` a hand's breadth, up to 0.3 `apart`, `far` beyond.
 * @param drawn values at `curveTicks`, in units of the measure
 */
export function judgeCurve(
  curve: NonNullable<Predict['curve']>,
  drawn: readonly number[],
  { ticks, values }: Samples,
): CurveJudgement {
  const at = curveTicks(curve);
  let sum = 0;
  let count = 0;
  const seen: number[] = [];
  for (let i = 0; i < ticks.length; i++) {
    if (ticks[i] < curve.from || ticks[i] > curve.to || Number.isNaN(values[i])) continue;
    sum += Math.abs(values[i] - between(at, drawn, ticks[i]));
    seen.push(values[i]);
    count += 1;
  }
  const share = sum / count / (curve.high - curve.low);
  const distance = share <= 0.06 ? 'right' : share <= 0.15 ? 'within' : share <= 0.3 ? 'apart' : 'far';
  return {
    distance: Number.isNaN(share) ? 'far' : distance,
    share,
    drawn: drawn[drawn.length - 1] - drawn[0],
    measured: (seen.at(-1) ?? Number.NaN) - (seen[0] ?? Number.NaN),
  };
}
