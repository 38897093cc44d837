import { exp } from '../../math/elementary.ts';
import type { LandscapePopulation } from './landscape-population.ts';

/**
 * Sums the fitness of the living, e^f relative to the highest, into the column `cumulative`, as `evaluate` last found it.
 * @throws {RangeError} if log fitness is not a number: the landscape exceeds what can be computed
 */
export function sumFitness(population: LandscapePopulation): void {
  const { table, count } = population;
  const [logFitness, cumulative] = [table.f64('logFitness'), table.f64('cumulative')];
  let highest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row++) if (logFitness[row] > highest) highest = logFitness[row];
  let sum = 0;
  for (let row = 0; row < count; row++) {
    sum += exp(logFitness[row] - highest);
    cumulative[row] = sum;
  }
  if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${population.name}: log fitness is not a number; lower the mutation or the slope of the landscape`);
  }
}

/** Row of the organism that a uniform number in [0, 1) falls on, each with a probability in proportion to its fitness. */
export function drawByFitness({ table, count }: LandscapePopulation, uniform: number): number {
  const cumulative = table.f64('cumulative');
  const target = uniform * cumulative[count - 1];
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
