import type { Acts } from '../../scene/acts.ts';
import type { InterventionResult, InterventionScope } from './intervention.ts';

/** The unit in which the ground counts: sums then do not depend on their order. */
const quantum = 1 / 16_384;
const lanes = ['grass', 'fruit', 'carrion'] as const;

/** Drops food on the open cells whose middles lie within the radius, around the edges of a torus too. */
export function dropFood(
  { context: { plane } }: InterventionScope,
  { x, y, radius, food, amount }: Acts['food'],
): InterventionResult {
  const { columns, rows, cell, torus, width, height } = plane;
  const values = plane.values();
  const barrier = plane.barrier();
  const lane = lanes.indexOf(food);
  const dropped = Math.round(amount / quantum) * quantum;
  const away = (from: number, to: number, size: number) => {
    const distance = Math.abs(from - to);
    return torus ? Math.min(distance, size - distance) : distance;
  };
  let cells = 0;
  for (let row = 0; row < rows; row++) {
    const down = away((row + 0.5) * cell, y, height);
    if (down > radius) continue;
    for (let column = 0; column < columns; column++) {
      const across = away((column + 0.5) * cell, x, width);
      const at = row * columns + column;
      if (across * across + down * down > radius * radius || barrier[at]) continue;
      values[4 * at + lane] += dropped;
      cells++;
    }
  }
  return { text: `${food} was dropped by hand on ${cells} cells around ${x.toFixed(1)}, ${y.toFixed(1)}` };
}
