import { selectionDifferential } from './price-decomposition.ts';
import { type SelectionErrors, selectionErrors } from './selection-errors.ts';
import { type SplitSelection, splitSelection } from './split-selection.ts';

/** A population when a window opens and when it closes, for one trait. @public */
export interface PriceWindow {
  /** Of the organisms that lived when it opened: value, number of descendants (shares) at its close, and clade. */
  readonly before: ArrayLike<number>;
  readonly descendants: ArrayLike<number>;
  readonly clades: ArrayLike<number>;
  /** Family of each, for errors: ancestor another census back, so that each holds whole clades; by default the clades themselves. */
  readonly families?: ArrayLike<number> | undefined;
  /** Of the organisms that live when it closes. */
  readonly after: ArrayLike<number>;
  /** Ledgers of each mechanism: what it has changed in the trait along descent, cumulative, for both. */
  readonly ledgers: readonly {
    readonly mechanism: string;
    readonly before: ArrayLike<number>;
    readonly after: ArrayLike<number>;
  }[];
}

/** Price's equation of a window, with transmission split by mechanism and selection by clade. @public */
export interface PriceAccount {
  readonly change: number;
  readonly selection: number;
  /** Selection between and within clades. */
  readonly levels: SplitSelection;
  /** Standard errors of selection and of both, over families. */
  readonly errors: SelectionErrors;
  readonly transmission: number;
  /** Selection split by how copies of loci spread, if it counts copies: they sum to it. */
  readonly byChannel?: readonly { readonly channel: string; readonly value: number }[];
  /** What each mechanism changed between ancestors and descendants: these sum to transmission. */
  readonly byMechanism: readonly { readonly mechanism: string; readonly value: number }[];
  /** Change minus selection and all of these: rounding, relative to the scale of the trait. NaN if some organisms were introduced. */
  readonly residual: number;
  readonly ancestors: number;
  readonly living: number;
}

/** Name of the term for introduced organisms and their descendants, beside the mechanisms'. */
export const immigration = 'immigration';

/** Shares of ancestry are sums of halves, exact to this. */
const rounding = 1e-9;

/**
 * The account of a window from numbers of descendants and ledgers, which needs no list of lines of descent. If not all living organisms
 * descend from those at the opening, others were introduced: their effect is listed among the mechanisms as `immigration`, by difference,
 * and there is no residual (Kerr & Godfrey-Smith 2009, Evolution 63: 531).
 * @throws {RangeError} if no organism lives at one end of the window, columns differ in length, or there are more descendants than living
 * @public
 */
export function priceOfWindow({ before, descendants, clades, families = clades, after, ledgers }: PriceWindow): PriceAccount {
  const [n, m] = [before.length, after.length];
  if (n === 0 || m === 0) throw new RangeError('a window needs a living organism when it opens and when it closes');
  if (descendants.length !== n || clades.length !== n || families.length !== n)
    throw new RangeError('columns of a window differ in length');
  const meanOf = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i];
    return sum / values.length;
  };
  let scale = 1e-300;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(before[i]));
  for (let j = 0; j < m; j++) scale = Math.max(scale, Math.abs(after[j]));
  const change = meanOf(after) - meanOf(before);
  const selection = selectionDifferential(descendants, before);
  // The sum over ancestors of descendants times their value is the part of the living that descends from them.
  const handed = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += descendants[i] * values[i];
    return sum / m;
  };
  const byMechanism = ledgers.map((ledger) => ({
    mechanism: ledger.mechanism,
    value: meanOf(ledger.after) - handed(ledger.before),
  }));
  const made = byMechanism.reduce((sum, { value }) => sum + value, 0);
  const descended = handed(new Float64Array(n).fill(1));
  if (descended > 1 + rounding) throw new RangeError(`${descended * m} descendants of ${m} living: more than there are`);
  const closed = descended >= 1 - rounding;
  if (!closed) byMechanism.push({ mechanism: immigration, value: change - selection - made });
  return {
    change,
    selection,
    levels: splitSelection(descendants, before, clades),
    errors: selectionErrors(descendants, before, clades, families),
    transmission: closed ? meanOf(after) - handed(before) : change - selection,
    byMechanism,
    residual: closed ? Math.abs(change - selection - made) / scale : Number.NaN,
    ancestors: n,
    living: m,
  };
}
