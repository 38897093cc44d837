import { standardError } from '../../math/statistics.ts';
import { studentQuantile } from '../../math/student.ts';
import { hodgeDecomposition } from '../game/hodge.ts';
import { cyclicShare } from './cyclic-share.ts';

/** A complete tournament with replicates. @experimental */
export interface TournamentResult {
  /** Mean margins, m x m row by row: how far row beats column. */
  readonly margins: Float64Array;
  /** Standard error of each, NaN with one replicate. */
  readonly errors: Float64Array;
  readonly ratings: Float64Array;
  /** 95 % Student interval of each rating separately, from the spread between replicates; NaN with one replicate. */
  readonly ratingLow: Float64Array;
  readonly ratingHigh: Float64Array;
  /** Share of the squared margins that no ratings explain, noise included. */
  readonly cyclicShare: number;
  /** The same without noise; NaN with one replicate, or if noise alone may have made all margins (noiseP of 0.05 or more). */
  readonly correctedShare: number;
  /** 95 % interval of the share without noise, which may reach 0 and 1; NaN with one replicate. */
  readonly correctedLow: number;
  readonly correctedHigh: number;
  /** Probability that noise alone makes margins this large; NaN with one replicate. */
  readonly noiseP: number;
}

/**
 * Seed of the world of a replicate of two players. Every contest has its own world, so that the noise of margins is independent.
 * @experimental
 */
export const contestSeed = (seed: string, first: number, second: number, replicate: number) =>
  `${seed}/${first}-${second}/${replicate}`;

/**
 * Evaluates a tournament from the margins of each pair's replicates, which are assumed to be independent.
 * @param players number of players
 * @param replicates margin of player i against j < i in each replicate, pairs in the order (1,0), (2,0), (2,1), ...
 * @throws {RangeError} for fewer than three players or lists that do not fit
 * @experimental
 */
export function judgeTournament(players: number, replicates: readonly (readonly number[])[]): TournamentResult {
  const pairs = (players * (players - 1)) / 2;
  const count = replicates[0]?.length ?? 0;
  if (players < 3 || replicates.length !== pairs || count === 0 || replicates.some((list) => list.length !== count)) {
    throw new RangeError(`a tournament of ${players} needs three players or more, and as many margins of each of ${pairs} pairs`);
  }
  const margins = new Float64Array(players * players);
  const errors = new Float64Array(players * players);
  const variances = new Float64Array(pairs);
  let pair = 0;
  for (let i = 0; i < players; i++) {
    for (let j = 0; j < i; j++, pair++) {
      const mean = replicates[pair].reduce((sum, value) => sum + value, 0) / count;
      const error = standardError(replicates[pair]);
      margins[i * players + j] = mean;
      margins[j * players + i] = -mean;
      errors[i * players + j] = errors[j * players + i] = error;
      variances[pair] = error * error;
    }
  }
  const { ratings, cyclicShare: raw } = hodgeDecomposition(margins);
  const [transitive, cyclic]: number[][] = [[], []];
  for (let i = 0; i < players; i++) {
    for (let j = 0; j < i; j++) {
      transitive.push(ratings[i] - ratings[j]);
      cyclic.push(margins[i * players + j] - (ratings[i] - ratings[j]));
    }
  }
  const half = ratings.map((_, i) => ratingHalf(errors.subarray(i * players, (i + 1) * players), count));
  const corrected =
    count > 1 && variances.some((variance) => variance > 0)
      ? cyclicShare(players, transitive, cyclic, variances, count)
      : { share: Number.NaN, low: Number.NaN, high: Number.NaN, noiseP: Number.NaN };
  return {
    margins,
    errors,
    ratings,
    ratingLow: ratings.map((rating, i) => rating - half[i]),
    ratingHigh: ratings.map((rating, i) => rating + half[i]),
    cyclicShare: raw,
    correctedShare: corrected.share,
    correctedLow: corrected.low,
    correctedHigh: corrected.high,
    noiseP: corrected.noiseP,
  };
}

/** Half the 95 % interval of a rating, with Welch's and Satterthwaite's degrees of freedom; NaN with one replicate. */
function ratingHalf(errors: Float64Array, replicates: number): number {
  const players = errors.length;
  let [variance, square] = [0, 0];
  for (const error of errors) {
    variance += error * error;
    square += error * error * error * error;
  }
  if (!(variance > 0)) return Number.NaN;
  const freedom = Math.max(1, (variance * variance * (replicates - 1)) / square);
  return (studentQuantile(0.975, freedom) * Math.sqrt(variance)) / players;
}

/** `count` entries of a list, as evenly spaced as possible, including the first and the last. @experimental */
export function spreadEvenly<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, k) => list[Math.round((k * (list.length - 1)) / Math.max(1, count - 1))]);
}
