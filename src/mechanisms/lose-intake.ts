import { PlanePopulation } from '../population/plane-population.ts';
import type { Population } from '../population/population.ts';

/**
 * In the plane: each organism loses a share of what it took in during this tick, and so about that share of its fitness. A habitat
 * without energy is not changed.
 * @param shareOf of a row, in [0, 1]
 */
export function loseIntake(population: Population, shareOf: (row: number) => number): void {
  if (!(population instanceof PlanePopulation)) return;
  const { table } = population;
  const [energy, intake] = [table.f32('energy'), table.f32('intake')];
  for (let row = 0; row < table.count; row++) if (intake[row] > 0) energy[row] -= shareOf(row) * intake[row];
}
