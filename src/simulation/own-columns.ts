import { layColumn, type OwnColumnSpec, type StateColumn } from '../ecs/table.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import type { Population } from '../population/population.ts';

type Switches = Population['parameters']['mechanisms'];

/**
 * Columns that mechanisms which are on add, in the order of inheritance, so that snapshots and hashes do not depend on the order
 * in which mechanisms were switched on.
 * @throws {Error} if two mechanisms ask for one column in two shapes
 */
export function ownColumns(population: Population, switches: Switches, mechanisms: MechanismSet): readonly OwnColumnSpec[] {
  const specs = new Map<string, OwnColumnSpec>();
  for (const { id, columns } of mechanisms.all()) {
    const parameters = switches[id];
    if (!columns || !parameters?.on) continue;
    for (const spec of columns(population, parameters)) {
      const other = specs.get(spec.name);
      if (other && JSON.stringify(other) !== JSON.stringify(spec)) {
        throw new Error(`${id}: the column '${spec.name}' belongs to another mechanism and has another shape`);
      }
      specs.set(spec.name, spec);
    }
  }
  // Traces are not state: their columns come last and are in no snapshot.
  return [...specs.values(), ...population.originTraces.flatMap(({ columns }) => columns)];
}

/** The state columns of a population while these mechanisms are on, as a snapshot lays them out. */
export function stateColumns(population: Population, own: readonly OwnColumnSpec[]): readonly StateColumn[] {
  return [...population.table.fixedState, ...own.filter(({ kind }) => kind === 'state').map((spec) => layColumn(spec))];
}
