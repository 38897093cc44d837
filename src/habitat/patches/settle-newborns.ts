import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { PatchesContext } from './context.ts';
import { showPlace } from './show-place.ts';
import { place } from './sort-by-patch.ts';

/** Newborns are where their parent is. */
export function settleNewborns(population: EmbodiedPopulation, { patches }: PatchesContext): void {
  const { births, table } = population;
  const patch = table.f32(place.patch);
  const parents = births.parentRows();
  for (let k = 0; k < births.count; k++) {
    patch[births.firstRow + k] = patch[parents[k]];
    showPlace(population, patches.network, births.firstRow + k);
  }
}
