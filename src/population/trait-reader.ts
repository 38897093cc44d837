import { type FurtherTraitId, furtherTraits } from './further-traits.ts';
import type { Population } from './population.ts';

/**
 * Reads a further trait row by row: its column where genomes carry its locus, else its founder median in everybody. Valid until
 * the table grows.
 * @experimental
 */
export function traitReader({ table }: Population, id: FurtherTraitId): (row: number) => number {
  if (table.has(id)) {
    const column = table.f32(id);
    return (row) => column[row];
  }
  const founder = Math.fround(furtherTraits.find((trait) => trait.id === id)?.founder ?? 0);
  return () => founder;
}
