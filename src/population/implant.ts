import { develop, readGenome } from './genomes.ts';
import type { Population } from './population.ts';

/** A copy of the genomes of living organisms, `ploidy * stride` floats each, in the order of `rows`. */
export function copyGenomes(population: Population, rows: ArrayLike<number>): Float32Array {
  const width = population.genomeLength;
  const copy = new Float32Array(rows.length * width);
  for (let k = 0; k < rows.length; k++) readGenome(population, rows[k], copy, k * width);
  return copy;
}

/**
 * Puts genomes into living bodies: row `rows[k]` gets genome k, and its traits are expressed again. Place, age and energy
 * stay. The genomes must come from a population of the same layout and ploidy.
 * @throws {RangeError} if the number of floats does not fit.
 */
export function implantGenomes(population: Population, rows: ArrayLike<number>, genomes: Float32Array): void {
  const { table, layout, haplotypes, genomeLength } = population;
  if (genomes.length !== rows.length * genomeLength) {
    throw new RangeError(`implantGenomes: ${genomes.length} floats for ${rows.length} genomes of ${genomeLength}`);
  }
  for (let k = 0; k < rows.length; k++) {
    for (let h = 0; h < haplotypes.length; h++) {
      const from = k * genomeLength + h * layout.stride;
      table.f32(haplotypes[h]).set(genomes.subarray(from, from + layout.stride), rows[k] * layout.stride);
    }
    develop(population, rows[k], 1);
    population.restartSlots(rows[k], 0, layout.stride);
  }
}
