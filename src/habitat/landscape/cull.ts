import { drawUniform } from '../../math/draws.ts';
import type { LandscapeContext } from './context.ts';
import type { LandscapePopulation } from './landscape-population.ts';

/**
 * Decides which of the earlier organisms are replaced by this tick's newborns: an organism that dies may be a parent.
 * - wright-fisher: all of them
 * - moran: one, drawn uniformly, if there is a newborn; none if the population must grow, two draws if it must shrink
 * - annealing, fixation: `accept` decides afterwards
 */
export function cull(population: LandscapePopulation, { tick, parameters }: LandscapeContext): void {
  const { births } = population;
  const cause = population.table.u32('cause');
  const former = births.firstRow;
  if (parameters.model === 'wright-fisher' || parameters.model === 'population-based-training') cause.fill(1, 0, former);
  if (parameters.model !== 'moran' || births.count === 0) return;
  // The number moves towards its target, one organism a tick.
  const { founders } = population.parameters;
  const dying = former < founders ? 0 : former > founders ? 2 : 1;
  for (let draw = 1; draw <= dying; draw++) {
    cause[Math.floor(drawUniform(population.stream('birth'), 0, 0, tick, draw) * former)] = 1;
  }
}
