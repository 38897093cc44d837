import { log } from '../../math/elementary.ts';

/** A clade or a species whose fate in an interval is compared with another's. @experimental */
export interface Rival {
  /** clade: descends from one organism that lived the age of clades before the interval; species: its members when the interval opened. */
  readonly kind: 'clade' | 'species';
  /** Id of that organism, or number of the species. */
  readonly id: number;
  /** Places of its organisms among those at the opening. What descends from them belongs to the rival. */
  readonly subclades: readonly number[];
  /** Its organisms at the opening and at the close. */
  readonly before: number;
  readonly after: number;
}

/** Fewest organisms of a rival at the opening, where nothing else is asked. */
export const fewestOfRival = 8;

/** A clade that took over from another. @experimental */
export interface RivalPair {
  readonly winner: Rival;
  readonly loser: Rival;
}

/**
 * All clades or species of an opening.
 * @param labels of the organisms at the opening, in the order of ids: id of the ancestor or number of the species; -1 for none
 * @param after living at the close, by subclade
 * @experimental
 */
export function rivalsOf(kind: Rival['kind'], labels: ArrayLike<number>, after: ArrayLike<number>): readonly Rival[] {
  const groups = new Map<number, number[]>();
  for (let k = 0; k < labels.length; k++) {
    if (labels[k] < 0) continue;
    const own = groups.get(labels[k]);
    if (own) own.push(k);
    else groups.set(labels[k], [k]);
  }
  return [...groups].map(([id, subclades]) => ({
    kind,
    id,
    subclades,
    before: subclades.length,
    after: subclades.reduce((sum, k) => sum + after[k], 0),
  }));
}

/** Places of rivals that are not chosen by their gains alone. @experimental */
export interface GivenRivals {
  readonly winner?: number | undefined;
  readonly loser?: number | undefined;
  readonly either?: number | undefined;
}

/** How many of a rival lived at both ends. @experimental */
export type RivalNumbers = Pick<Rival, 'before' | 'after'>;

/**
 * Of some rivals, the one whose share of all organisms rose most, and the one whose share fell most; or those that are given.
 * @param totals of all organisms at both ends
 * @param given places of one or both of them; or of one that is the winner if its share rose, and the loser if it fell (`either`)
 * @returns their places; undefined if there are fewer than two
 * @experimental
 */
export function chooseRivals(
  rivals: readonly RivalNumbers[],
  totals: RivalNumbers,
  given: GivenRivals = {},
): readonly [winner: number, loser: number] | undefined {
  const gains = rivals.map(({ before, after }) => after / totals.after - before / totals.before);
  const best = (sign: 1 | -1, other: number | undefined) => {
    let found = -1;
    for (const [k, gain] of gains.entries()) if (k !== other && (found < 0 || sign * gain > sign * gains[found])) found = k;
    return found;
  };
  const { either } = given;
  // Where all others are on its side of no change, it is on the other side of them.
  const isOther = (than: (gain: number) => boolean) => gains.some((gain, k) => k !== either && than(gain));
  const isWinner =
    either !== undefined &&
    (gains[either] >= 0 ? isOther((gain) => gain <= gains[either]) : !isOther((gain) => gain > gains[either]));
  const loserGiven = given.loser ?? (isWinner ? undefined : either);
  const winner = given.winner ?? (isWinner ? either : best(1, loserGiven));
  const loser = loserGiven ?? best(-1, winner);
  return winner < 0 || loser < 0 ? undefined : [winner, loser];
}

/** By how much the log of the ratio of two numbers rose: ln of winner's growth over loser's, with one half added to what lived at the close. @experimental */
export const displacement = (winner: RivalNumbers, loser: RivalNumbers): number =>
  log((winner.after + 0.5) / winner.before) - log((loser.after + 0.5) / loser.before);
