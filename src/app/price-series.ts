import type { PriceSeries } from '../runs/price-figure.ts';
import type { PriceReport } from '../worker/protocol.ts';

/** The terms of one of so many traits. */
const termsOf = (terms: Float64Array, traits: number, t: number): Float64Array =>
  terms.subarray((t * terms.length) / traits, ((t + 1) * terms.length) / traits);

/** Terms of a trait in each window of a population: those that are not 0 throughout. */
export function priceSeries({ windows, traits, mechanisms }: PriceReport, population: number, trait: string): PriceSeries {
  const t = traits.findIndex(({ id }) => id === trait);
  const own = windows.filter((window) => window.population === population);
  const named = ['Selection within clades', 'Selection between clades', ...mechanisms.map(({ title }) => title)];
  const valuesOf = (terms: Float64Array) => {
    const [, between, within, ...made] = termsOf(terms, traits.length, t);
    // Runs that were put away by earlier versions know of nobody from outside.
    return [within, between, ...mechanisms.map((_, m) => made[m] ?? 0)];
  };
  const all = own.map(({ terms }) => valuesOf(terms));
  const shown = named.flatMap((_, k) => (k < 2 || all.some((values) => values[k] !== 0) ? [k] : []));
  return {
    title: traits[t].title,
    unit: traits[t].unit,
    terms: shown.map((k) => named[k]),
    windows: own.map(({ from, to, terms }, w) => ({
      from,
      to,
      change: termsOf(terms, traits.length, t)[0],
      values: shown.map((k) => all[w][k]),
    })),
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
        [`"${populations[population].replaceAll('"', '""')}"`, from, to, id, name, termsOf(terms, traits.length, t)[k] ?? 0].join(
          ',',
        ),
      ),
    ),
  );
  return `${['population,from,to,trait,term,value', ...rows].join('\n')}\n`;
}
