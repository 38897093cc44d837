import type { PlanePopulation } from '../../population/plane-population.ts';
import { shareFood } from '../share-food.ts';
import type { PatchesContext } from './context.ts';

/** Organisms that eat share the food of their patch, as if patches were cells in one row. */
export function feedOnPatches(populations: readonly PlanePopulation[], { kernel, patches }: PatchesContext): void {
  const { ground, demand, network } = patches;
  for (const { table } of populations) table.f32('zero').fill(0, 0, table.count);
  shareFood(populations, kernel, { ground, demand, columns: network.nodes, cell: 1, x: 'patch', y: 'zero' });
}

/** Food grows back towards what each patch carries. */
export function regrowPatches({ kernel, patches }: PatchesContext): void {
  const { grass, fruit } = patches.parameters;
  kernel.regrow(patches.network.nodes, patches.ground.pointer, patches.capacity.pointer, grass.regrowth, fruit.regrowth, 0, 0);
}
