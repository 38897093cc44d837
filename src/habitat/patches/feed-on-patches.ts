import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { shareFood } from '../share-food.ts';
import type { PatchesContext } from './context.ts';
import { place } from './sort-by-patch.ts';

/** Organisms that eat share the food of their patch, as if patches were cells in one row. */
export function feedOnPatches(populations: readonly EmbodiedPopulation[], { kernel, patches }: PatchesContext): void {
  const { ground, demand, network } = patches;
  for (const { table } of populations) table.f32(place.zero).fill(0, 0, table.count);
  const at = ({ table }: EmbodiedPopulation) => ({ x: table.of(place.patch), y: table.of(place.zero) });
  shareFood(populations, kernel, { ground, demand, columns: network.nodes, cell: 1, place: at });
}

/** Food grows back towards what each patch carries. */
export function regrowPatches({ kernel, patches }: PatchesContext): void {
  const { grass, fruit } = patches.parameters;
  const { ground, capacity, network } = patches;
  kernel.regrow({ cells: network.nodes, ground, capacity, r0: grass.regrowth, r1: fruit.regrowth, r2: 0, r3: 0 });
}
