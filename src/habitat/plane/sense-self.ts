import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { PlaneContext } from './context.ts';

/** Every organism observes its own state: senses of neither the ground nor neighbours. */
export function senseSelf(population: EmbodiedPopulation, context: PlaneContext): void {
  const stride = population.table.columns.inputs.width;
  for (const { id, at } of population.policy.senses) context.senses.get(id)?.write?.(population, at, stride, context);
}
