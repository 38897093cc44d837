import { coordinateName } from '../../genome/lay-loci.ts';
import { carriedTraitIds } from '../../habitat/landscape/carried-traits.ts';
import { landscapeTraits, shownCoordinates } from '../../habitat/landscape/landscape-population.ts';
import { inheritedMechanisms, variationMechanisms } from '../../mechanisms/index.ts';
import { furtherTraitIds } from '../../population/further-traits.ts';
import { planeTraits } from '../../population/resolve-traits.ts';
import type { TraitText } from '../../population/traits.ts';
import { columnName } from '../export-table.ts';

/** What the columns of a table follow from. */
export interface TableWorld {
  readonly traits: readonly TraitText[];
  /** Ids of the mechanisms that have ledgers. */
  readonly mechanisms: readonly string[];
  /** Those of them that write values at birth: copies of loci have a ledger for each. */
  readonly writers: readonly string[];
}

/**
 * The world that a table is about, by the names of its columns: a table with coordinates is a landscape's, where there are
 * all coordinates up to the last that has a column; all others are a plane's.
 */
export function worldOfColumns(columns: readonly string[]): TableWorld {
  const has = (trait: string) => columns.includes(columnName(trait));
  let dimensions = shownCoordinates;
  while (dimensions > 0 && !has(coordinateName(dimensions - 1))) dimensions--;
  const habitat = dimensions === 0 ? 'plane' : 'landscape';
  const traits =
    habitat === 'plane' ? planeTraits(furtherTraitIds.filter(has)) : landscapeTraits(dimensions, carriedTraitIds.filter(has));
  return { traits, mechanisms: inheritedMechanisms(habitat), writers: variationMechanisms(habitat) };
}
