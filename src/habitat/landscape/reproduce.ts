import { develop } from '../../population/genomes.ts';
import type { LandscapePopulation } from './landscape-population.ts';

/** Expresses the newborns' genomes; on a landscape there is nothing else to build. */
export function reproduce(population: LandscapePopulation): void {
  const { births, table } = population;
  const { count, firstRow } = births;
  if (count === 0) return;
  develop(population, firstRow, count);
  table.u32('cause').fill(0, firstRow, firstRow + count);
  births.note();
}
