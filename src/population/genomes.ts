import { expressTraits } from '../genome/express.ts';
import type { Population } from './population.ts';

/** Names of columns that hold haplotypes. */
export type HaplotypeColumn = 'genome' | 'haplotype.1' | 'haplotype.2';

/** Columns of the haplotypes of a haploid and of a diploid. Of a diploid the column `genome` is what it expresses. */
export const haplotypeColumns: Readonly<Record<1 | 2, readonly HaplotypeColumn[]>> = {
  1: ['genome'],
  2: ['haplotype.1', 'haplotype.2'],
};

/** Of diploids: what rows `first` to `first + count - 1` express, from their haplotypes. Haploids express their one haplotype. */
export function expressGenomes(
  { table, layout, ploidy, arena, haplotypes, shifts }: Population,
  first: number,
  count: number,
): void {
  if (ploidy === 1 || count === 0) return;
  const [one, two] = haplotypes;
  const rows = { first, count, one: table.of(one), two: table.of(two), genome: table.columns.genome, slots: layout.stride };
  if (shifts) arena.kernel.expressDominance({ ...rows, shifts });
  else arena.kernel.expressDiploid(rows);
}

/** Everything that follows from the genomes of rows `first` to `first + count - 1`: expression, traits, and what the population derives. */
export function develop(population: Population, first: number, count: number): void {
  expressGenomes(population, first, count);
  expressTraits(population.table, population.layout, first, count);
  population.derive(first, count);
}

/** Copies the whole genome of a row, its haplotypes one behind the other (`ploidy * stride` floats), to `out` at `at`. */
export function readGenome({ table, layout, haplotypes }: Population, row: number, out: Float32Array, at = 0): void {
  const { stride } = layout;
  for (let h = 0; h < haplotypes.length; h++) {
    out.set(table.f32(haplotypes[h]).subarray(row * stride, (row + 1) * stride), at + h * stride);
  }
}
