import { mean, standardError } from '../../src/math/statistics.ts';
import { markdownTable } from './markers.ts';

type Results = readonly Record<string, number>[];

/** A number with this many digits after the point, thousands separated by commas; what rounds to 0 has no sign. */
export function showNumber(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'negative' });
}

/** Words for the numbers of several seeds, for the sentences in which scenes say what was found. Seeds without a number are left out. */
export function summarise(results: Results) {
  const of = (key: string) => results.map((result) => result[key]).filter((value) => Number.isFinite(value));
  return {
    seeds: `Seeds 1 to ${results.length}`,
    mean: (key: string, digits: number) => showNumber(mean(of(key)), digits),
    /** Mean with its standard error in brackets. */
    both: (key: string, digits: number) => `${showNumber(mean(of(key)), digits)} (${showNumber(standardError(of(key)), digits)})`,
    /** Lowest to highest seed; one number where they are the same. */
    range(key: string, digits: number) {
      const [low, high] = [Math.min(...of(key)), Math.max(...of(key))].map((value) => showNumber(value, digits));
      return low === high ? low : `${low} to ${high}`;
    },
    least: (key: string, digits: number) => showNumber(Math.min(...of(key)), digits),
    most: (key: string, digits: number) => showNumber(Math.max(...of(key)), digits),
    /** How many seeds something holds in. */
    count: (holds: (result: Record<string, number>) => boolean) => `${results.filter(holds).length} of ${results.length}`,
  };
}

/** A table with a row a measure: mean, standard error, lowest and highest seed. */
export function summaryTable(
  rows: readonly { readonly key: string; readonly title: string; readonly digits: number }[],
  results: Results,
): string[] {
  const { mean: meanOf, least, most } = summarise(results);
  return markdownTable(
    ['', 'mean over seeds', 'standard error', 'lowest', 'highest'],
    rows.map(({ key, title, digits }) => [
      title,
      meanOf(key, digits),
      showNumber(standardError(results.map((result) => result[key]).filter((value) => Number.isFinite(value))), digits),
      least(key, digits),
      most(key, digits),
    ]),
  );
}
