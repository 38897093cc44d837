import type { ColumnSpec } from '../../ecs/table.ts';
import type { PlanePopulation } from '../../population/plane-population.ts';
import type { PlaneContext } from './context.ts';

/** Organisms that eat in this tick, side by side: their rows, their cells, and what they want of each lane. */
export const feedColumns: readonly ColumnSpec[] = [
  { name: 'eaters', type: 'u32', kind: 'scratch' },
  { name: 'eaterCells', type: 'u32', kind: 'scratch' },
  { name: 'wants', type: 'f32', width: 4, kind: 'scratch' },
];

/**
 * Organisms that eat share the food on their cell of ground. All demands are known before any is met, so that no
 * population, row or order is favoured.
 */
export function feed(populations: readonly PlanePopulation[], { kernel, plane }: PlaneContext): void {
  const ground = plane.ground.pointer;
  const demand = plane.demand.pointer;
  const eaters = populations.map(({ table }) =>
    kernel.wantFood(
      table.count,
      table.pointer('x'),
      table.pointer('y'),
      table.pointer('eat'),
      table.pointer('energy'),
      table.pointer('storage'),
      table.pointer('appetite'),
      table.pointer('efficiency'),
      ground,
      demand,
      plane.columns,
      1 / plane.cell,
      table.pointer('eaters'),
      table.pointer('eaterCells'),
      table.pointer('wants'),
    ),
  );
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
