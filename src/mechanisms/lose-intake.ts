import type { Population } from '../population/population.ts';

/**
 * Where organisms live on energy: each loses a share of what it took in during this tick, and so about that share of its fitness. Other
 * populations are not changed.
 * @param shareOf of a row, in [0, 1]
 */
export function loseIntake(population: Population, shareOf: (row: number) => number): void {
  if (!population.has('energy')) return;
  const { table } = population;
  const [energy, intake] = [table.f32('energy'), table.f32('intake')];
  for (let row = 0; row < table.count; row++) if (intake[row] > 0) energy[row] -= shareOf(row) * intake[row];
}
