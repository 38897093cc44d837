import type { PriceAccount } from './price-of-window.ts';
import type { SelectionErrors } from './selection-errors.ts';

/** Price's equation of a trait over a window, or over several that follow one another. */
export interface WindowTerms {
  readonly change: number;
  readonly between: number;
  readonly within: number;
  /** Of selection and its parts; NaN where not known. */
  readonly errors: SelectionErrors;
  /** What each mechanism changed, by its name, those first that are first met. */
  readonly byMechanism: ReadonlyMap<string, number>;
}

/** The terms of an account; mechanisms by their ids, or as `name` says. */
export function windowTerms({ change, levels, errors, byMechanism }: PriceAccount, name = (id: string) => id): WindowTerms {
  return { change, ...levels, errors, byMechanism: new Map(byMechanism.map(({ mechanism, value }) => [name(mechanism), value])) };
}

/**
 * The terms of windows that follow one another, summed: changes of the mean sum to the whole change, and every other term keeps its meaning,
 * with clades drawn anew in every window. (Over one long window every founder is a clade of its own, and nothing lies within.) Errors of windows
 * are taken to be independent, for other lives are lived in each.
 */
export function sumOfWindows(windows: readonly WindowTerms[]): WindowTerms {
  const sum = (of: (window: WindowTerms) => number) => windows.reduce((total, window) => total + of(window), 0);
  const error = (of: (errors: SelectionErrors) => number) => Math.sqrt(sum(({ errors }) => of(errors) * of(errors)));
  const byMechanism = new Map<string, number>();
  for (const window of windows) {
    for (const [name, value] of window.byMechanism) byMechanism.set(name, (byMechanism.get(name) ?? 0) + value);
  }
  return {
    change: sum(({ change }) => change),
    between: sum(({ between }) => between),
    within: sum(({ within }) => within),
    errors: {
      selection: error(({ selection }) => selection),
      between: error(({ between }) => between),
      within: error(({ within }) => within),
    },
    byMechanism,
  };
}
