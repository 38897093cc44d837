import { drawUniform } from '../../math/draws.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { type Network, side } from './network.ts';
import { place } from './sort-by-patch.ts';

/** Draws of the stream `scatter` for the place within a patch, which belong to a whole life. */
const draws = { x: 20, y: 21 } as const;

/** Puts a row at its place in the picture: within the disc of its patch, always at the same place. No result depends on it. */
export function showPlace(population: EmbodiedPopulation, network: Network, row: number): void {
  const { table } = population;
  const stream = population.stream('scatter');
  const [low, high] = [table.u32('keyLow')[row], table.u32('keyHigh')[row]];
  const patch = table.f32(place.patch)[row];
  const [u, v] = [drawUniform(stream, low, high, 0, draws.x), drawUniform(stream, low, high, 0, draws.y)];
  // A point of a square, moved into the disc: uniform enough for a picture.
  const [x, y] = [2 * u - 1, 2 * v - 1];
  const far = Math.sqrt(x * x + y * y);
  const reach = (0.9 * network.radius * Math.max(Math.abs(x), Math.abs(y))) / (far > 0 ? far : 1);
  table.f32('x')[row] = Math.min(side - 0.001, Math.max(0, network.x[patch] + reach * x));
  table.f32('y')[row] = Math.min(side - 0.001, Math.max(0, network.y[patch] + reach * y));
}
