import type { PlanePopulation } from '../../population/plane-population.ts';
import type { PatchesContext } from './context.ts';

/** Organisms that eat share the food of their patch. All demands are known before any is met, as on a cell of the plane. */
export function feedOnPatches(populations: readonly PlanePopulation[], { kernel, patches }: PatchesContext): void {
  const [ground, demand] = [patches.ground.pointer, patches.demand.pointer];
  const eaters = populations.map(({ table }) => {
    table.f32('zero').fill(0, 0, table.count);
    return kernel.wantFood(
      table.count,
      table.pointer('patch'),
      table.pointer('zero'),
      table.pointer('eat'),
      table.pointer('energy'),
      table.pointer('storage'),
      table.pointer('appetite'),
      table.pointer('efficiency'),
      ground,
      demand,
      patches.network.nodes,
      1,
      table.pointer('eaters'),
      table.pointer('eaterCells'),
      table.pointer('wants'),
    );
  });
  populations.forEach(({ table }, p) => {
    kernel.shareFood(
      table.count,
      eaters[p],
      table.pointer('eaters'),
      table.pointer('eaterCells'),
      table.pointer('wants'),
      table.pointer('efficiency'),
      ground,
      demand,
      table.pointer('energy'),
      table.pointer('intake'),
    );
  });
  populations.forEach(({ table }, p) => kernel.takeFood(eaters[p], table.pointer('eaterCells'), ground, demand));
}

/** Food grows back towards what each patch carries. */
export function regrowPatches({ kernel, patches }: PatchesContext): void {
  const { grass, fruit } = patches.parameters;
  kernel.regrow(patches.network.nodes, patches.ground.pointer, patches.capacity.pointer, grass.regrowth, fruit.regrowth, 0, 0);
}
