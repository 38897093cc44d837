import type { Declaration } from '../ecs/table.ts';
import type { Population } from '../population/population.ts';

/** Mean, variance (divisor n) and highest value of a column of one float a row, over the living; NaN if the column does not exist or nothing lives. */
export function columnMoments({ table, count }: Population, column: Declaration<'f32'>) {
  if (count === 0 || !table.has(column)) return { mean: Number.NaN, variance: Number.NaN, highest: Number.NaN };
  const values = table.f32(column);
  let [sum, square, highest] = [0, 0, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < count; row++) {
    sum += values[row];
    square += values[row] * values[row];
    highest = Math.max(highest, values[row]);
  }
  const mean = sum / count;
  return { mean, variance: square / count - mean * mean, highest };
}
