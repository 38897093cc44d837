import type { ChanceDisplacement } from '../../../analysis/rivals/chance-displacement.ts';
import { chooseRivals, type RivalPair, rivalsOf } from '../../../analysis/rivals/choose-rivals.ts';
import type { Population } from '../../../population/population.ts';
import { UserError } from '../../user-error.ts';
import type { Asked, WhyFlags } from './question.ts';
import { wantedRivals } from './wanted-rivals.ts';
import type { WatchedInterval } from './watch-interval.ts';

/** Winner and loser of an interval, and what they were chosen from. */
export interface ChosenPair {
  readonly pair: RivalPair;
  /** Organisms of the population at the opening and at the close. */
  readonly totals: { readonly before: number; readonly after: number };
  /** Number of rivals to choose from, and whether either was chosen by its gains. */
  readonly rivals: number;
  readonly chosen: boolean;
  readonly chance: ChanceDisplacement;
}

/** Chooses the rivals at the close of an interval. @throws {UserError} for an extinct population, or if there are not two rivals */
export function choosePair(
  { kind, opening, account, chances }: WatchedInterval,
  population: Population,
  asked: Asked,
  flags: WhyFlags,
): ChosenPair {
  const { from, to, age, least } = asked;
  if (population.count === 0) throw new UserError(`${population.name} is extinct at tick ${to}; give an earlier --to`);
  if (!(account.generations > 0))
    throw new UserError(`the mean generation of ${population.name} does not rise from tick ${from} to ${to}; give a later --to`);
  const rivals = rivalsOf(kind, opening.labels, account.after).filter(({ before }) => before >= least);
  const wanted = wantedRivals(rivals, account, population, opening.labels, asked, flags);
  const totals = { before: account.ids.length, after: population.count };
  const places = chooseRivals(rivals, totals, wanted);
  if (!places)
    throw new UserError(
      `${rivals.length} ${kind === 'clade' ? `clades of ${age} ticks` : 'species'} of ${population.name} have ${least} organisms or more at tick ${from}, and two are needed; give another --from${kind === 'clade' ? ', a smaller --age' : ''} or a smaller --least`,
    );
  return {
    pair: { winner: rivals[places[0]], loser: rivals[places[1]] },
    totals,
    rivals: rivals.length,
    chosen: wanted.winner === undefined || wanted.loser === undefined,
    chance: chances.close(rivals, population.count, places, wanted),
  };
}
