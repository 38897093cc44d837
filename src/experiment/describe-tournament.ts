import type { TournamentResult } from '../analysis/tournament/tournament.ts';
import { integerColumn, realColumn } from '../export/columns.ts';
import type { Cell, ExportTable } from '../export/export-table.ts';

/** A fossil of a tournament. */
export interface TournamentPlayer {
  readonly fossil: number;
  readonly organism: number;
  readonly tick: number;
}

/** A tournament of fossils, for a report. */
export interface TournamentReport {
  readonly population: string;
  readonly ticks: number;
  readonly replicates: number;
  /** In the order of their ticks. */
  readonly players: readonly TournamentPlayer[];
  readonly result: TournamentResult;
}

/** Two fossils of a tournament, one a row. */
export const tournamentTable: ExportTable = {
  name: 'tournament',
  title: 'Tournament',
  row: 'One fossil against another.',
  columns: [
    integerColumn('fossil', '', 'Number of the fossil.'),
    integerColumn('tick', 'ticks', 'When it was kept.'),
    integerColumn('other', '', 'Number of the other.'),
    integerColumn('other_tick', 'ticks', 'When the other was kept.'),
    realColumn('margin', 'log ratio of descendants', 'Margin over the other: mean over replicates.'),
    realColumn('error', 'log ratio of descendants', 'Standard error of the mean.'),
    realColumn('rating', 'log ratio of descendants', 'Rating of the fossil.'),
    realColumn(
      'rating_low',
      'log ratio of descendants',
      'Its 95 % Student interval, each rating separately; null with one replicate.',
    ),
    realColumn('rating_high', 'log ratio of descendants', 'Upper bound.'),
  ],
};

/** Rows of `tournamentTable`. */
export function* tournamentRows({ players, result }: TournamentReport): Iterable<readonly Cell[]> {
  const { margins, errors, ratings, ratingLow, ratingHigh } = result;
  const m = players.length;
  for (const [i, one] of players.entries()) {
    for (const [j, other] of players.entries()) {
      if (i === j) continue;
      yield [
        ...[one.fossil, one.tick, other.fossil, other.tick, margins[i * m + j], errors[i * m + j]],
        ...[ratings[i], ratingLow[i], ratingHigh[i]],
      ];
    }
  }
}

/** A margin or rating with its sign. */
export const showMargin = (value: number, digits = 2) =>
  Number.isNaN(value) ? '-' : `${value >= 0 ? '+' : ''}${value.toFixed(digits)}`;

/** The explained and the unexplained part of the margins, a sentence each. */
export function tournamentSentences({ players, result }: TournamentReport): readonly string[] {
  const { ratings, cyclicShare, correctedShare, correctedLow, correctedHigh, noiseP } = result;
  const m = players.length;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const interval = `95 % interval ${percent(correctedLow)} to ${percent(correctedHigh)}`;
  const rising = ratings.every((rating, i) => i === 0 || rating > ratings[i - 1]);
  return [
    `cyclic share ${percent(cyclicShare)}: the part that no rating explains, noise included; pure noise has ${((100 * (m - 2)) / m).toFixed(0)} %`,
    Number.isNaN(noiseP)
      ? 'one replicate, or identical replicates, cannot show how much of it is noise'
      : Number.isNaN(correctedShare)
        ? `noise alone may have produced these margins (p ${noiseP.toFixed(2)}): give more replicates or longer contests; cyclic share without noise: ${interval}`
        : `cyclic share without noise ${percent(correctedShare)} (${interval})`,
    rising ? 'every later fossil is rated higher than every earlier one' : 'ratings do not always rise with time',
  ];
}
