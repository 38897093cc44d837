import type { ColumnSpec } from '../../ecs/table.ts';
import type { Population } from '../../population/population.ts';
import type { PlaneContext } from './context.ts';

/** Columns in which a population keeps its neighbour grid. */
export const gridColumns: readonly ColumnSpec[] = [
  { name: 'grid.cell', type: 'u32', kind: 'scratch' },
  { name: 'grid.order', type: 'u32', kind: 'scratch' },
  { name: 'grid.x', type: 'f32', kind: 'scratch' },
  { name: 'grid.y', type: 'f32', kind: 'scratch' },
];

/** Sorts a population into the cells of the neighbour grid. */
export function sortByPlace(population: Population, { kernel, plane }: PlaneContext): void {
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
}
