import { drawUniform } from '../../math/draws.ts';
import type { LandscapeContext } from './context.ts';
import type { LandscapePopulation } from './landscape-population.ts';

/**
 * Decides who is replaced in this tick, after all have paired: whoever dies may still be a parent.
 * - wright-fisher: all are
 * - moran: one drawn uniformly (nobody is where one is missing, because somebody found no mate before)
 * - annealing, fixation: `accept` decides afterwards
 */
export function makeRoom(population: LandscapePopulation, { tick, parameters }: LandscapeContext): void {
  const { table, count } = population;
  const cause = table.u32('cause');
  if (parameters.model === 'wright-fisher') cause.fill(1, 0, count);
  if (parameters.model === 'moran' && count >= population.parameters.founders) {
    cause[Math.floor(drawUniform(population.stream('birth'), 0, 0, tick, 1) * count)] = 1;
  }
}
