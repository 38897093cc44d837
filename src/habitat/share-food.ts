import type { ColumnSpec } from '../ecs/table.ts';
import type { Values } from '../kernel/arguments.ts';
import type { Kernels } from '../kernel/generated/kernel.ts';
import type { Block } from '../kernel/memory.ts';
import type { EmbodiedPopulation } from '../population/embodied-population.ts';

/** Organisms that eat in this tick, side by side: their rows, their cells, and what they want of each lane. */
export const eating = {
  eaters: { name: 'eaters', type: 'u32', kind: 'scratch' },
  cells: { name: 'eaterCells', type: 'u32', kind: 'scratch' },
  wants: { name: 'wants', type: 'f32', width: 4, kind: 'scratch' },
} as const satisfies Readonly<Record<string, ColumnSpec>>;

/** Cells with food, four floats each, and the columns that address them: cell `floor(y / cell) * columns + floor(x / cell)`. */
export interface FoodCells {
  readonly ground: Block;
  readonly demand: Block;
  readonly columns: number;
  readonly cell: number;
  place(population: EmbodiedPopulation): { readonly x: Values<'f32'>; readonly y: Values<'f32'> };
}

/**
 * Organisms that eat share the food on their cell. All demands are known before any is met, so that no
 * population, row or order is favoured.
 */
export function shareFood(
  populations: readonly EmbodiedPopulation[],
  kernel: Kernels,
  { ground, demand, columns, cell, place }: FoodCells,
): void {
  // Every cell of the ground, so that none is left out wherever an organism is.
  const end = ground.bytes >>> 4;
  const eaterCounts = populations.map(({ table }) => {
    const { eat, intake } = table.columns;
    return kernel.listEaters({ count: table.count, eat, intake, eaters: table.of(eating.eaters) });
  });
  populations.forEach((population, p) => {
    const { table } = population;
    const { x, y } = place(population);
    const { energy, storage, appetite, efficiency } = table.columns;
    const eaterCount = eaterCounts[p];
    const eaters = table.of(eating.eaters);
    const cells = table.of(eating.cells);
    const wants = table.of(eating.wants);
    const inverseCell = 1 / cell;
    // biome-ignore format: one line
    kernel.wantFood({ eaterCount, eaters, x, y, energy, storage, appetite, efficiency, ground, columns, inverseCell, cells, wants });
    kernel.addDemand({ end, eaterCount, cells, wants, demand });
  });
  populations.forEach(({ table }, p) => {
    const { efficiency, energy, intake } = table.columns;
    kernel.shareFood({
      eaterCount: eaterCounts[p],
      eaters: table.of(eating.eaters),
      cells: table.of(eating.cells),
      wants: table.of(eating.wants),
      efficiency,
      ground,
      demand,
      energy,
      intake,
      fruit: table.find('fruit'),
    });
  });
  populations.forEach(({ table }, p) => {
    kernel.takeFood({ end, eaterCount: eaterCounts[p], cells: table.of(eating.cells), ground, demand });
  });
}
