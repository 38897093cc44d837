import { drawUniform } from '../math/draws.ts';
import type { Population } from './population.ts';

/** Puts founders' copies of transposons at random: each site independently, in each haplotype. */
export function foundCopies(population: Population, first: number, count: number): void {
  const { table, layout, haplotypes } = population;
  const sites = layout.loci.filter(({ chance }) => chance !== undefined);
  if (sites.length === 0) return;
  const stream = population.stream('copies');
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  for (const [h, column] of haplotypes.entries()) {
    const genome = table.f32(column);
    for (let row = first; row < first + count; row++) {
      for (const { slot, chance = 0 } of sites) {
        genome[row * layout.stride + slot] = drawUniform(stream, low[row], high[row], h, slot) < chance ? 1 : 0;
      }
    }
  }
}
