import type { ColumnSpec } from '../ecs/table.ts';
import type { PopulationWith } from './capabilities.ts';

/** What follows from an organism's traits and the population's parameters; derived again whenever either changes. */
export const phenotypeColumns = [
  { name: 'cost', type: 'f32', kind: 'shown' },
  { name: 'moving', type: 'f32', kind: 'shown' },
  { name: 'storage', type: 'f32', kind: 'shown' },
  { name: 'appetite', type: 'f32', kind: 'shown' },
  { name: 'body', type: 'f32', kind: 'shown' },
  { name: 'efficiency', type: 'f32', width: 4, kind: 'shown' },
] as const satisfies readonly ColumnSpec[];

/**
 * Derives costs, storage, appetite and diet of rows `first` to `first + count - 1`. Living and appetite grow with size to
 * the power 3/4 (Kleiber 1932, Hilgardia 6: 315). Diet d: use of fruit is e(1 - d) and of grass e(d), with e(0) = 1,
 * e(1) = 0 and e(1/2) = 1 - tradeOff: e(d) = 1 + (1 - 4t) d + (4t - 2) d^2.
 */
export function derivePhenotype(population: PopulationWith<'energy'>, first: number, count: number): void {
  const { table, parameters } = population;
  const { energy, diet } = parameters;
  const size = table.f32('body.size');
  const speed = table.f32('body.speed');
  const fruit = table.f32('diet.fruit');
  const [cost, moving, storage] = [table.f32('cost'), table.f32('moving'), table.f32('storage')];
  const [appetite, body, efficiency] = [table.f32('appetite'), table.f32('body'), table.f32('efficiency')];
  const linear = 1 - 4 * diet.tradeOff;
  const square = 4 * diet.tradeOff - 2;
  for (let row = first; row < first + count; row++) {
    const s = size[row];
    const root = Math.sqrt(s);
    const kleiber = root * Math.sqrt(root);
    cost[row] = energy.living * kleiber + energy.swiftness * s * speed[row] * speed[row];
    moving[row] = energy.moving * s;
    storage[row] = energy.storage * s;
    appetite[row] = diet.appetite * kleiber;
    body[row] = energy.body * s;
    const d = fruit[row];
    const e = 1 - d;
    efficiency[4 * row] = diet.grass * (1 + linear * d + square * d * d);
    efficiency[4 * row + 1] = diet.fruit * (1 + linear * e + square * e * e);
    efficiency[4 * row + 2] = diet.carrion;
    efficiency[4 * row + 3] = 0;
  }
}
