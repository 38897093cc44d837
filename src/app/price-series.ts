import type { PriceSeries } from '../runs/price-figure.ts';
import type { PriceReport } from '../worker/protocol.ts';

/** Numbers of a trait before those of the mechanisms: change, selection between clades, selection within. */
const fixedTerms = 3;

/** Terms of a trait in each window of a population: those that are not 0 throughout. */
export function priceSeries({ windows, traits, mechanisms }: PriceReport, population: number, trait: string): PriceSeries {
  const t = traits.findIndex(({ id }) => id === trait);
  const width = fixedTerms + mechanisms.length;
  const own = windows.filter((window) => window.population === population);
  const named = ['Selection within clades', 'Selection between clades', ...mechanisms.map(({ title }) => title)];
  const valuesOf = (terms: Float64Array) => {
    const [, between, within, ...made] = terms.subarray(t * width, (t + 1) * width);
    return [within, between, ...made];
  };
  const all = own.map(({ terms }) => valuesOf(terms));
  const shown = named.flatMap((_, k) => (k < 2 || all.some((values) => values[k] !== 0) ? [k] : []));
  return {
    title: traits[t].title,
    unit: traits[t].unit,
    terms: shown.map((k) => named[k]),
    windows: own.map(({ from, to, terms }, w) => ({ from, to, change: terms[t * width], values: shown.map((k) => all[w][k]) })),
  };
}

const signed = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(value).toPrecision(2)}`;

/** What happened to a trait over all windows, in a sentence; undefined before the first is closed. */
export function priceSentence(report: PriceReport, population: number, trait: string): string | undefined {
  const { title, terms, windows } = priceSeries(report, population, trait);
  if (windows.length === 0) return undefined;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const change = sum(windows.map((window) => window.change));
  const totals = terms.map((_, k) => sum(windows.map(({ values }) => values[k])));
  const [within, between, ...made] = totals;
  const rest = made.map((value, k) => `${terms[k + 2].toLowerCase()} ${signed(value)}`);
  const from = windows[0].from;
  const { to } = windows[windows.length - 1];
  return (
    `From tick ${from} to ${to} mean ${title.toLowerCase()} ${change >= 0 ? 'rose' : 'fell'} ${Math.abs(change).toPrecision(2)}: ` +
    `selection ${signed(within + between)}, of it within clades ${signed(within)} and between them ${signed(between)}` +
    `${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`
  );
}

/** Every term of every trait in every window, a row each. */
export function priceCsv({ windows, traits, mechanisms, populations }: PriceReport): string {
  const names = ['change', 'selection_between', 'selection_within', ...mechanisms.map(({ id }) => `transmission_${id}`)];
  const rows = windows.flatMap(({ population, from, to, terms }) =>
    traits.flatMap(({ id }, t) =>
      names.map((name, k) =>
        [`"${populations[population].replaceAll('"', '""')}"`, from, to, id, name, terms[t * names.length + k]].join(','),
      ),
    ),
  );
  return `${['population,from,to,trait,term,value', ...rows].join('\n')}\n`;
}
