import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { PlaneContext } from './context.ts';

const quantum = 1 / 16_384;

/**
 * The energy of a dead body falls to the ground as carrion, in whole multiples of 2^-14: those of one cell are summed
 * before they fall, so that it does not matter in which order the dead are visited.
 */
export function leaveCarcasses(population: EmbodiedPopulation, { plane }: PlaneContext): void {
  const { table, deaths } = population;
  const share = plane.parameters.carrion.yield;
  if (share === 0 || deaths.count === 0) return;
  const ground = plane.ground.f32();
  // Between meals there is no demand, so the demand's lane of carrion can hold the sums.
  const fallen = plane.demand.f32();
  const rows = deaths.rows();
  const [x, y, energy, body] = [table.f32('x'), table.f32('y'), table.f32('energy'), table.f32('body')];
  const placeOf = (row: number) => 4 * (Math.trunc(y[row] / plane.cell) * plane.columns + Math.trunc(x[row] / plane.cell)) + 2;
  for (let k = 0; k < deaths.count; k++) {
    const row = rows[k];
    fallen[placeOf(row)] += Math.floor((share * (body[row] + Math.max(0, energy[row]))) / quantum) * quantum;
  }
  for (let k = 0; k < deaths.count; k++) {
    const place = placeOf(rows[k]);
    ground[place] += fallen[place];
    fallen[place] = 0;
  }
}
