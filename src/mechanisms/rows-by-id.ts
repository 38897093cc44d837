import type { Population } from '../population/population.ts';

/** Rows in the order of ids, so that draws of organisms do not depend on the order of rows. */
export function rowsById({ table }: Population): Uint32Array {
  const id = table.f64('id');
  return Uint32Array.from({ length: table.count }, (_, row) => row).sort((a, b) => id[a] - id[b]);
}
