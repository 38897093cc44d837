import type { StateColumn } from '../ecs/table.ts';
import type { Plane } from '../habitat/plane/plane.ts';
import type { PlanePopulation } from '../population/plane-population.ts';
import type { Population } from '../population/population.ts';
import { SnapshotError } from './snapshot.ts';

/** x - x is 0 for every finite x and NaN for the rest; a plain loop, for genomes are long. */
function finite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] - values[i] !== 0) return false;
  return true;
}

const floats = (bytes: Uint8Array) => new Float32Array(bytes.slice().buffer);

const refuse = (what: string): never => {
  throw new SnapshotError(`it is damaged: ${what}; use another copy`);
};

/**
 * Checks who the organisms of a snapshot are: every id is given once, before `nextId`, as are those of parents and founders, and
 * nothing was born after the snapshot's tick.
 * @param columns each population's state columns, one population behind the other
 * @param states each population's state columns as the snapshot lays them out
 * @throws {SnapshotError}
 */
export function checkIdentities(
  columns: readonly Uint8Array[],
  states: readonly (readonly StateColumn[])[],
  populations: readonly Population[],
  { tick, nextId }: { readonly tick: number; readonly nextId: number },
): void {
  const seen = new Set<number>();
  let next = 0;
  for (const [p, { name }] of populations.entries()) {
    for (const column of states[p]) {
      const bytes = columns[next++];
      if (column.type === 'f64') {
        const least = column.name === 'parent' ? -1 : 0;
        for (const id of new Float64Array(bytes.slice().buffer)) {
          if (!(Number.isInteger(id) && id >= least && id < nextId))
            refuse(`${column.name} of ${name} holds what is not an organism`);
          if (column.name !== 'id') continue;
          if (seen.has(id)) refuse(`organism ${id} lives twice`);
          seen.add(id);
        }
      } else if (column.name === 'birthTick') {
        for (const born of new Int32Array(bytes.slice().buffer)) {
          // An age fits into 31 bits.
          if (born > tick || tick - born > 2_000_000_000) refuse(`an organism of ${name} was born at tick ${born}`);
        }
      }
    }
  }
}

/**
 * Checks that the populations' state columns hold finite numbers only.
 * @param states each population's state columns as the snapshot lays them out
 * @throws {SnapshotError}
 */
export function checkFinite(
  columns: readonly Uint8Array[],
  states: readonly (readonly StateColumn[])[],
  populations: readonly Population[],
): void {
  let next = 0;
  for (const [p, { name }] of populations.entries()) {
    for (const column of states[p]) {
      const bytes = columns[next++];
      if (column.type === 'f32' && !finite(floats(bytes))) refuse(`${column.name} of ${name} holds what is no number`);
    }
  }
}

/**
 * Checks the columns of a snapshot for what the kernels rely on: positions address the ground, a step stays shorter than
 * the plane, NaN never enters state.
 * @param columns the ground, then each population's state columns
 * @param states each population's state columns as the snapshot lays them out
 * @throws {SnapshotError}
 */
export function checkState(
  columns: readonly Uint8Array[],
  states: readonly (readonly StateColumn[])[],
  populations: readonly PlanePopulation[],
  ground: Plane,
): void {
  if (!finite(floats(columns[0]))) refuse('the ground holds what is no number');
  let next = 1;
  for (const [p, { name, layout }] of populations.entries()) {
    let headingX = new Float32Array(0);
    for (const column of states[p]) {
      const bytes = columns[next++];
      if (column.type !== 'f32') continue;
      const values = floats(bytes);
      if (!finite(values)) refuse(`${column.name} of ${name} holds what is no number`);
      const limit = column.name === 'x' ? ground.width : column.name === 'y' ? ground.height : 0;
      if (limit > 0 && !values.every((value) => value >= 0 && value < limit)) {
        refuse(`somebody of ${name} stands outside the plane`);
      }
      const range = layout.ranges.find(({ trait }) => trait === column.name);
      if (range && !values.every((value) => value >= Math.fround(range.minimum) && value <= Math.fround(range.maximum))) {
        refuse(`${column.name} of ${name} leaves its range`);
      }
      if (column.name === 'headingX') headingX = values;
      if (column.name === 'headingY' && !values.every((y, i) => Math.abs(headingX[i] * headingX[i] + y * y - 1) < 1e-3)) {
        refuse(`a heading of ${name} is no unit vector`);
      }
    }
  }
}
