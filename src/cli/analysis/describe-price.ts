import type { PriceAccount } from '../../analysis/price/price-of-window.ts';
import { windowTerms } from '../../analysis/price/sum-of-windows.ts';
import { priceErrorsNote, priceSentence } from '../../experiment/price-words.ts';
import { tableLines } from '../table-lines.ts';
import { accountsDiffer, mainAccount, type PriceAccounts } from './price-accounts.ts';

/**
 * A line for each trait: change, selection with its levels and channels, and the changes by each mechanism that had an effect.
 */
export function describePrice(
  population: string,
  [from, to]: readonly [number, number],
  accounts: ReadonlyMap<string, PriceAccounts>,
  units: ReadonlyMap<string, { readonly unit: string; readonly title: string }>,
): string {
  const main = new Map([...accounts].map(([trait, both]) => [trait, mainAccount(both)]));
  const all = [...main.values()];
  const { ancestors, living, byChannel } = all[0];
  const said =
    main.size === 1
      ? [...main].map(([trait, account]) => {
          const title = (units.get(trait)?.title ?? trait).toLowerCase();
          return `${population}: ${priceSentence(title, windowTerms(account))} ${priceErrorsNote}`;
        })
      : [];
  const differ = [...accounts.values()].some(accountsDiffer);
  const other = new Map([...accounts].map(([trait, { organisms }]) => [trait, organisms]));
  return `${[
    `Price's equation of ${population}, ticks ${from} to ${to}: ${ancestors} alive when it opened, ${living} when it closed`,
    ...(byChannel
      ? [
          'By copies of the locus that each trait reads, however they spread:',
          'change = selection (between + within clades of copies; by channel) + what each mechanism wrote',
        ]
      : ['By births of organisms: change = selection (between + within clades) + what each mechanism changed in transmission']),
    ...tableOf(main, units),
    ...(!byChannel
      ? []
      : differ
        ? [
            'By births of organisms, with shares of the whole genome: sex and transfer are transmission here',
            ...tableOf(other, units),
          ]
        : ['Births of organisms, with shares of the whole genome, give the same: no locus spread in another way.']),
    describeResidual([...all, ...(differ ? other.values() : [])]),
    ...said,
  ].join('\n')}\n`;
}

function tableOf(
  accounts: ReadonlyMap<string, PriceAccount>,
  units: ReadonlyMap<string, { readonly unit: string; readonly title: string }>,
): string[] {
  const all = [...accounts.values()];
  // Traits of one population have the same mechanisms and channels, in the same order.
  const active = (all[0]?.byMechanism ?? [])
    .map(({ mechanism }, m) => ({ mechanism, m }))
    .filter(({ m }) => all.some((account) => account.byMechanism[m].value !== 0));
  const open = (all[0]?.byChannel ?? []).map(({ channel }, c) => ({ channel, c }));
  const used = open.filter(({ c }) => all.some(({ byChannel }) => byChannel?.[c].value !== 0));
  const channels = used.length > 1 ? used : [];
  const lines = [
    [
      ...['trait', 'change', 'selection', 'between', 'within'],
      ...channels.map(({ channel }) => channel),
      ...active.map(({ mechanism }) => mechanism),
    ],
    ...[...accounts].map(([trait, { change, selection, levels, byMechanism, byChannel }]) => [
      `${trait}${units.get(trait)?.unit ? ` (${units.get(trait)?.unit})` : ''}`,
      ...[
        ...[change, selection, levels.between, levels.within],
        ...channels.map(({ c }) => byChannel?.[c].value ?? 0),
        ...active.map(({ m }) => byMechanism[m].value),
      ].map(signed),
    ]),
  ];
  return tableLines(lines, 1);
}

/** How well accounts close. */
export function describeResidual(accounts: readonly PriceAccount[]): string {
  const known = accounts.map(({ residual }) => residual).filter((residual) => !Number.isNaN(residual));
  const open = accounts.length - known.length;
  const outside = 'in windows with introduced organisms their contribution is the remainder';
  if (known.length === 0) return `no residual: ${outside}`;
  return `largest residual ${Math.max(...known).toExponential(1)} of the trait's scale${open > 0 ? `; ${outside}` : ''}`;
}

const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toPrecision(3)}`;
