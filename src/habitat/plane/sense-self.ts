import type { Population } from '../../population/population.ts';
import type { PlaneContext } from './context.ts';
import { senseOf } from './senses.ts';

/** Everyone observes its own state: senses that are neither of the ground nor of neighbours. */
export function senseSelf(population: Population, context: PlaneContext): void {
  const stride = population.table.stride('inputs');
  for (const { id, at } of population.senses) senseOf(id).write?.(population, at, stride, context);
}
