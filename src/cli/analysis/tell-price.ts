import type { PriceAccount } from '../../analysis/price/price-of-window.ts';
import { windowTerms } from '../../analysis/price/sum-of-windows.ts';
import { priceErrorsNote, priceSentence } from '../../runs/price-words.ts';

/** A line a trait: change, selection with its levels, and what each mechanism that did something has changed. */
export function tellPrice(
  population: string,
  [from, to]: readonly [number, number],
  accounts: ReadonlyMap<string, PriceAccount>,
  units: ReadonlyMap<string, { readonly unit: string; readonly title: string }>,
): string {
  const all = [...accounts.values()];
  const active = (all[0]?.byMechanism ?? [])
    .map(({ mechanism }, m) => ({ mechanism, m }))
    .filter(({ m }) => all.some((account) => account.byMechanism[m].value !== 0));
  const lines = [
    ['trait', 'change', 'selection', 'between', 'within', ...active.map(({ mechanism }) => mechanism)],
    ...[...accounts].map(([trait, { change, selection, levels, byMechanism }]) => [
      `${trait}${units.get(trait)?.unit ? ` (${units.get(trait)?.unit})` : ''}`,
      ...[change, selection, levels.between, levels.within, ...active.map(({ m }) => byMechanism[m].value)].map(signed),
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const table = lines.map((line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
  );
  const { ancestors, living } = all[0];
  const said =
    accounts.size === 1
      ? [...accounts].map(([trait, account]) => {
          const title = (units.get(trait)?.title ?? trait).toLowerCase();
          return `${population}: ${priceSentence(title, windowTerms(account))} ${priceErrorsNote}`;
        })
      : [];
  return `${[
    `Price's equation of ${population}, ticks ${from} to ${to}: ${ancestors} lived when it opened, ${living} when it closed`,
    'change = selection (between + within clades) + what each mechanism changed in transmission',
    ...table,
    tellResidual(all),
    ...said,
  ].join('\n')}\n`;
}

/** How well accounts close. */
export function tellResidual(accounts: readonly PriceAccount[]): string {
  const known = accounts.map(({ residual }) => residual).filter((residual) => !Number.isNaN(residual));
  const open = accounts.length - known.length;
  const outside = 'in windows in which organisms came from outside what they brought is told by difference';
  if (known.length === 0) return `no residual: ${outside}`;
  return `largest residual ${Math.max(...known).toExponential(1)} of the trait's scale${open > 0 ? `; ${outside}` : ''}`;
}

const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toPrecision(3)}`;
