import { drawUniform } from '../../math/draws.ts';
import type { LandscapeContext } from './context.ts';
import { type Demes, drawInDeme } from './demes.ts';
import { drawByFitness, sumFitness } from './draw-by-fitness.ts';
import type { LandscapePopulation } from './landscape-population.ts';

/**
 * Decides which organisms have offspring in this tick.
 * - wright-fisher: as many births as the population has places, each from a parent drawn by fitness
 * - moran: one birth, from a parent drawn by fitness
 * - population-based-training: every organism once; every `training.interval` ticks the best twice and the worst not at all
 * - annealing, fixation: the single organism proposes a mutant; `accept` decides afterwards
 */
export function chooseParents(population: LandscapePopulation, { tick, landscape, parameters, kernel }: LandscapeContext): void {
  const { founders } = population.parameters;
  const { count } = population;
  if (count === 0) return;
  // For the newborns too: a table that grows later keeps only the rows of the living, and entries may be more.
  population.table.reserve(count + founders);
  const { table } = population;
  const parents = table.u32('parents');
  population.evaluate(landscape, tick);
  table.u32('cause').fill(0, 0, count);
  if (parameters.model === 'annealing' || parameters.model === 'fixation') {
    population.breeders = 1;
    parents[0] = 0;
    return;
  }
  if (parameters.model === 'population-based-training') {
    population.breeders = founders;
    train(population, tick, parameters.training);
    return;
  }
  sumFitness(population);
  const stream = population.stream('birth');
  // Parents chosen earlier in this tick needed no fitness.
  population.forgetDemes();
  const demes = population.demesAt(tick);
  if (demes) {
    drawInDemes(population, demes, tick);
    return;
  }
  if (parameters.model === 'moran') {
    population.breeders = 1;
    parents[0] = drawByFitness(population, drawUniform(stream, 0, 0, tick, 0));
    return;
  }
  population.breeders = founders;
  const { cumulative, dying, ready } = table.columns;
  const counts = ready.values;
  counts.fill(0, 0, count);
  // `dying` is written later in the tick: until then it holds a guide to the sums.
  kernel.drawByWeight({ draws: founders, rows: count, cumulative, guide: dying, counts: ready, stream, tick });
  let entry = 0;
  for (let row = 0; row < count; row++) {
    for (let i = counts[row]; i > 0; i--) parents[entry++] = row;
  }
}

/** Each deme produces as many offspring as any other, from its own organisms; an empty deme is settled from all demes. */
function drawInDemes(population: LandscapePopulation, demes: Demes, tick: number): void {
  const { founders } = population.parameters;
  const parents = population.table.u32('parents');
  const stream = population.stream('birth');
  const count = demes.starts.length - 1;
  population.breeders = founders;
  for (let entry = 0; entry < founders; entry++) {
    const deme = entry % count;
    const uniform = drawUniform(stream, entry, deme, tick, 0);
    const row = drawInDeme(demes, deme, uniform);
    parents[entry] = row >= 0 ? row : drawByFitness(population, uniform);
  }
  parents.subarray(0, founders).sort();
}

/**
 * Every organism has one child. At a time of copying, children of the best, the very best first, replace those of as many of the worst.
 * If the population must shrink or grow, the worst have no child, or the best have more.
 */
function train(population: LandscapePopulation, tick: number, { interval, share }: LandscapeContext['parameters']['training']) {
  const { table, count, breeders } = population;
  const parents = table.u32('parents');
  for (let row = 0; row < Math.min(count, breeders); row++) parents[row] = row;
  const copied = (tick + 1) % interval === 0 ? Math.floor(share * count) : 0;
  if (copied === 0 && breeders === count) return;
  const [logFitness, id] = [table.f64('logFitness'), table.f64('id')];
  const ranked = Uint32Array.from({ length: count }, (_, row) => row);
  ranked.sort((a, b) => logFitness[b] - logFitness[a] || id[a] - id[b]);
  for (let k = 0; k < copied; k++) ranked[count - 1 - k] = ranked[k];
  for (let entry = 0; entry < breeders; entry++) parents[entry] = ranked[entry % count];
  parents.subarray(0, breeders).sort();
}
