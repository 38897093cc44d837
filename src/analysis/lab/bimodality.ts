// Whether the numbers of a population fall into two clusters, and how deep the gap between them is.

export interface BimodalityOptions {
  /** How far apart the two highest places must be, in units of the values; below it they count as one. */
  readonly separation: number;
  /** Share of the values that must lie on either side; 0.1 by default. */
  readonly share?: number;
}

export interface Bimodality {
  /** How far the density falls between two modes: 1 minus the lowest over the lower of the two peaks. 0: there is one mode. */
  readonly depth: number;
  /** Middle of the deepest place between two modes; NaN if there is one. */
  readonly valley: number;
  /** Whether there are two clusters: depth is 3/4 or more. */
  readonly branched: boolean;
}

/** Depth from which two modes count as two clusters: between them at most a quarter as many as at the lower peak. */
const deep = 0.75;

/**
 * Whether numbers fall into two clusters. In a histogram with bins of a quarter of the separation, a bin separates them if each side
 * has its share of all and the highest bins of the two sides are at least the separation apart; the deepest such bin counts. An
 * empty population has one mode. Effect of chance: a bin that expects n values departs by about sqrt(n), so that with
 * less than a few dozen values in the highest bins a depth of 3/4 may be noise.
 * Throws RangeError unless the separation is positive and the share in (0, 1/2).
 */
export function bimodality(values: ArrayLike<number>, { separation, share = 0.1 }: BimodalityOptions): Bimodality {
  if (!(separation > 0 && separation < Infinity)) {
    throw new RangeError(`bimodality: separation ${separation} is not positive and finite`);
  }
  if (!(share > 0 && share < 0.5)) throw new RangeError(`bimodality: share ${share} is not in (0, 1/2)`);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  const none: Bimodality = { depth: 0, valley: Number.NaN, branched: false };
  if (!(high - low >= separation)) return none;
  const width = separation / 4;
  const counts = new Float64Array(Math.floor((high - low) / width) + 1);
  for (let i = 0; i < values.length; i++) counts[Math.floor((values[i] - low) / width)]++;
  let best = none;
  let before = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const after = values.length - before - counts[bin];
    if (before >= share * values.length && after >= share * values.length) {
      const [left, right] = [highest(counts, 0, bin), highest(counts, bin + 1, counts.length)];
      const depth = 1 - counts[bin] / Math.min(counts[left], counts[right]);
      if ((right - left) * width >= separation && depth > best.depth) {
        best = { depth, valley: low + (bin + 0.5) * width, branched: depth >= deep };
      }
    }
    before += counts[bin];
  }
  return best;
}

/** Index of the largest count from `from` up to before `to`. */
function highest(counts: Float64Array, from: number, to: number): number {
  let best = from;
  for (let bin = from + 1; bin < to; bin++) if (counts[bin] > counts[best]) best = bin;
  return best;
}
