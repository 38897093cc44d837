import type { Rival } from '../../../analysis/rivals/choose-rivals.ts';
import type { SubcladeAccount } from '../../../analysis/rivals/subclade-watch.ts';
import type { Population } from '../../../population/population.ts';
import { rowsById } from '../../../population/rows-by-id.ts';
import { UserError } from '../../user-error.ts';
import type { Asked, WhyFlags } from './question.ts';

/** Places of the rivals that flags name. @throws {UserError} for organisms or species that are not known, or too small clades */
export function wantedRivals(
  rivals: readonly Rival[],
  { ids, members }: SubcladeAccount,
  population: Population,
  labels: ArrayLike<number>,
  { from, to, least }: Asked,
  flags: WhyFlags,
): { readonly winner?: number | undefined; readonly loser?: number | undefined } {
  const find = (label: number, what: string) => {
    const place = rivals.findIndex(({ id }) => id === label);
    if (place >= 0) return place;
    const size = Array.from(labels).filter((one) => one === label).length;
    throw new UserError(
      size === 0
        ? `${what} has no organism of ${population.name} at tick ${from}; give another one or another --from`
        : `${what} has ${size} organisms at tick ${from}, fewer than --least ${least}; give another one or a smaller --least`,
    );
  };
  if (flags.species) {
    const [winner, loser] = flags.species.map((one) => find(one, `species ${one}`));
    return { winner, loser };
  }
  const closed = Float64Array.from(rowsById(population), (row) => population.table.f64('id')[row]);
  const cladeOf = (flag: 'winner' | 'loser') => {
    const organism = flags[flag];
    if (organism === undefined) return undefined;
    const place = closed.indexOf(organism);
    const subclade = ids.includes(organism) ? ids.indexOf(organism) : place < 0 ? -1 : members[place];
    if (subclade < 0)
      throw new UserError(
        `--${flag} ${organism}: no organism of ${population.name} has this id and lives at tick ${from} or at tick ${to}; give one that does`,
      );
    return find(labels[subclade], `the clade of organism ${organism}`);
  };
  const [winner, loser] = [cladeOf('winner'), cladeOf('loser')];
  if (winner !== undefined && winner === loser)
    throw new UserError(
      `organisms ${flags.winner} and ${flags.loser} are of one clade; give organisms of two, or a smaller --age`,
    );
  return { winner, loser };
}
