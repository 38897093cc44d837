import type { Population } from './population.ts';
import type { Trait } from './traits.ts';

/**
 * Reads an optional trait row by row: its column if genomes carry its locus, otherwise its founder median for all. Valid until
 * the table grows.
 * @experimental
 */
export function traitReader({ table }: Population, { id, founder }: Trait): (row: number) => number {
  if (table.has(id)) {
    const column = table.f32(id);
    return (row) => column[row];
  }
  const median = Math.fround(founder);
  return () => median;
}
