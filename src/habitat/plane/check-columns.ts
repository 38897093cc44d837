import type { StateColumn } from '../../ecs/table.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { areFinite, floatsOf } from '../finite-columns.ts';
import type { Plane } from './plane.ts';

/**
 * Checks the columns of a snapshot for what the kernels rely on: positions address the ground, a step stays shorter than
 * the plane, NaN never enters state.
 * @param columns the ground, then each population's state columns
 * @param states each population's state columns as the snapshot lays them out
 */
export function checkPlaneColumns(
  columns: readonly Uint8Array[],
  states: readonly (readonly StateColumn[])[],
  populations: readonly EmbodiedPopulation[],
  ground: Plane,
  refuse: (what: string) => never,
): void {
  if (!areFinite(floatsOf(columns[0]))) refuse('the ground holds a value that is not a finite number');
  let next = 1;
  for (const [p, { name, layout }] of populations.entries()) {
    let headingX = new Float32Array(0);
    for (const column of states[p]) {
      const bytes = columns[next++];
      if (column.type !== 'f32') continue;
      const values = floatsOf(bytes);
      if (!areFinite(values)) refuse(`${column.name} of ${name} holds a value that is not a finite number`);
      const limit = column.name === 'x' ? ground.width : column.name === 'y' ? ground.height : 0;
      if (limit > 0 && !values.every((value) => value >= 0 && value < limit)) {
        refuse(`an organism of ${name} is outside the plane`);
      }
      const range = layout.ranges.find(({ trait }) => trait === column.name);
      if (range && !values.every((value) => value >= Math.fround(range.minimum) && value <= Math.fround(range.maximum))) {
        refuse(`${column.name} of ${name} is out of range`);
      }
      if (column.name === 'headingX') headingX = values;
      if (column.name === 'headingY' && !values.every((y, i) => Math.abs(headingX[i] * headingX[i] + y * y - 1) < 1e-3)) {
        refuse(`a heading of ${name} is not a unit vector`);
      }
    }
  }
}
