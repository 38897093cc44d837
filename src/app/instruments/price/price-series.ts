import { sumOfWindows, type WindowTerms } from '../../../analysis/price/sum-of-windows.ts';
import type { PriceSeries } from '../../../experiment/price-figure.ts';
import { priceSentence } from '../../../experiment/price-words.ts';
import type { PriceReport } from '../../../worker/topics/analysis.ts';
import { whole } from '../../ui/words.ts';

/** What the account of a report counts: copies of the loci that traits read, or births of organisms. */
export type PriceCount = 'loci' | 'organisms';

/** Whether copies of loci were followed in all windows of a population. */
export const countsLoci = ({ windows }: PriceReport, population: number): boolean => {
  const own = windows.filter((window) => window.population === population);
  return own.length > 0 && own.every(({ loci }) => loci !== undefined);
};

/** The terms of trait `trait`. */
const termsOf = (terms: Float64Array, traits: number, t: number): Float64Array =>
  terms.subarray((t * terms.length) / traits, ((t + 1) * terms.length) / traits);

/** Terms, errors, their degrees of freedom and what they have in common with the window before, of a trait in a window, by what the account counts. */
function accountOf(window: PriceReport['windows'][number], count: PriceCount, traits: number, t: number) {
  const { loci } = window;
  const ofTrait = (values: Float64Array | undefined) => values?.subarray(3 * t, 3 * t + 3);
  if (count === 'loci' && loci) {
    const { terms, errors, freedom, common } = loci;
    return { terms: termsOf(terms, traits, t), errors: ofTrait(errors), freedom: freedom[t], common: ofTrait(common) };
  }
  const { terms, errors, freedom = 1, common } = window;
  return { terms: termsOf(terms, traits, t), errors: ofTrait(errors), freedom, common: ofTrait(common) };
}

/** Ids and titles of the terms after the first three. */
const namesOf = ({ mechanisms, channels, writers }: PriceReport, count: PriceCount) =>
  count === 'loci' ? [...channels, ...writers] : mechanisms;

/**
 * Terms of a trait in each window of a population: those that are not 0 throughout. By copies of loci, selection is split by channel if there is more
 * than one; otherwise, as by births of organisms, by level.
 */
export function priceSeries(report: PriceReport, population: number, trait: string, count: PriceCount): PriceSeries {
  const { windows, traits, channels } = report;
  const t = traits.findIndex(({ id }) => id === trait);
  const own = windows.filter((window) => window.population === population);
  const all = own.map((window) => accountOf(window, count, traits.length, t).terms);
  const names = namesOf(report, count);
  const used = (k: number) => all.some((terms) => (terms[3 + k] ?? 0) !== 0);
  const byChannel = count === 'loci' && channels.filter((_, k) => used(k)).length > 1;
  const levels = [
    { title: 'Selection within clades', at: 2 },
    { title: 'Selection between clades', at: 1 },
  ];
  const shown = [
    ...(byChannel ? [] : levels),
    ...names.flatMap(({ title }, k) => {
      const isChannel = count === 'loci' && k < channels.length;
      return used(k) && (!isChannel || byChannel) ? [{ title, at: 3 + k }] : [];
    }),
  ];
  return {
    title: traits[t].title,
    unit: traits[t].unit,
    terms: shown.map(({ title }) => title),
    // Runs saved by earlier versions have no term for introduced organisms.
    windows: own.map(({ from, to }, w) => ({ from, to, change: all[w][0], values: shown.map(({ at }) => all[w][at] ?? 0) })),
  };
}

/** The change of a trait over all windows, in a sentence; undefined before the first has closed. */
export function describePrice(report: PriceReport, population: number, trait: string, count: PriceCount): string | undefined {
  const { windows, traits, channels } = report;
  const t = traits.findIndex(({ id }) => id === trait);
  const own = windows.filter((window) => window.population === population);
  if (own.length === 0) return undefined;
  const names = namesOf(report, count);
  const split = count === 'loci' ? channels.length : 0;
  const terms = own.map((window): WindowTerms => {
    const account = accountOf(window, count, traits.length, t);
    const [change, between, within, ...made] = account.terms;
    // Runs saved by earlier versions have no errors.
    const [selection, ofBetween, ofWithin] = account.errors ?? [Number.NaN, Number.NaN, Number.NaN];
    return {
      ...{ change, between, within },
      errors: { selection, between: ofBetween, within: ofWithin, freedom: account.freedom },
      ...(account.common
        ? { common: { selection: account.common[0], between: account.common[1], within: account.common[2] } }
        : {}),
      byMechanism: new Map(names.slice(split).map(({ title }, m) => [title.toLowerCase(), made[split + m] ?? 0])),
      ...(split > 0 ? { byChannel: new Map(channels.map(({ id }, c) => [id, made[c]])) } : {}),
    };
  });
  const sentence = priceSentence(traits[t].title.toLowerCase(), sumOfWindows(terms));
  return `From tick ${whole(own[0].from)} to ${whole(own[own.length - 1].to)} ${sentence}`;
}

/** Every term of every trait in every window, a row each, of both accounts. */
export function priceCsv(report: PriceReport): string {
  const { windows, traits, populations, channels, writers, mechanisms } = report;
  const levels = ['change', 'selection_between', 'selection_within'];
  const transmitted = (list: readonly { readonly id: string }[]) => list.map(({ id }) => `transmission_${id}`);
  const columns: Readonly<Record<PriceCount, readonly string[]>> = {
    loci: [...levels, ...channels.map(({ id }) => `selection_${id}`), ...transmitted(writers)],
    organisms: [...levels, ...transmitted(mechanisms)],
  };
  const rows = windows.flatMap((window) =>
    (['loci', 'organisms'] as const).flatMap((count) => {
      if (count === 'loci' && !window.loci) return [];
      return traits.flatMap(({ id }, t) => {
        const { terms, errors } = accountOf(window, count, traits.length, t);
        return columns[count].map((name, k) => {
          // The parts of selection, in the order of the terms.
          const error = k === 1 || k === 2 ? errors?.[k] : undefined;
          const cells = [
            `"${populations[window.population].replaceAll('"', '""')}"`,
            ...[window.from, window.to, id, count, name, terms[k] ?? 0],
            Number.isFinite(error) ? error : '',
          ];
          return cells.join(',');
        });
      });
    }),
  );
  return `${['population,from,to,trait,account,term,value,standard_error', ...rows].join('\n')}\n`;
}
