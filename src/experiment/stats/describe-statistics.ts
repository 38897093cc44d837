// Statistics of a run as lines of the terminal.

import { type StatisticId, type StatisticsGroup, statistics } from '../../analysis/stats/statistics.ts';
import { neutralShadow, type StatisticRow } from './statistic-rows.ts';

const titles: Readonly<Record<StatisticsGroup, string>> = {
  genetics: 'Genetics',
  demography: 'Demography',
  sweeps: 'Sweeps',
  quantitative: 'Quantitative genetics',
  trees: 'Trees through time',
};

const known: ReadonlyMap<string, (typeof statistics)[number]> = new Map(statistics.map((one) => [one.id, one]));

const shown = (number: number) => (Number.isInteger(number) && Math.abs(number) < 1e7 ? String(number) : number.toPrecision(4));

/** A value to four digits, with its standard error or its 95 % interval. */
export function showValue({ value, error, low, high }: Pick<StatisticRow, 'value' | 'error' | 'low' | 'high'>): string {
  if (!Number.isFinite(value)) return 'not defined here';
  if (Number.isFinite(low) && Number.isFinite(high)) return `${shown(value)}, ${shown(low)} to ${shown(high)}`;
  if (Number.isFinite(low) && high === Number.POSITIVE_INFINITY) return `${shown(value)}, ${shown(low)} or more`;
  return Number.isFinite(error) ? `${shown(value)} ± ${error.toPrecision(2)}` : shown(value);
}

/** A value with what it is counted from. */
const showCounted = (row: StatisticRow) =>
  row.about === neutralShadow
    ? `mean ${shown(row.value)}, least ${shown(row.low)}, greatest ${shown(row.high)} of ${row.sample}`
    : `${showValue(row)} (${row.sample})`;

const placeOf = ({ from, to, kind, group, other }: StatisticRow): string => {
  const when = from === to ? `tick ${to}` : `ticks ${from} to ${to}`;
  const one = kind === 'population' ? '' : group === '' ? ` all ${kind === 'deme' ? 'demes' : 'species'}` : ` ${kind} ${group}`;
  return `${when}${one}${other === '' ? '' : ` and ${other}`}`;
};

/** Statistics that are described per trait, census or pair of groups: a table would be long, so only a few rows are printed. */
const most = 12;

/**
 * Lines of the terminal: a heading for each statistic with its symbol, unit and meaning, and below it its values. Parts of the genome are left to the files.
 * @param parts names of parts of the genome, whose rows are not printed
 */
export function describeStatistics(rows: readonly StatisticRow[], parts: ReadonlySet<string>): string[] {
  const lines: string[] = [];
  const byStatistic = new Map<StatisticId, StatisticRow[]>();
  for (const row of rows) {
    if (parts.has(row.about) && known.get(row.statistic)?.group === 'genetics') continue;
    const own = byStatistic.get(row.statistic);
    if (own) own.push(row);
    else byStatistic.set(row.statistic, [row]);
  }
  let group: StatisticsGroup | undefined;
  for (const { id, group: own, title, symbol, unit, meaning } of statistics) {
    const found = byStatistic.get(id);
    if (!found) continue;
    if (own !== group) lines.push('', titles[own]);
    group = own;
    lines.push(`${title}, ${symbol}${unit === '' ? '' : ` (${unit})`}: ${meaning}`);
    for (const line of linesOf(found)) lines.push(`    ${line}`);
  }
  return lines;
}

function linesOf(rows: readonly StatisticRow[]): string[] {
  const reasons = new Set(rows.map((row) => (Number.isFinite(row.value) ? '' : row.note)));
  const [reason] = reasons;
  if (reasons.size === 1 && reason !== '') return [`not defined here: ${reason}`];
  const lines = rows.slice(0, most).map((row) => {
    const about = row.about === '' ? '' : `, ${row.about}`;
    return `${placeOf(row)}${about}: ${Number.isFinite(row.value) ? showCounted(row) : `not defined here: ${row.note}`}`;
  });
  return rows.length > most ? [...lines, `and ${rows.length - most} more, in the files of --out and in --json`] : lines;
}
