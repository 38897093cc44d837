import type { PlaneParameters } from './parameters.ts';

type Barrier = PlaneParameters['barriers'][number];

/** Sorted borders, in cells, at which anything changes along one side of the world. */
function borders(cells: number, spans: readonly (readonly [number, number])[]): number[] {
  const all = new Set([0, cells]);
  for (const span of spans) for (const border of span) all.add(Math.min(cells, Math.max(0, border)));
  return [...all].sort((a, b) => a - b);
}

/**
 * Whether barriers leave at least one cell of ground open. A barrier closes every cell that it touches. Takes
 * time by the number of barriers, not of cells.
 */
export function hasOpenGround(habitat: Pick<PlaneParameters, 'width' | 'height' | 'cell' | 'barriers'>): boolean {
  const { cell, barriers } = habitat;
  const span = (from: number, size: number) => [Math.floor(from / cell), Math.ceil((from + size) / cell)] as const;
  const across = (barrier: Barrier) => span(barrier.x, barrier.width);
  const down = (barrier: Barrier) => span(barrier.y, barrier.height);
  const xs = borders(Math.ceil(habitat.width / cell), barriers.map(across));
  const ys = borders(Math.ceil(habitat.height / cell), barriers.map(down));
  // Between two neighbouring borders all rows are alike, so one test a strip is enough.
  for (let j = 0; j + 1 < ys.length; j++) {
    const here = barriers.filter((barrier) => down(barrier)[0] <= ys[j] && down(barrier)[1] >= ys[j + 1]).map(across);
    for (let i = 0; i + 1 < xs.length; i++) {
      if (!here.some(([from, to]) => from <= xs[i] && to >= xs[i + 1])) return true;
    }
  }
  return false;
}
