import type { PlanePopulation } from '../../population/plane-population.ts';
import type { PlaneContext } from './context.ts';
import { senseOf } from './senses.ts';

/** Everyone observes its own state: senses that are neither of the ground nor of neighbours. */
export function senseSelf(population: PlanePopulation, context: PlaneContext): void {
  const stride = population.table.stride('inputs');
  for (const { id, at } of population.senses) senseOf(id).write?.(population, at, stride, context);
}
