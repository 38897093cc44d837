import type { Population } from './population.ts';

/** Rows of the living in the order of ids, so that no result depends on the order of rows. */
export function rowsById({ table }: Population): Uint32Array {
  const id = table.f64('id');
  return Uint32Array.from({ length: table.count }, (_, row) => row).sort((a, b) => id[a] - id[b]);
}
