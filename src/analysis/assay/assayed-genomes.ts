import type { Population } from '../../population/population.ts';
import { assayedSlots } from './perform-assay-fork.ts';

/** Expressed values of the assayed loci of the living, in the order of ids, a row an organism. */
export function assayedGenomes(population: Population): Float64Array {
  const { table, layout, count } = population;
  const slots = assayedSlots(population);
  const [id, genome] = [table.f64('id'), table.f32('genome')];
  const rows = Array.from({ length: count }, (_, row) => row).sort((a, b) => id[a] - id[b]);
  const values = new Float64Array(count * slots.length);
  for (const [k, row] of rows.entries()) {
    for (let l = 0; l < slots.length; l++) values[k * slots.length + l] = genome[row * layout.stride + slots[l]];
  }
  return values;
}
