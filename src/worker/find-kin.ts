import type { Population } from '../population/population.ts';
import type { Individuals } from '../record/individuals.ts';

/** Relatives of an organism, as links. */
export interface Kin {
  /** First parent and, if there was one, second; none of a founder. */
  readonly parents: readonly { readonly id: number; readonly lives: boolean }[];
  /** Those that live, by either parent. */
  readonly offspring: readonly number[];
  /** Those that live and share a parent. */
  readonly siblings: readonly number[];
}

/** At most this many of a kind are listed. */
const mostListed = 24;

/** Ids of the parents of a living organism, the first one first: none of a founder. Only the record has second parents. */
export function parentsOf({ table }: Population, individuals: Individuals, row: number): readonly number[] {
  const first = table.f64('parent')[row];
  if (first < 0) return [];
  const recorded = individuals.secondLinks > 0 ? individuals.rowOf(table.f64('id')[row]) : -1;
  const second = recorded < 0 ? -1 : individuals.secondIdOf(recorded);
  return second < 0 ? [first] : [first, second];
}

/**
 * Parents, living offspring and living siblings of an organism, which may be dead itself.
 * @param parents their ids, known since it lived
 */
export function findKin(population: Population, individuals: Individuals, id: number, parents: readonly number[]): Kin {
  const ids = population.table.f64('id');
  const offspring: number[] = [];
  const siblings: number[] = [];
  for (let row = 0; row < population.count; row++) {
    const own = parentsOf(population, individuals, row);
    if (offspring.length < mostListed && own.includes(id)) offspring.push(ids[row]);
    if (siblings.length < mostListed && ids[row] !== id && own.some((one) => parents.includes(one))) siblings.push(ids[row]);
  }
  return { parents: parents.map((one) => ({ id: one, lives: population.rowOf(one) >= 0 })), offspring, siblings };
}
