import { sumOfWindows, type WindowTerms } from '../analysis/price/sum-of-windows.ts';
import type { PriceSeries } from '../runs/price-figure.ts';
import { priceSentence } from '../runs/price-words.ts';
import type { PriceReport } from '../worker/protocol.ts';
import { whole } from './words.ts';

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

/** What happened to a trait over all windows, in a sentence; undefined before the first is closed. */
export function tellPrice({ windows, traits, mechanisms }: PriceReport, population: number, trait: string): string | undefined {
  const t = traits.findIndex(({ id }) => id === trait);
  const own = windows.filter((window) => window.population === population);
  if (own.length === 0) return undefined;
  const terms = own.map((window): WindowTerms => {
    const [change, between, within, ...made] = termsOf(window.terms, traits.length, t);
    // Runs that were put away by earlier versions have no errors.
    const [selection, ofBetween, ofWithin] = window.errors?.subarray(3 * t, 3 * t + 3) ?? [Number.NaN, Number.NaN, Number.NaN];
    return {
      ...{ change, between, within },
      errors: { selection, between: ofBetween, within: ofWithin, freedom: window.freedom ?? 1 },
      byMechanism: new Map(mechanisms.map(({ title }, m) => [title.toLowerCase(), made[m] ?? 0])),
    };
  });
  const sentence = priceSentence(traits[t].title.toLowerCase(), sumOfWindows(terms));
  return `From tick ${whole(own[0].from)} to ${whole(own[own.length - 1].to)} ${sentence}`;
}

/** Every term of every trait in every window, a row each. */
export function priceCsv({ windows, traits, mechanisms, populations }: PriceReport): string {
  const names = ['change', 'selection_between', 'selection_within', ...mechanisms.map(({ id }) => `transmission_${id}`)];
  const rows = windows.flatMap(({ population, from, to, terms, errors }) =>
    traits.flatMap(({ id }, t) =>
      names.map((name, k) => {
        // Of the parts of selection, in the order of the terms.
        const error = k === 1 || k === 2 ? errors?.[3 * t + k] : undefined;
        const value = termsOf(terms, traits.length, t)[k] ?? 0;
        const cells = [
          `"${populations[population].replaceAll('"', '""')}"`,
          from,
          to,
          id,
          name,
          value,
          Number.isFinite(error) ? error : '',
        ];
        return cells.join(',');
      }),
    ),
  );
  return `${['population,from,to,trait,term,value,standard_error', ...rows].join('\n')}\n`;
}
