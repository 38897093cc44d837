import { floatsNamed } from '../ecs/table.ts';
import type { Population } from './population.ts';
import type { Trait } from './traits.ts';

/**
 * Reads an optional trait row by row: its column if genomes carry its locus, otherwise its founder median for all. Valid until
 * the table grows.
 * @experimental
 */
export function traitReader({ table }: Population, { id, founder }: Trait): (row: number) => number {
  const column = table.find(floatsNamed(id))?.values;
  if (column) return (row) => column[row];
  const median = Math.fround(founder);
  return () => median;
}
