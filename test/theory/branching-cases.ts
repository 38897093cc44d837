// Check 6b: Dieckmann and Doebeli's branching with real populations, asexual and sexual.
import { bimodality } from '../../src/analysis/lab/bimodality.ts';
import type { LandscapePopulation } from '../../src/habitat/landscape/landscape-population.ts';
import { variance } from '../../src/math/statistics.ts';
import type { LandscapeSimulation } from '../../src/simulation/kinds.ts';
import { type World, withWorld } from './lab-worlds.ts';

/** Width of the capacity is 1 everywhere. */
export const separation = 0.5;

const loci = 10;
const sexual = { 'sexual-reproduction': { on: true }, recombination: { on: true, chromosomes: loci, length: 5 } };
/** Root mean square difference over the loci at which a mate is e^(-1/2) times as welcome. */
const assortative = { 'assortative-mating': { on: false, width: 0.1 } };

/** A population looked at again and again. */
export interface Branching {
  /** Whether it fell into two clusters at any look. */
  readonly branched: boolean;
  /** The largest depth of all looks. */
  readonly depth: number;
  /** Standard deviation of the trait at the last look. */
  readonly deviation: number;
}

export interface BranchingCase {
  readonly name: string;
  /** Width of competition over that of capacity. */
  readonly ratio: number;
  readonly branches: boolean;
  run(seed: string): Branching;
}

function traitsOf(population: LandscapePopulation): Float64Array {
  const { table, layout, dimensions, count } = population;
  const genomes = table.f32('genome');
  const scale = 1 / Math.sqrt(dimensions);
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let l = 0; l < dimensions; l++) sum += genomes[row * layout.stride + l];
    return scale * sum;
  });
}

/**
 * Generations from one look to the next. A branch may branch again until the many clusters are nearer to each other than the
 * criterion tells apart, so that a single look at the end could miss what happened.
 */
const every = 25;

function watch(simulation: LandscapeSimulation, population: LandscapePopulation, generations: number): Branching {
  let deepest = 0;
  let branched = false;
  let deviation = Number.NaN;
  for (let t = 0; t < generations; t += every) {
    simulation.step(every);
    const traits = traitsOf(population);
    const look = bimodality(traits, { separation });
    branched ||= look.branched;
    deepest = Math.max(deepest, look.depth);
    deviation = Math.sqrt(variance(traits));
  }
  return { branched, depth: deepest, deviation };
}

const world = (ratio: number, more: Partial<World>): World => ({
  form: 'polygenic',
  parameters: { capacity: 1, competition: ratio, growth: 1 },
  dimensions: loci,
  size: 400,
  sigma: 0.02,
  encounters: 40,
  start: { deviation: 0.05 },
  ...more,
});

const asexual = (ratio: number): BranchingCase => ({
  name: 'asexual, 300 generations',
  ratio,
  branches: ratio < 1,
  run: (seed) => withWorld(world(ratio, {}), seed, (simulation, population) => watch(simulation, population, 300)),
});

/** Sexual populations mate at random until their spread rests, as a quantitative trait's does; some then begin to choose. */
const sex = (ratio: number, chooses: boolean): BranchingCase => ({
  name: chooses ? 'sexual, 200 generations at random, 100 assortative' : 'sexual, 300 generations at random',
  ratio,
  branches: chooses && ratio < 1,
  run: (seed) =>
    withWorld(world(ratio, { mechanisms: { ...sexual, ...assortative } }), seed, (simulation, population) => {
      simulation.step(200);
      if (chooses) simulation.set('populations.line.mechanisms.assortative-mating.on', true);
      return watch(simulation, population, 100);
    }),
});

/** Likes with likes from the first generation, while all are alike. Not a check of the theory: what came of it. */
export const choosyFromTheStart: BranchingCase = {
  name: 'sexual, 300 generations assortative from a narrow start',
  ratio: 0.4,
  branches: false,
  run: (seed) =>
    withWorld(
      world(0.4, { mechanisms: { ...sexual, 'assortative-mating': { on: true, width: 0.1 } } }),
      seed,
      (simulation, population) => watch(simulation, population, 300),
    ),
};

export const branchingCases: readonly BranchingCase[] = [
  asexual(0.4),
  asexual(0.7),
  asexual(1.4),
  asexual(2),
  sex(0.4, false),
  sex(0.4, true),
  sex(1.4, true),
];
