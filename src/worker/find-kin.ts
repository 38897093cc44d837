import type { Population } from '../population/population.ts';

/** Living relatives of an organism, as links. */
export interface Kin {
  readonly parentLives: boolean;
  readonly offspring: readonly number[];
  readonly siblings: readonly number[];
}

/** At most this many of a kind are listed. */
const mostListed = 24;

/** Living parent, offspring and siblings of an organism, which may be dead itself. */
export function findKin({ table }: Population, id: number, parent: number): Kin {
  const ids = table.f64('id');
  const parents = table.f64('parent');
  const offspring: number[] = [];
  const siblings: number[] = [];
  let parentLives = false;
  for (let row = 0; row < table.count; row++) {
    if (ids[row] === parent) parentLives = true;
    if (parents[row] === id && offspring.length < mostListed) offspring.push(ids[row]);
    if (parent >= 0 && parents[row] === parent && ids[row] !== id && siblings.length < mostListed) siblings.push(ids[row]);
  }
  return { parentLives, offspring, siblings };
}
