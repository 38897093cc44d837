import type { PriceAccount } from './price-of-window.ts';
import { commonWith, partsOf, type SelectionParts } from './selection-errors.ts';

/** Price's equation of a trait over a window, or over several consecutive ones. @public */
export interface WindowTerms {
  readonly change: number;
  readonly between: number;
  readonly within: number;
  /** Of selection and its parts; NaN if unknown. */
  readonly errors: SelectionParts & { readonly freedom: number };
  /** Correlation of these errors with those of the window before; unknown for the first one, and where it was not kept. */
  readonly common?: SelectionParts;
  /** What each mechanism changed, by its name, in the order of first occurrence. */
  readonly byMechanism: ReadonlyMap<string, number>;
  /** Selection by channel, if it counts copies of loci. */
  readonly byChannel?: ReadonlyMap<string, number>;
}

const square = (value: number) => value * value;

/** The terms of an account; mechanisms by their ids, or by `name`. @public */
export function windowTerms(
  { change, levels, errors: { families: _, ...errors }, byMechanism, byChannel }: PriceAccount,
  name = (id: string) => id,
): WindowTerms {
  return {
    change,
    ...levels,
    errors,
    byMechanism: new Map(byMechanism.map(({ mechanism, value }) => [name(mechanism), value])),
    ...(byChannel ? { byChannel: new Map(byChannel.map(({ channel, value }) => [channel, value])) } : {}),
  };
}

/** The terms of the accounts of consecutive windows, with what their errors have in common. @public */
export function consecutiveTerms(accounts: readonly PriceAccount[], name?: (id: string) => string): WindowTerms[] {
  return accounts.map((account, w) => ({
    ...windowTerms(account, name),
    ...(w > 0 ? { common: commonWith(accounts[w - 1].errors.families, account.errors.families) } : {}),
  }));
}

/** Correlation between errors of neighbouring windows where it was not kept, as in runs of earlier versions: more than was measured in any. */
const unknownCommon = 0.5;

/**
 * The terms of consecutive windows, summed: changes of the mean sum to the whole change, and every other term keeps its meaning,
 * with clades drawn again in every window. (Over one long window every founder is a separate clade, and nothing lies within.) Errors are summed as correlated ones: those of
 * neighbouring windows as they are on average in these windows (0 at least), those of windows further apart by powers of that. Degrees of freedom are Satterthwaite's.
 * @public
 */
export function sumOfWindows(windows: readonly WindowTerms[]): WindowTerms {
  const sum = (of: (window: WindowTerms) => number) => windows.reduce((total, window) => total + of(window), 0);
  const error = (part: keyof SelectionParts) => {
    const pairs = windows.slice(1).map(({ common }) => common?.[part] ?? unknownCommon);
    const neighbours = Math.max(
      0,
      pairs.reduce((total, one) => total + one / pairs.length, 0),
    );
    // The part that errors so far have in common with the next one.
    let [total, common] = [0, 0];
    for (const { errors } of windows) {
      const own = errors[part];
      common *= neighbours;
      total += own * own + 2 * own * common;
      common += own;
    }
    return Math.sqrt(total);
  };
  const added = (maps: readonly ReadonlyMap<string, number>[]) => {
    const total = new Map<string, number>();
    for (const map of maps) for (const [name, value] of map) total.set(name, (total.get(name) ?? 0) + value);
    return total;
  };
  const channels = windows.flatMap(({ byChannel }) => (byChannel ? [byChannel] : []));
  const variance = sum(({ errors }) => errors.selection * errors.selection);
  const spread = sum(({ errors }) => square(errors.selection * errors.selection) / errors.freedom);
  return {
    change: sum(({ change }) => change),
    between: sum(({ between }) => between),
    within: sum(({ within }) => within),
    errors: {
      ...partsOf(error),
      freedom: variance > 0 ? Math.max(1, (variance * variance) / spread) : 1,
    },
    byMechanism: added(windows.map(({ byMechanism }) => byMechanism)),
    ...(channels.length === windows.length && windows.length > 0 ? { byChannel: added(channels) } : {}),
  };
}
