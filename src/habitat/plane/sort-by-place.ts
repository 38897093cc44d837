import type { ColumnSpec } from '../../ecs/table.ts';
import type { PlanePopulation } from '../../population/plane-population.ts';
import type { PlaneContext } from './context.ts';

/** Columns in which a population keeps its neighbour grid. */
export const gridColumns: readonly ColumnSpec[] = [
  { name: 'grid.cell', type: 'u32', kind: 'scratch' },
  { name: 'grid.order', type: 'u32', kind: 'scratch' },
  { name: 'grid.x', type: 'f32', kind: 'scratch' },
  { name: 'grid.y', type: 'f32', kind: 'scratch' },
];

/**
 * Ticks between two sorts of the rows themselves by place. Organisms that are close together are then close
 * in memory too, on the ground and in the columns; within a few tens of ticks none goes far.
 */
const regroupTicks = 32;

/** Sorts a population into the cells of the neighbour grid. */
export function sortByPlace(population: PlanePopulation, { kernel, plane, tick }: PlaneContext): void {
  const { table } = population;
  kernel.sortByCell(
    table.count,
    table.pointer('x'),
    table.pointer('y'),
    plane.gridColumns,
    plane.gridRows,
    plane.gridColumns / plane.width,
    plane.gridRows / plane.height,
    plane.gridStarts(population.index).pointer,
    table.pointer('grid.cell'),
    table.pointer('grid.order'),
    table.pointer('grid.x'),
    table.pointer('grid.y'),
  );
  if (tick % regroupTicks !== 0) return;
  table.permute(table.pointer('grid.order'));
  // Rows are in the order of cells now: row i is place i.
  const starts = plane.gridStarts(population.index).u32();
  const cells = table.u32('grid.cell');
  for (let cell = 0; cell < plane.gridColumns * plane.gridRows; cell++) cells.fill(cell, starts[cell], starts[cell + 1]);
}
