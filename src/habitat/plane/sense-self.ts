import type { PlanePopulation } from '../../population/plane-population.ts';
import type { PlaneContext } from './context.ts';

/** Every organism observes its own state: senses of neither the ground nor neighbours. */
export function senseSelf(population: PlanePopulation, context: PlaneContext): void {
  const stride = population.table.columns.inputs.width;
  for (const { id, at } of population.senses) context.senses.get(id)?.write?.(population, at, stride, context);
}
