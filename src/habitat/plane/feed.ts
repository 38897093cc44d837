import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { shareFood } from '../share-food.ts';
import type { PlaneContext } from './context.ts';

/** Organisms that eat share the food on their cell of ground. */
export function feed(populations: readonly EmbodiedPopulation[], { kernel, plane }: PlaneContext): void {
  const { ground, demand, columns, cell } = plane;
  shareFood(populations, kernel, { ground, demand, columns, cell, place: ({ table }) => table.columns });
}
