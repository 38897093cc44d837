import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { grid } from '../grid.ts';
import type { PlaneContext } from './context.ts';

/**
 * Ticks between two sorts of the rows themselves by place. Organisms that are close together are then close
 * in memory too, on the ground and in the columns; within a few tens of ticks none goes far.
 */
const regroupTicks = 32;

/** Sorts a population into the cells of the neighbour grid. */
export function sortByPlace(population: EmbodiedPopulation, { kernel, plane, tick }: PlaneContext): void {
  const { table } = population;
  const { x, y } = table.columns;
  const order = table.of(grid.order);
  kernel.sortByCell({
    count: table.count,
    x,
    y,
    columns: plane.gridColumns,
    rows: plane.gridRows,
    inverseX: plane.gridColumns / plane.width,
    inverseY: plane.gridRows / plane.height,
    starts: plane.gridStarts(population.index),
    cells: table.of(grid.cell),
    order,
    sortedX: table.of(grid.x),
    sortedY: table.of(grid.y),
  });
  if (tick % regroupTicks !== 0) return;
  table.permute(order);
  // Rows are in the order of cells now: row i is place i.
  const starts = plane.gridStarts(population.index).u32();
  const cells = table.u32(grid.cell);
  for (let cell = 0; cell < plane.gridColumns * plane.gridRows; cell++) cells.fill(cell, starts[cell], starts[cell + 1]);
}
