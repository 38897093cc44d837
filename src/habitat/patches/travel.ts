import { drawUniform } from '../../math/draws.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { PatchesContext } from './context.ts';
import { linkAhead } from './network.ts';
import { showPlace } from './show-place.ts';
import { place } from './sort-by-patch.ts';

/** Draws of the stream `act` that decisions leave free. */
const draws = { leave: 30, succeed: 31 } as const;

/**
 * All organisms turn, and leave their patch along the link ahead with a chance of thrust times speed over the length of links. `turn` in [-1, 1] is at most half a
 * turn. An organism that moves pays for the length of a link, whether it arrives or not.
 */
export function travel(population: EmbodiedPopulation, { patches, tick }: PatchesContext): void {
  const { table } = population;
  const { network, parameters } = patches;
  const [patch, moved] = [table.f32(place.patch), table.f32('moved')];
  const [headingX, headingY] = [table.f32('headingX'), table.f32('headingY')];
  const [turn, thrust, speed] = [table.f32('turn'), table.f32('thrust'), table.f32('body.speed')];
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const stream = population.stream('act');
  moved.fill(0, 0, table.count);
  for (let row = 0; row < table.count; row++) {
    // By the rational form of half an angle: a turn of 1 is half a turn, and the heading stays a unit vector.
    const t = turn[row] * turn[row] < 1 ? turn[row] / (1 - turn[row] * turn[row]) : turn[row] * 1e6;
    const [c, s] = [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)];
    const [x, y] = [headingX[row] * c - headingY[row] * s, headingX[row] * s + headingY[row] * c];
    const length = Math.sqrt(x * x + y * y);
    headingX[row] = x / length;
    headingY[row] = y / length;
    const chance = Math.min(1, (thrust[row] * speed[row]) / parameters.distance);
    if (drawUniform(stream, low[row], high[row], tick, draws.leave) >= chance) continue;
    const link = linkAhead(network, patch[row], headingX[row], headingY[row]);
    if (link < 0) continue;
    moved[row] = parameters.distance;
    if (drawUniform(stream, low[row], high[row], tick, draws.succeed) >= network.rates[link] * parameters.rate) continue;
    patch[row] = network.to[link];
    showPlace(population, network, row);
  }
}
