import type { PlanePopulation } from './plane-population.ts';

/**
 * Begins the lives of rows `first` to `first + count - 1`, whose identity and genome are written: nothing was sensed, done, eaten or
 * suffered yet. A recycled row still holds what another organism did, which must not reach the new one.
 */
export function startLife({ table, actions }: PlanePopulation, first: number, count: number): void {
  for (const column of ['hurt', 'intake', 'inputs', 'outputs', 'memory', ...actions.map(({ id }) => id)]) {
    if (!table.has(column)) continue;
    const width = table.stride(column);
    table.f32(column).fill(0, first * width, (first + count) * width);
  }
}
