import { assayedGenomes } from '../../../analysis/assay/assayed-genomes.ts';
import type { CladeTracker } from '../../../analysis/assay/clade-tracker.ts';
import { floatsNamed } from '../../../ecs/table.ts';
import type { Population } from '../../../population/population.ts';
import { rowsById } from '../../../population/rows-by-id.ts';

/** The population at the opening: all that is needed of it later. */
export interface Opening {
  readonly snapshot: ArrayBuffer;
  readonly ids: Float64Array;
  /** In the order of ids: loci, traits, whole genomes, and clade or species. */
  readonly values: Float64Array;
  readonly traits: Float64Array;
  readonly genomes: readonly Float32Array[];
  readonly labels: ArrayLike<number>;
}

/** The living of a population, as they are now. @param labels clades or species of organisms by id */
export function openingOf(
  snapshot: ArrayBuffer,
  population: Population,
  labels: CladeTracker | ((id: number) => number),
): Opening {
  const { table, traits } = population;
  const rows = rowsById(population);
  const id = table.f64('id');
  const columns = traits.map((trait) => table.f32(floatsNamed(trait.id)));
  return {
    snapshot,
    ids: Float64Array.from(rows, (row) => id[row]),
    values: assayedGenomes(population),
    traits: Float64Array.from(
      { length: rows.length * columns.length },
      (_, at) => columns[at % columns.length][rows[Math.floor(at / columns.length)]],
    ),
    genomes: Array.from(rows, (row) => population.genomeOf(row)),
    labels: typeof labels === 'function' ? Float64Array.from(rows, (row) => labels(id[row])) : labels.clades(),
  };
}
