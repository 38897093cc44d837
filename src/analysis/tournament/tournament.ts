import { namedStream } from '../../math/streams.ts';
import { hodgeDecomposition } from '../game/hodge.ts';

/** A complete tournament with replicates. */
export interface TournamentResult {
  /** Mean margins, m x m row by row: how far row beats column. */
  readonly margins: Float64Array;
  /** Standard error of each, NaN with one replicate. */
  readonly errors: Float64Array;
  readonly ratings: Float64Array;
  /** 95 % bootstrap interval of each rating over replicates. */
  readonly ratingLow: Float64Array;
  readonly ratingHigh: Float64Array;
  readonly cyclicShare: number;
  /** Less what replicate noise puts there, and its bootstrap interval. */
  readonly correctedShare: number;
  readonly correctedLow: number;
  readonly correctedHigh: number;
}

const resamples = 399;

/**
 * Judges a tournament from the margins of each pair's replicates.
 * @param players how many
 * @param replicates margin of player i against j < i in each replicate, pairs in the order (1,0), (2,0), (2,1), ...
 * @throws {RangeError} for fewer than three players or lists that do not fit
 */
export function judgeTournament(players: number, replicates: readonly (readonly number[])[]): TournamentResult {
  const pairs = (players * (players - 1)) / 2;
  if (players < 3 || replicates.length !== pairs || replicates.some((list) => list.length === 0)) {
    throw new RangeError(`a tournament of ${players} needs three players or more, and margins of all ${pairs} pairs`);
  }
  const count = replicates[0].length;
  const decide = (drawn: readonly number[]) => {
    const margins = new Float64Array(players * players);
    let noise = 0;
    let pair = 0;
    for (let i = 0; i < players; i++) {
      for (let j = 0; j < i; j++, pair++) {
        const values = drawn.map((r) => replicates[pair][r]);
        const mean = values.reduce((sum, value) => sum + value, 0) / count;
        margins[i * players + j] = mean;
        margins[j * players + i] = -mean;
        const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
        noise += count > 1 ? square / (count - 1) / count / pairs : 0;
      }
    }
    return { margins, noise, hodge: hodgeDecomposition(margins, noise) };
  };
  const all = Array.from({ length: count }, (_, r) => r);
  const { margins, hodge } = decide(all);
  const stream = namedStream('tournament', `${players} ${count}`);
  const draws = Array.from({ length: resamples }, () => decide(all.map(() => stream.integer(count))).hodge);
  // Draws that leave nothing once noise is subtracted say nothing.
  const bound = (of: (one: (typeof draws)[number]) => number, rank: number) => {
    const known = Float64Array.from(draws, of)
      .filter((value) => !Number.isNaN(value))
      .sort();
    return known[Math.min(known.length - 1, Math.floor((rank * known.length) / (resamples + 1)))] ?? Number.NaN;
  };
  const errors = new Float64Array(players * players);
  let pair = 0;
  for (let i = 0; i < players; i++) {
    for (let j = 0; j < i; j++, pair++) {
      const mean = margins[i * players + j];
      const square = replicates[pair].reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
      errors[i * players + j] = errors[j * players + i] = Math.sqrt(square / (count - 1) / count);
    }
  }
  return {
    margins,
    errors,
    ratings: hodge.ratings,
    ratingLow: hodge.ratings.map((_, i) => bound(({ ratings }) => ratings[i], 10)),
    ratingHigh: hodge.ratings.map((_, i) => bound(({ ratings }) => ratings[i], 390)),
    cyclicShare: hodge.cyclicShare,
    correctedShare: hodge.correctedShare,
    correctedLow: bound(({ correctedShare }) => correctedShare, 10),
    correctedHigh: bound(({ correctedShare }) => correctedShare, 390),
  };
}

/** `count` of a list, as evenly over it as can be, the first and the last among them. */
export function spreadEvenly<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, k) => list[Math.round((k * (list.length - 1)) / Math.max(1, count - 1))]);
}
