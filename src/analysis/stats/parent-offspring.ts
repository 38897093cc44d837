import { familyBlocks, jackknifeErrors } from './family-jackknife.ts';
import type { WithError } from './selection-gradients.ts';

/** The regression of offspring on parents. @experimental */
export interface ParentOffspring {
  /** Slope on the mean of the parents, or on the only parent: heritability where the environment of relatives is not shared. */
  readonly slope: WithError;
  /** Offspring that were counted. */
  readonly offspring: number;
  readonly blocks: number;
}

/**
 * Heritability by regression of offspring on their parents' mean (Falconer & Mackay 1996, Introduction to Quantitative Genetics, ch. 10; Lynch & Walsh 1998, ch.
 * 17). Of clones it is the slope on the one parent.
 * @param offspring trait of each offspring, @param parents mean trait of its parents
 * @param families family of each offspring, for the error (jackknife)
 * @throws {RangeError} for fewer than three offspring, or parents that do not vary
 * @experimental
 */
export function parentOffspringSlope(
  offspring: ArrayLike<number>,
  parents: ArrayLike<number>,
  families: ArrayLike<number>,
): ParentOffspring {
  const n = offspring.length;
  if (n < 3) throw new RangeError(`parentOffspringSlope: ${n} offspring; give three or more`);
  const blocks = familyBlocks(families);
  let [centreX, centreY] = [0, 0];
  for (let i = 0; i < n; i++) {
    centreX += parents[i] / n;
    centreY += offspring[i] / n;
  }
  // n, sums and products of each block, about the mean of all.
  const sums = Array.from({ length: blocks.count }, () => new Float64Array(5));
  for (let i = 0; i < n; i++) {
    const [x, y] = [parents[i] - centreX, offspring[i] - centreY];
    const own = sums[blocks.of[i]];
    own[0]++;
    own[1] += x;
    own[2] += y;
    own[3] += x * x;
    own[4] += x * y;
  }
  const slope = (without: number): number => {
    const all = new Float64Array(5);
    for (const [block, own] of sums.entries()) if (block !== without) for (let k = 0; k < 5; k++) all[k] += own[k];
    const square = all[3] - (all[1] * all[1]) / all[0];
    return square > 1e-12 * all[0] * (centreX * centreX + 1e-12) ? (all[4] - (all[1] * all[2]) / all[0]) / square : Number.NaN;
  };
  const value = slope(-1);
  if (Number.isNaN(value)) throw new RangeError('parentOffspringSlope: the parents do not vary');
  const [error] = jackknifeErrors(blocks.count, 1, (block) => [slope(block)]);
  return { slope: { value, error }, offspring: n, blocks: blocks.count };
}
