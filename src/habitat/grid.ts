import type { ColumnSpec } from '../ecs/table.ts';

/** Columns in which a population keeps which organisms share a cell: its cell by row; rows and places in the order of cells. */
export const grid = {
  cell: { name: 'grid.cell', type: 'u32', kind: 'scratch' },
  order: { name: 'grid.order', type: 'u32', kind: 'scratch' },
  x: { name: 'grid.x', type: 'f32', kind: 'scratch' },
  y: { name: 'grid.y', type: 'f32', kind: 'scratch' },
} as const satisfies Readonly<Record<string, ColumnSpec>>;
