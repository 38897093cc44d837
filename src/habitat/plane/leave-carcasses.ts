import type { Population } from '../../population/population.ts';
import type { PlaneContext } from './context.ts';

/** What a dead body holds falls to the ground as carrion. */
export function leaveCarcasses(population: Population, { plane }: PlaneContext): void {
  const { table, deaths } = population;
  const share = plane.parameters.carrion.yield;
  if (share === 0 || deaths.count === 0) return;
  const ground = plane.ground.f32();
  const rows = deaths.rows();
  const [x, y, energy, body] = [table.f32('x'), table.f32('y'), table.f32('energy'), table.f32('body')];
  for (let k = 0; k < deaths.count; k++) {
    const row = rows[k];
    const cell = Math.trunc(y[row] / plane.cell) * plane.columns + Math.trunc(x[row] / plane.cell);
    ground[4 * cell + 2] += share * (body[row] + Math.max(0, energy[row]));
  }
}
