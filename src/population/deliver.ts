import { drawNormal } from '../math/draws.ts';
import type { EmbodiedPopulation } from './embodied-population.ts';
import { develop } from './genomes.ts';

/** Puts a newborn near its parent, where the habitat allows it. @experimental */
export type Placer = (x: number, y: number, out: Float64Array) => boolean;

const place = new Float64Array(2);

/**
 * Expresses the newborns' genomes and settles their accounts: the parent, or the host of a revived one, pays the body and hands over its investment;
 * the newborn is placed within a few lengths of it (`settle` wraps a place or refuses it: then it is where the parent is).
 * @experimental
 */
export function deliver(population: EmbodiedPopulation, tick: number, settle: Placer): void {
  const { births, table, parameters } = population;
  const { count, firstRow } = births;
  if (count === 0) return;
  develop(population, firstRow, count);
  const parents = births.parentRows();
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const [x, y, headingX, headingY] = [table.f32('x'), table.f32('y'), table.f32('headingX'), table.f32('headingY')];
  const [energy, body, investment] = [table.f32('energy'), table.f32('body'), table.f32('life.investment')];
  const stream = population.stream('birth');
  for (let k = 0; k < count; k++) {
    const from = population.hostOf(parents[k]);
    const to = firstRow + k;
    const draw = (i: number) => drawNormal(stream, low[to], high[to], tick, i);
    const inside = settle(x[from] + draw(0) * parameters.life.spread, y[from] + draw(1) * parameters.life.spread, place);
    x[to] = inside ? place[0] : x[from];
    y[to] = inside ? place[1] : y[from];
    // A uniform direction: a normal pair, normalised; the draw that gives (0, 0) does not exist in 2^53.
    const [u, v] = [draw(2), draw(3)];
    const length = Math.sqrt(u * u + v * v);
    headingX[to] = u / length;
    headingY[to] = v / length;
    const left = energy[from] - body[to];
    const gift = investment[from] * Math.max(0, left);
    energy[from] = left - gift;
    energy[to] = gift;
  }
  births.note();
}
