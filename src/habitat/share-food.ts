import type { ColumnSpec } from '../ecs/table.ts';
import type { KernelExports } from '../kernel/generated/kernel.ts';
import type { Block } from '../kernel/memory.ts';
import type { PlanePopulation } from '../population/plane-population.ts';

/** Organisms that eat in this tick, side by side: their rows, their cells, and what they want of each lane. */
export const feedColumns: readonly ColumnSpec[] = [
  { name: 'eaters', type: 'u32', kind: 'scratch' },
  { name: 'eaterCells', type: 'u32', kind: 'scratch' },
  { name: 'wants', type: 'f32', width: 4, kind: 'scratch' },
];

/** Cells with food, four floats each, and the columns that address them: cell `floor(y / cell) * columns + floor(x / cell)`. */
export interface FoodCells {
  readonly ground: Block;
  readonly demand: Block;
  readonly columns: number;
  readonly cell: number;
  readonly x: string;
  readonly y: string;
}

/**
 * Organisms that eat share the food on their cell. All demands are known before any is met, so that no
 * population, row or order is favoured.
 */
export function shareFood(
  populations: readonly PlanePopulation[],
  kernel: KernelExports,
  { ground: { pointer: ground }, demand: { pointer: demand }, columns, cell, x, y }: FoodCells,
): void {
  const eaters = populations.map(({ table }) =>
    kernel.wantFood(
      table.count,
      table.pointer(x),
      table.pointer(y),
      table.pointer('eat'),
      table.pointer('energy'),
      table.pointer('storage'),
      table.pointer('appetite'),
      table.pointer('efficiency'),
      ground,
      demand,
      columns,
      1 / cell,
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
