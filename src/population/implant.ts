import { expressTraits } from '../genome/express.ts';
import { derivePhenotype } from './phenotype.ts';
import type { Population } from './population.ts';

/** A copy of the genomes of living organisms, `layout.stride` floats each, in the order of `rows`. */
export function copyGenomes(population: Population, rows: ArrayLike<number>): Float32Array {
  const { table, layout } = population;
  const genome = table.f32('genome');
  const copy = new Float32Array(rows.length * layout.stride);
  for (let k = 0; k < rows.length; k++) {
    copy.set(genome.subarray(rows[k] * layout.stride, (rows[k] + 1) * layout.stride), k * layout.stride);
  }
  return copy;
}

/**
 * Puts genomes into living bodies: row `rows[k]` gets genome k, and its traits are expressed anew. Place, age and energy
 * stay. The genomes must come from a population of the same layout.
 * @throws {RangeError} when the number of floats does not fit.
 */
export function implantGenomes(population: Population, rows: ArrayLike<number>, genomes: Float32Array): void {
  const { table, layout } = population;
  if (genomes.length !== rows.length * layout.stride) {
    throw new RangeError(`implantGenomes: ${genomes.length} floats for ${rows.length} genomes of ${layout.stride}`);
  }
  const genome = table.f32('genome');
  for (let k = 0; k < rows.length; k++) {
    genome.set(genomes.subarray(k * layout.stride, (k + 1) * layout.stride), rows[k] * layout.stride);
    expressTraits(table, layout, rows[k], 1);
    derivePhenotype(population, rows[k], 1);
  }
}
