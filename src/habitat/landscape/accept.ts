import { drawUniform } from '../../math/draws.ts';
import { namedStream } from '../../math/streams.ts';
import { makeAcceptance } from './acceptance.ts';
import type { LandscapeContext } from './context.ts';
import { fixationProbability } from './fixation-probability.ts';
import type { LandscapePopulation } from './landscape-population.ts';
import { simulateFixation } from './simulate-fixation.ts';

/**
 * For models with one organism at a time: decides whether the mutant of this tick replaces its parent. Annealing:
 * by its rule. Fixation: the one organism represents a whole population, in which the mutant fixes or is lost.
 */
export function accept(population: LandscapePopulation, { tick, landscape, parameters }: LandscapeContext): void {
  const { table, births, layout } = population;
  if (births.count === 0) return;
  const genomes = table.f32(population.actsBy);
  const mutant = births.firstRow;
  // Both are measured in the population at the time when the mutant arose.
  let gain = landscape.logFitness(genomes, mutant * layout.stride) - landscape.logFitness(genomes, 0);
  for (const make of population.fitnessTerms) {
    const term = make();
    gain += term(mutant) - term(0);
  }
  if (Number.isNaN(gain)) {
    throw new RangeError(`${population.name}: log fitness is not a number; lower the mutation or the slope of the landscape`);
  }
  const stays = parameters.model === 'annealing' ? anneal(gain) : fixate(gain);
  const cause = table.u32('cause');
  cause[0] = stays ? 1 : 0;
  cause[mutant] = stays ? 0 : 2;
  // The survivor is in row 0, or will be when the dead are removed: its fitness is known only then.
  population.stale = true;

  function anneal(change: number): boolean {
    const { rule, inverseTemperature } = parameters.annealing;
    const chance = makeAcceptance(rule, inverseTemperature).probability(change);
    return drawUniform(population.stream('birth'), 0, 0, tick, 0) < chance;
  }

  function fixate(s: number): boolean {
    const { size, process, by } = parameters.fixation;
    if (by === 'formula') {
      return drawUniform(population.stream('birth'), 0, 0, tick, 0) < fixationProbability(process, size, s);
    }
    return simulateFixation(process, size, s, namedStream(String(population.stream('birth')), String(tick))).fixed;
  }
}
