// Why the mean of a trait changed, in a sentence.

import type { WindowTerms } from '../analysis/price/sum-of-windows.ts';
import { studentQuantile } from '../math/student.ts';

/** Significant digits of numbers without an error beside them, and of errors. */
const [digits, errorDigits] = [3, 2];

/** Where nothing varies, terms are what rounding leaves of sums: traits and their steps are many orders above this. */
const nothing = 1e-12;
const settled = (value: number) => (Math.abs(value) < nothing ? 0 : value);

const sign = (value: number) => (value < 0 ? '−' : '+');
const signed = (value: number) => (value === 0 ? '0' : `${sign(value)}${short(Math.abs(value), digits)}`);
/** 0.000123 as 1.23e-4, 0.0150 as 0.0150. */
const short = (size: number, count: number) => size.toPrecision(count).replace(/e([+-])/, (_, s) => `e${s === '-' ? '−' : ''}`);

/** A number to the last digit of its uncertainty, which follows: +0.521 ± 0.047. Without one, to three digits. */
function estimate(value: number, error: number): string {
  if (!(error > 0)) return signed(value);
  const places = errorDigits - 1 - Number(error.toExponential().split('e')[1]);
  if (places < 0 || places > 8) return `${signed(value)} ± ${short(error, errorDigits)}`;
  return `${sign(value)}${Math.abs(value).toFixed(places)} ± ${error.toFixed(places)}`;
}

/**
 * Why the mean of a trait changed, in a sentence: every clause is a term of Price's equation, with half its 95 % interval if that is known.
 * Selection is split by clades only if something varies within them.
 * @param title of the trait, in the middle of a sentence
 * @param spread the change in standard deviations of the trait, if it is to be shown
 */
export function priceSentence(title: string, terms: WindowTerms, spread?: number): string {
  const { errors, byMechanism, byChannel } = terms;
  const [change, between, within] = [terms.change, terms.between, terms.within].map(settled);
  const half = (error: number) => (error > 0 ? error * studentQuantile(0.975, errors.freedom) : error);
  const made = [...byMechanism].filter(([, value]) => settled(value) !== 0).map(([name, value]) => `; ${name} ${signed(value)}`);
  const levels =
    within === 0
      ? ''
      : `, of it within clades ${estimate(within, half(errors.within))} and between them ${estimate(between, half(errors.between))}`;
  // If copies spread by births alone there is nothing to split.
  const ways = [...(byChannel ?? [])].filter(([, value]) => settled(value) !== 0);
  const channels = ways.length < 2 ? '' : `, by channel ${ways.map(([name, value]) => `${name} ${signed(value)}`).join(', ')}`;
  if (change === 0 && between + within === 0 && made.length === 0) return `mean ${title} did not change.`;
  const spreads = spread === undefined ? '' : ` (${Math.abs(spread).toFixed(1)} standard deviations)`;
  return (
    `mean ${title} ${change >= 0 ? 'rose' : 'fell'} ${short(Math.abs(change), digits)}${spreads}: ` +
    `selection ${estimate(between + within, half(errors.selection))}${levels}${channels}${made.join('')}.`
  );
}

/** Meaning of the numbers after ±. */
export const priceErrorsNote =
  'After ± is half a 95 % interval, each term separately: how far selection would have differed with other families of the same kinds (jackknife over descendants of one ancestor two censuses before, Student’s quantile).';
