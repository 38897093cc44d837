import type { Difference } from '../../runs/differences.ts';

/** A line a measure at the last tick: with, without, the difference with its interval, and a star where that leaves out 0. */
export function printDifferences(differences: readonly Difference[], mechanism: string, out: string): string {
  const last = Math.max(...differences.map(({ tick }) => tick));
  const rows = differences.filter(({ tick, pairs }) => tick === last && pairs > 0);
  const lines = [
    ['measure', 'with', 'without', 'difference', '95 % interval', ''],
    ...rows.map(({ measure, first, second, mean, low, high }) => {
      const digits = digitsFor(high - low, mean);
      const show = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(digits).replace(/^-(0\.?0*)$/, '$1'));
      const interval = Number.isNaN(low) ? '-' : `${show(low)} to ${show(high)}`;
      const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
      return [`${measure.name}${unit}`, show(first), show(second), show(mean), interval, low > 0 || high < 0 ? '*' : ''];
    }),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const table = lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
  const pairs = Math.max(0, ...rows.map((row) => row.pairs));
  const head = `${mechanism}: with less without at tick ${last}, ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of matched worlds; bootstrap over pairs, * where the interval leaves out 0`;
  return `${[head, ...table].join('\n')}\n${out}/compared: differences.parquet and a figure a measure\n`;
}

/** As many digits as the width of the interval has two of, so that columns can be read. */
function digitsFor(width: number, mean: number): number {
  const scale = width > 0 ? width : Math.abs(mean);
  return scale > 0 ? Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(scale)))) : 2;
}
