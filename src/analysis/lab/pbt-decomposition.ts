import { dot } from './direction.ts';

/** The change of a population's mean genome over a window, in its two parts: change = copying + local, to float rounding. */
export interface PbtWindow {
  /** Mean genome at the end minus that at the start. */
  readonly change: Float64Array;
  /** Effect of copying: the mean of the copied minus that of the genomes they replaced. */
  readonly copying: Float64Array;
  /** Effect of the learners' own steps. */
  readonly local: Float64Array;
}

/**
 * Splits a window by descent: each of the later genomes comes from one at the start, by copying or by staying.
 * Copying: the mean of those ancestors, each counted once per descendant, minus the mean of all at the start; local: the mean
 * of later changes in each line. It is Price's (1970) equation, selection and transmission, and so needs only the
 * lines of descent: of learners that copy each other, or of the clades of a world. Steps of a line that was copied over before
 * the window's end count as nothing, whereas the training's own ledger of events counts them as local and then undone.
 * @param before rows of `dimensions` numbers
 * @param after the same, as many rows as `source` has entries
 * @param source of each row of `after`, the row of `before` that it comes from
 */
export function decomposeByDescent(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  source: ArrayLike<number>,
  dimensions: number,
): PbtWindow {
  const earlier = before.length / dimensions;
  const later = source.length;
  if (!Number.isInteger(earlier) || earlier < 1 || later < 1 || after.length !== later * dimensions) {
    throw new RangeError(
      `decomposeByDescent: ${before.length} and ${after.length} numbers for rows of ${dimensions} and ${later} lines of descent`,
    );
  }
  const copying = new Float64Array(dimensions);
  const local = new Float64Array(dimensions);
  const change = new Float64Array(dimensions);
  for (let row = 0; row < later; row++) {
    const from = source[row];
    if (!(from >= 0 && from < earlier)) throw new RangeError(`decomposeByDescent: row ${row} comes from ${from} of ${earlier}`);
    for (let l = 0; l < dimensions; l++) {
      const ancestor = before[from * dimensions + l];
      copying[l] += ancestor / later;
      local[l] += (after[row * dimensions + l] - ancestor) / later;
    }
  }
  for (let row = 0; row < earlier; row++) {
    for (let l = 0; l < dimensions; l++) copying[l] -= before[row * dimensions + l] / earlier;
  }
  for (let l = 0; l < dimensions; l++) change[l] = copying[l] + local[l];
  return { change, copying, local };
}

/** The share of the change over windows that each part explains; the two sum to 1. */
export interface PbtShares {
  /** Sum over windows of copying . change over that of |change|^2: beyond [0, 1] if the parts oppose each other. */
  readonly copying: number;
  readonly local: number;
  /** Standard error of either, by the jackknife over windows, taken to be independent; NaN for one window. */
  readonly error: number;
}

/** The shares of copying and local steps in the change of the mean, over all windows; NaN if nothing changed. */
export function pbtShares(windows: readonly PbtWindow[]): PbtShares {
  const parts = windows.map(({ copying, change }) => dot(copying, change));
  const squares = windows.map(({ change }) => dot(change, change));
  const part = parts.reduce((sum, value) => sum + value, 0);
  const square = squares.reduce((sum, value) => sum + value, 0);
  const count = windows.length;
  const without = parts.map((value, i) => (part - value) / (square - squares[i]));
  const mean = without.reduce((sum, value) => sum + value, 0) / count;
  const spread = without.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const copying = part / square;
  return { copying, local: 1 - copying, error: count > 1 ? Math.sqrt(((count - 1) / count) * spread) : Number.NaN };
}
