import { drawUniform } from '../../math/draws.ts';
import type { LandscapeContext } from './context.ts';
import { drawByFitness, sumFitness } from './draw-by-fitness.ts';
import type { LandscapePopulation } from './landscape-population.ts';

let counts = new Uint32Array(0);

/**
 * Decides who has offspring in this tick, and who makes room for it.
 * - wright-fisher: as many births as there are organisms, each from a parent drawn by fitness; all are replaced
 * - moran: one birth from a parent drawn by fitness; one drawn uniformly is replaced, and it may be the parent
 * - annealing, fixation: the one there is proposes a mutant; `accept` decides afterwards
 */
export function chooseParents(population: LandscapePopulation, { tick, landscape, parameters }: LandscapeContext): void {
  const { table } = population;
  const { count } = table;
  const cause = table.u32('cause');
  const parents = table.u32('parents');
  population.evaluate(landscape, tick);
  cause.fill(0, 0, count);
  if (parameters.model === 'annealing' || parameters.model === 'fixation') {
    population.breeders = 1;
    parents[0] = 0;
    return;
  }
  sumFitness(population);
  const stream = population.stream('birth');
  if (parameters.model === 'moran') {
    population.breeders = 1;
    parents[0] = drawByFitness(population, drawUniform(stream, 0, 0, tick, 0));
    cause[Math.floor(drawUniform(stream, 0, 0, tick, 1) * count)] = 1;
    return;
  }
  population.breeders = count;
  if (counts.length < count) counts = new Uint32Array(2 * count);
  counts.fill(0, 0, count);
  for (let k = 0; k < count; k++) counts[drawByFitness(population, drawUniform(stream, k, 0, tick, 0))]++;
  let entry = 0;
  for (let row = 0; row < count; row++) {
    for (let i = counts[row]; i > 0; i--) parents[entry++] = row;
  }
  cause.fill(1, 0, count);
}
