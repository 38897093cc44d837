import { drawUniform } from '../../math/draws.ts';
import type { NearList } from '../../population/near-list.ts';
import { drawByFitness } from './draw-by-fitness.ts';
import type { LandscapePopulation } from './landscape-population.ts';

/**
 * Organisms that one meets in a habitat without places: `encounters` of the others at random, one perhaps more than once.
 * @param by drawn alike, or by fitness as those who become parents are
 * @param ordinal tells apart what one organism asks for several times in a tick
 * @returns how many are met: none where there is nobody else
 */
export function meetOthers(
  population: LandscapePopulation,
  row: number,
  ordinal: number,
  { tick, encounters, by }: { readonly tick: number; readonly encounters: number; readonly by: 'chance' | 'fitness' },
  out: NearList,
): number {
  const { table } = population;
  const { count } = table;
  if (count < 2) return 0;
  if (out.rows.length < encounters) out.rows = new Int32Array(2 * encounters);
  const stream = population.stream(by === 'chance' ? 'encounter' : 'suitor');
  const [low, high] = [table.u32('keyLow')[row], table.u32('keyHigh')[row]];
  for (let i = 0; i < encounters; i++) {
    const uniform = drawUniform(stream, low, high, tick, ordinal * encounters + i);
    let other = by === 'chance' ? Math.floor(uniform * (count - 1)) : drawByFitness(population, uniform);
    // Drawn alike: the last one stands in for oneself. Drawn by fitness: whoever falls on itself meets the next one instead.
    if (other === row) other = by === 'chance' ? count - 1 : (row + 1) % count;
    out.rows[i] = other;
  }
  return encounters;
}
