import type { Difference } from '../../experiment/differences.ts';
import { fewestForInterval } from '../../experiment/mean-interval.ts';
import { tableLines } from '../table-lines.ts';

/** Probability that a comparison without any true difference shows at least one star. */
const level = 0.05;

/**
 * A line for each measure at the last tick: with, without, the difference with its interval, and a star where it remains
 * significant after Holm's correction.
 * @param shown measures that are printed; the other measures of the tick count in the correction too
 */
export function printDifferences(
  differences: readonly Difference[],
  shown: (difference: Difference) => boolean,
  mechanism: string,
  out: string,
): string {
  const last = Math.max(...differences.map(({ tick }) => tick));
  const all = differences.filter(({ tick, pairs }) => tick === last && pairs > 0);
  const rows = all.filter(shown);
  const lines = [
    ['measure', 'with', 'without', 'difference', '95 % interval', ''],
    ...rows.map(({ measure, pairs, first, second, mean, low, high, deviation, holm }) => {
      const digits = digitsFor(high - low, mean);
      const show = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(digits).replace(/^-(0\.?0*)$/, '$1'));
      const none = pairs < fewestForInterval ? 'too few pairs' : deviation === 0 ? 'all alike' : '-';
      const interval = Number.isNaN(low) ? none : `${show(low)} to ${show(high)}`;
      const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
      return [`${measure.name}${unit}`, show(first), show(second), show(mean), interval, holm < level ? '*' : ''];
    }),
  ];
  const table = tableLines(lines, 1);
  const pairs = Math.max(0, ...all.map((row) => row.pairs));
  const family = all.filter((row) => row.pairs >= fewestForInterval).length;
  const head = `${mechanism}: with minus without at tick ${last}, ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of matched worlds`;
  const reading =
    family === 0
      ? `too few pairs for intervals and stars; give ${fewestForInterval} seeds or more`
      : `intervals are Student's over pairs, each measure separately; * where p < ${level} after Holm's correction over ${family === 1 ? '1 measure' : `all ${family} measures`}`;
  return `${[head, reading, ...table].join('\n')}\n${out}/compared: differences.parquet and a figure for each measure\n`;
}

/** Digits such that the width of the interval has two, so that columns can be read. */
function digitsFor(width: number, mean: number): number {
  const scale = width > 0 ? width : Math.abs(mean);
  return scale > 0 ? Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(scale)))) : 2;
}
