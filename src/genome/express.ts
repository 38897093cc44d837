import type { Table } from '../ecs/table.ts';
import { logistic32 } from '../math/elementary.ts';
import type { GenomeLayout } from './layout.ts';

/** Expresses the traits of rows `first` to `first + count - 1`: maps each trait's locus onto its range. */
export function expressTraits(table: Table, layout: GenomeLayout, first: number, count: number): void {
  const genome = table.f32('genome');
  const stride = layout.stride;
  for (const { slot, trait, minimum, maximum, offset } of layout.ranges) {
    const column = table.f32(trait);
    for (let row = first; row < first + count; row++) {
      column[row] = minimum + (maximum - minimum) * logistic32(genome[row * stride + slot] + offset);
    }
  }
}
