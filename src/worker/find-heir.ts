import type { Population } from '../population/population.ts';
import type { LifeRecord } from '../record/life-record.ts';
import { findKin } from './find-kin.ts';

/** The organism that continues the line of one that has died. */
export interface Heir {
  readonly id: number;
  readonly relation: 'offspring' | 'descendant' | 'sibling';
}

/**
 * The living descendant with the fewest generations between, of those the youngest; without one the youngest living sibling, by either parent.
 * Undefined if there is neither.
 * @param parents ids of the organism's parents, known since it lived
 */
export function findHeir(population: Population, record: LifeRecord, id: number, parents: readonly number[]): Heir | undefined {
  const { table } = population;
  const generations = table.u32('generation');
  let best: { id: number; generation: number } | undefined;
  for (const one of record.livingDescendants(id)) {
    const row = population.rowOf(one);
    if (row < 0 || one === id) continue;
    const generation = generations[row];
    if (!best || generation < best.generation || (generation === best.generation && one > best.id))
      best = { id: one, generation };
  }
  const { offspring, siblings } = findKin(population, record.individuals, id, parents);
  if (best) return { id: best.id, relation: offspring.includes(best.id) ? 'offspring' : 'descendant' };
  return siblings.length > 0 ? { id: Math.max(...siblings), relation: 'sibling' } : undefined;
}
