import { coordinateName } from '../../genome/lay-loci.ts';
import { landscapeTraitsToCarry } from '../../habitat/landscape/carried-traits.ts';
import { landscapeHabitat } from '../../habitat/landscape/landscape-habitat.ts';
import { landscapeTraits, shownCoordinates } from '../../habitat/landscape/landscape-population.ts';
import { planeHabitat } from '../../habitat/plane/plane-habitat.ts';
import type { MechanismSet } from '../../mechanisms/mechanism-set.ts';
import { embodiedTraits } from '../../population/resolve-traits.ts';
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
 * The world that a table is about, by the names of its columns: a table with coordinates is a landscape's, where there are
 * all coordinates up to the last that has a column; all others are a plane's.
 * @param mechanisms that the run could have on
 */
export function worldOfColumns(columns: readonly string[], mechanisms: MechanismSet): TableWorld {
  const has = (trait: string) => columns.includes(columnName(trait));
  let dimensions = shownCoordinates;
  while (dimensions > 0 && !has(coordinateName(dimensions - 1))) dimensions--;
  const hasBodies = dimensions === 0;
  const own = mechanisms.of((hasBodies ? planeHabitat : landscapeHabitat).gives);
  const traits = hasBodies
    ? embodiedTraits(own.optionalTraits().filter(({ id }) => has(id)))
    : landscapeTraits(
        dimensions,
        landscapeTraitsToCarry(own).flatMap(({ id }) => (has(id) ? [id] : [])),
        own,
      );
  return { traits, mechanisms: own.inherited(), writers: own.variation() };
}
