import type { OriginTrace } from '../../population/origin-trace.ts';
import type { Population } from '../../population/population.ts';
import { rowsById } from '../../population/rows-by-id.ts';
import { assayedSlots } from './prepare-fork.ts';

/**
 * Values of the assayed loci of all copies of the living, locus units: in the order of ids, haplotypes of an organism one behind the other,
 * `loci` numbers each.
 * @experimental
 */
export function assayedGenomes(population: Population): Float64Array {
  const { table, layout, haplotypes } = population;
  const slots = assayedSlots(population);
  const columns = haplotypes.map((name) => table.f32(name));
  return ofCopies(
    population,
    slots.length,
    new Float64Array(population.count * columns.length * slots.length),
    (row, h, l) => columns[h][row * layout.stride + slots[l]],
  );
}

/**
 * Clades of all copies, laid out as `assayedGenomes`: the origin of each since a trace of the assayed loci was opened. These are the
 * local trees, which differ from locus to locus under sex or transfer.
 * @experimental
 */
export function assayedClades(population: Population, trace: OriginTrace): Uint32Array {
  const loci = trace.slots.length;
  const origins = population.haplotypes.map((_, h) => trace.origins(h));
  return ofCopies(
    population,
    loci,
    new Uint32Array(population.count * origins.length * loci),
    (row, h, l) => origins[h][row * loci + l],
  );
}

function ofCopies<T extends Float64Array | Uint32Array>(
  population: Population,
  loci: number,
  out: T,
  read: (row: number, haplotype: number, locus: number) => number,
): T {
  let to = 0;
  const copies = population.haplotypes.length;
  for (const row of rowsById(population))
    for (let h = 0; h < copies; h++) for (let l = 0; l < loci; l++) out[to++] = read(row, h, l);
  return out;
}
