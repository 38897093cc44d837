import { drawUniform } from '../math/draws.ts';
import { log } from '../math/elementary.ts';
import type { NearList } from '../population/near-list.ts';
import type { Population } from '../population/population.ts';
import type { MechanismContext } from './mechanism.ts';

const near: NearList = { rows: new Int32Array(64) };

/**
 * One of the organisms near another, each with the same probability; -1 if there is none. It is the first in a race of exponential times
 * keyed by both, so that neither the order of rows nor the presence of others changes any draw.
 */
export function drawNeighbour(
  population: Population,
  row: number,
  reach: number,
  { tick, stream, nearInto }: MechanismContext,
): number {
  const { table } = population;
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const found = nearInto(population, row, reach, near);
  let best = Number.POSITIVE_INFINITY;
  let chosen = -1;
  for (let i = 0; i < found; i++) {
    const other = near.rows[i];
    const time = -log(1 - drawUniform(stream, low[row], high[row], tick, low[other]));
    if (time < best || (time === best && high[other] < high[chosen])) {
      best = time;
      chosen = other;
    }
  }
  return chosen;
}
