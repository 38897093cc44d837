// How wide the intervals of twins are and how many replicates they need, for differences that are normal. A table of docs/twins.md is made of it.
import { fewestValues, meanSequence } from '../src/experiment/twins/mean-sequence.ts';
import { alphaOf, mostReplicates } from '../src/experiment/twins/twin-replicates.ts';
import { namedStream } from '../src/math/streams.ts';
import { studentQuantile } from '../src/math/student.ts';

/** Measures of a world, windows, and samples of which medians are taken. */
const [measures, windows, samples] = [3, 4, 400];

/** Numbers of replicates at which widths are given. */
export const countsOfWidths = [20, 30, mostReplicates] as const;

interface WindowOfTwins {
  /** Replicates from which there is an interval. */
  readonly fewest: number;
  /** Width at the fewest, then at `countsOfWidths`, as multiples of the width of Student's interval, which holds at one look. */
  readonly widths: readonly number[];
  /** Replicates after which differences with a mean of 1 or 2 standard deviations are found; Infinity for more than are made. */
  readonly found: readonly number[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Width of the interval as a multiple of Student's. */
function widthOf(values: readonly number[], alpha: number): number {
  const { mean, low, high, count } = meanSequence(values, alpha);
  const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return (high - low) / (2 * studentQuantile(0.975, count - 1) * Math.sqrt(square / (count - 1) / count));
}

/** Of each of the first windows. */
export function widthsOfTwins(): readonly WindowOfTwins[] {
  const stream = namedStream('7', 'widths of twins');
  const normal = (count: number) => Array.from({ length: count }, () => stream.normal());
  return Array.from({ length: windows }, (_, window) => {
    const alpha = alphaOf(measures, window);
    const fewest = fewestValues(alpha);
    const drawn = Array.from({ length: samples }, () => normal(mostReplicates));
    const widths = [fewest, ...countsOfWidths].map((count) => median(drawn.map((all) => widthOf(all.slice(0, count), alpha))));
    const found = [1, 2].map((mean) =>
      median(
        drawn.map((all) => {
          const values = all.map((value) => value + mean);
          for (let count = fewest; count <= mostReplicates; count++)
            if (meanSequence(values.slice(0, count), alpha).differs) return count;
          return Number.POSITIVE_INFINITY;
        }),
      ),
    );
    return { fewest, widths, found };
  });
}
