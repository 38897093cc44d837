import type { NamedStream } from '../../math/streams.ts';
import { studentQuantile } from '../../math/student.ts';
import type { RivalPair } from './choose-rivals.ts';
import { meanFirstOffspring, medianFirstOffspring } from './first-offspring.ts';
import type { SubcladeAccount } from './subclade-watch.ts';

/** Resamples of subclades from which errors come. */
const draws = 200;

/** Fewest effective subclades, and fewest events (births, deaths, first offspring), of each rival for an interval of a difference. */
const [fewestSubclades, fewestEvents] = [3, 5];

/** A number with its standard error over subclades; NaN where it is unknown. @experimental */
export interface RivalEstimate {
  readonly value: number;
  readonly error: number;
}

/** A rate of two rivals. @experimental */
export interface RivalRate {
  /** growth, births, deaths, deaths.CAUSE, food, first_offspring_median or first_offspring_mean. */
  readonly measure: string;
  readonly unit: string;
  readonly winner: RivalEstimate;
  readonly loser: RivalEstimate;
  /** Winner less loser, with the bounds of its 95 % Student interval; NaN where either has fewer than five events or too few subclades. */
  readonly difference: RivalEstimate & { readonly low: number; readonly high: number };
}

const perTick = 'per organism-tick';

/** Measures of an account, in the order of `measureRival`. */
const measuresOf = ({ causes, food }: SubcladeAccount): readonly (readonly [measure: string, unit: string])[] => [
  ['growth', perTick],
  ['births', perTick],
  ['deaths', perTick],
  ...causes.map((cause) => [`deaths.${cause}`, perTick] as const),
  ...(food ? ([['food', `energy ${perTick}`]] as const) : []),
  ['first_offspring_median', 'ticks'],
  ['first_offspring_mean', 'ticks'],
];

/**
 * Rates of two rivals over an interval, side by side: births and deaths (by cause) per organism-tick, their difference, food taken in per organism-tick that was
 * survived, and age at first offspring. Organisms of a rival are kin, so the subclades of its organisms at the opening are what is resampled (block
 * bootstrap; Davison & Hinkley 1997, section 3.8). Degrees of freedom of an interval are those of subclades that lived equally long (Kish 1965).
 * The error is about other descendants of the same ancestors in the same places: what all of a rival share, such as a rich place, is not in it.
 * @experimental
 */
export function rivalRates(account: SubcladeAccount, { winner, loser }: RivalPair, stream: NamedStream): readonly RivalRate[] {
  const [one, two] = [winner.subclades, loser.subclades].map((subclades) => resampled(account, subclades, stream));
  const least = Math.min(one.effective, two.effective);
  return measuresOf(account).map(([measure, unit], m): RivalRate => {
    const [a, b] = [one.estimates[m], two.estimates[m]];
    const value = a.value - b.value;
    const error = Math.sqrt(a.error * a.error + b.error * b.error);
    const known = error > 0 && least >= fewestSubclades && Math.min(one.events[m], two.events[m]) >= fewestEvents;
    const half = known ? error * studentQuantile(0.975, freedomOf([a, one.effective - 1], [b, two.effective - 1])) : Number.NaN;
    return { measure, unit, winner: a, loser: b, difference: { value, error, low: value - half, high: value + half } };
  });
}

/** Degrees of freedom of a difference of two estimates (Welch 1947). */
function freedomOf(...parts: readonly (readonly [RivalEstimate, number])[]): number {
  let [variance, squares] = [0, 0];
  for (const [{ error }, freedom] of parts) {
    variance += error * error;
    squares += (error * error * error * error) / freedom;
  }
  return (variance * variance) / squares;
}

function resampled(account: SubcladeAccount, subclades: readonly number[], stream: NamedStream) {
  const place = new Map(subclades.map((k, i) => [k, i]));
  const waiting = account.waiting.filter(({ subclade }) => place.has(subclade));
  const at = waiting.map(({ subclade }) => place.get(subclade) as number);
  const measure = (weights: Float64Array) => {
    const sum = (column: Float64Array) => subclades.reduce((total, k, i) => total + weights[i] * column[k], 0);
    const exposure = sum(account.exposure);
    const births = sum(account.births) / exposure;
    const deaths = account.deaths.map((column) => sum(column) / exposure);
    const all = deaths.reduce((total, rate) => total + rate, 0);
    const own = at.map((i) => weights[i]);
    return [
      births - all,
      births,
      all,
      ...deaths,
      // Of the organisms that died in a tick it is not known what they ate in it.
      ...(account.food ? [sum(account.food) / (exposure * (1 - all))] : []),
      medianFirstOffspring(waiting, own),
      meanFirstOffspring(waiting, own),
    ];
  };
  const whole = measure(new Float64Array(subclades.length).fill(1));
  const samples = Array.from({ length: subclades.length > 1 ? draws : 0 }, () => {
    const weights = new Float64Array(subclades.length);
    for (let k = 0; k < subclades.length; k++) weights[stream.integer(subclades.length)]++;
    return measure(weights);
  });
  const factor = Math.sqrt(subclades.length / (subclades.length - 1));
  const [total, squares] = subclades.reduce(
    ([sum, square], k) => [sum + account.exposure[k], square + account.exposure[k] * account.exposure[k]],
    [0, 0],
  );
  const count = (column: Float64Array) => subclades.reduce((sum, k) => sum + column[k], 0);
  const [births, deaths, first] = [count(account.births), account.deaths.map(count), waiting.filter(({ ended }) => ended).length];
  const all = deaths.reduce((sum, died) => sum + died, 0);
  const events = [births + all, births, all, ...deaths, ...(account.food ? [births + all] : []), first, first];
  return {
    effective: (total * total) / squares,
    events,
    // Resamples of nothing do not differ, and say nothing of its error.
    estimates: whole.map(
      (value, m): RivalEstimate => ({
        value,
        error: events[m] > 0 ? factor * deviationOf(samples.map((one) => one[m])) : Number.NaN,
      }),
    ),
  };
}

/** Standard deviation of resamples; NaN if it is not known of one in twenty. */
function deviationOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length < 2 || known.length < 0.95 * values.length) return Number.NaN;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (known.length - 1));
}
