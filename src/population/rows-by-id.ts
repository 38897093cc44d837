import type { Population } from './population.ts';

/** Rows of the living in the order of ids, for reports: of the organisms born in one tick it is the order of their rows. */
export function rowsById({ table }: Population): Uint32Array {
  const id = table.f64('id');
  return Uint32Array.from({ length: table.count }, (_, row) => row).sort((a, b) => id[a] - id[b]);
}
