import { type LocusSegment, locusSegments } from '../../analysis/assay/locus-segments.ts';
import { assayedSlots } from '../../analysis/assay/prepare-fork.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import type { Population } from '../../population/population.ts';
import { UserError } from '../user-error.ts';

/** Segments by name, with everything; by default all. @throws {UserError} for a name that is none */
export function chooseSegments(population: Population, names: readonly string[] | undefined): readonly LocusSegment[] {
  const all = locusSegments(population.layout, assayedSlots(population));
  if (!names) return all;
  const known = all.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name))
      throw new UserError(`there is no segment '${showText(name)}' in genomes of ${population.name}; ${suggest(name, known)}`);
  }
  return all.filter(({ name }, s) => s === 0 || names.includes(name));
}
