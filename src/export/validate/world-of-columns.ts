import { coordinateName } from '../../genome/lay-loci.ts';
import { landscapeTraitsToCarry } from '../../habitat/landscape/carried-traits.ts';
import { landscapeTraits, shownCoordinates } from '../../habitat/landscape/landscape-population.ts';
import { mechanisms } from '../../mechanisms/index.ts';
import { planeTraits } from '../../population/resolve-traits.ts';
import type { TraitText } from '../../population/traits.ts';
import { columnName } from '../export-table.ts';

/** What determines the columns of a table. */
export interface TableWorld {
  readonly traits: readonly TraitText[];
  /** Ids of the mechanisms that have ledgers. */
  readonly mechanisms: readonly string[];
  /** Mechanisms among these that write values at birth: copies of loci have a ledger for each. */
  readonly writers: readonly string[];
}

/**
 * The world of a table, by the names of its columns: a table with coordinates is a landscape's and has all coordinates up to
 * the last one with a column; all others are a plane's.
 */
export function worldOfColumns(columns: readonly string[]): TableWorld {
  const has = (trait: string) => columns.includes(columnName(trait));
  let dimensions = shownCoordinates;
  while (dimensions > 0 && !has(coordinateName(dimensions - 1))) dimensions--;
  const habitat = dimensions === 0 ? 'plane' : 'landscape';
  const traits =
    habitat === 'plane'
      ? planeTraits(mechanisms.optionalTraits('plane').filter(({ id }) => has(id)))
      : landscapeTraits(
          dimensions,
          landscapeTraitsToCarry().flatMap(({ id }) => (has(id) ? [id] : [])),
        );
  return { traits, mechanisms: mechanisms.inherited(habitat), writers: mechanisms.variation(habitat) };
}
