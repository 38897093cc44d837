import type { ColumnSpec } from '../../ecs/table.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { NearList } from '../../population/near-list.ts';
import { grid } from '../grid.ts';
import type { PatchesContext } from './context.ts';
import type { Patches } from './patches.ts';

/** Columns of an organism on patches: the number of its patch, and what replaces the other coordinate of the plane's kernels. */
export const place = {
  patch: { name: 'patch', type: 'f32', kind: 'state' },
  zero: { name: 'zero', type: 'f32', kind: 'scratch' },
} as const satisfies Readonly<Record<string, ColumnSpec>>;

/** Lists the rows of each patch: the plane's grid, with patches as its cells. */
export function sortByPatch(population: EmbodiedPopulation, { kernel, patches }: PatchesContext): void {
  const { table } = population;
  table.f32(place.zero).fill(0, 0, table.count);
  kernel.sortByCell({
    count: table.count,
    x: table.of(place.patch),
    y: table.of(place.zero),
    columns: patches.network.nodes,
    rows: 1,
    inverseX: 1,
    inverseY: 1,
    starts: patches.gridStarts(population.index),
    cells: table.of(grid.cell),
    order: table.of(grid.order),
    sortedX: table.of(grid.x),
    sortedY: table.of(grid.y),
  });
}

/** Rows of a population that were listed on a patch, in ascending order. */
export function rowsOnPatch(patches: Patches, { index, table }: EmbodiedPopulation, patch: number): Uint32Array {
  const starts = patches.gridStarts(index).u32();
  return table.u32(grid.order).subarray(starts[patch], starts[patch + 1]);
}

/** Rows of the same population on the patch of a row when the tick began, without that row; returns their number. */
export function sharePatch(patches: Patches, population: EmbodiedPopulation, row: number, out: NearList): number {
  const rows = rowsOnPatch(patches, population, population.table.u32(grid.cell)[row]);
  if (out.rows.length < rows.length) out.rows = new Int32Array(2 * rows.length);
  let count = 0;
  for (const other of rows) if (other !== row) out.rows[count++] = other;
  return count;
}
