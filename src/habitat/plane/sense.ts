import type { Population } from '../../population/population.ts';
import type { PlaneContext } from './context.ts';
import { senseGround } from './sense-ground.ts';
import { senseNeighbours } from './sense-neighbours.ts';
import { senseOf } from './senses.ts';

/** Everyone observes the frozen state: fills the input rows of a population. */
export function sense(population: Population, context: PlaneContext): void {
  senseGround(population, context);
  senseNeighbours(population, context);
  const stride = population.table.stride('inputs');
  for (const { id, at } of population.senses) senseOf(id).write?.(population, at, stride, context);
}
