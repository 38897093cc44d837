// Follows a population with many mutations in flight, and compares its steps with the gradient.

import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import { type FollowedSteps, StepMeter } from './step-meter.ts';

export interface FollowQuestion {
  /** Generations (annealing and fixation: ticks) before measuring, 0 or more. */
  readonly burnIn: number;
  /** Those that are measured, 1 or more. */
  readonly generations: number;
}

export interface FollowedPopulation extends FollowedSteps {
  /** Mean variance of a locus over time and loci: tr G over the dimensions, locus units squared; NaN for a single genome. */
  readonly variance: number;
  /** Mean log fitness of the living at the end. */
  readonly finalFitness: number;
}

/**
 * Follows many mutations in flight, generation by generation, from the simulation's current state. Everything is measured when
 * selection acts, after transfer within life and before parents are drawn: at h = 1 the loci of the census before
 * have other partners by then. To find that moment it intercepts the landscape's `meet`. A Moran generation is
 * as many births as there are organisms; G and the gradient are then those at its first.
 * Throws RangeError for models other than wright-fisher and moran, fewer than two organisms, or generations that are not whole
 * numbers.
 */
export function followConcurrent(simulation: LandscapeSimulation, { burnIn, generations }: FollowQuestion): FollowedPopulation {
  const { model } = simulation.scene.habitat;
  const [{ dimensions, count }] = simulation.populations;
  if (model !== 'wright-fisher' && model !== 'moran') {
    throw new RangeError(`followConcurrent: model ${model} has one genome at a time; give wright-fisher or moran`);
  }
  if (count < 2) throw new RangeError(`followConcurrent: ${count} organism; give two or more`);
  checkTimes('followConcurrent', { burnIn, generations });
  const { landscape } = simulation.habitat;
  const meter = new StepMeter(landscape);
  const perGeneration = model === 'moran' ? count : 1;
  simulation.step(burnIn * perGeneration);
  const meet = landscape.meet;
  let meetings = 0;
  landscape.meet = (genomes, rows, stride, time) => {
    meet.call(landscape, genomes, rows, stride, time);
    if (meetings++ % perGeneration === 0) meter.show({ values: genomes, count: rows, stride, dimensions });
  };
  try {
    simulation.step(generations * perGeneration + 1);
  } finally {
    landscape.meet = meet;
  }
  return conclude(simulation, meter);
}

/**
 * Follows one genome tick by tick: the proposals of annealing, or mutants that fix or are lost before the next arises. Most ticks
 * are steps of 0, which have no direction and are left out of the means of cosines.
 * Throws RangeError for other models, or times that are not whole numbers.
 */
export function followSingle(simulation: LandscapeSimulation, { burnIn, generations }: FollowQuestion): FollowedPopulation {
  const { model } = simulation.scene.habitat;
  if (model !== 'annealing' && model !== 'fixation') {
    throw new RangeError(`followSingle: model ${model} has many genomes at a time; give annealing or fixation`);
  }
  checkTimes('followSingle', { burnIn, generations });
  const [population] = simulation.populations;
  const { layout, dimensions } = population;
  simulation.step(burnIn);
  const meter = new StepMeter(simulation.habitat.landscape);
  for (let tick = 0; tick <= generations; tick++) {
    if (tick > 0) simulation.step(1);
    simulation.habitat.logFitness(population);
    meter.show({ values: population.table.f32('genome'), count: 1, stride: layout.stride, dimensions });
  }
  return conclude(simulation, meter);
}

function checkTimes(caller: string, { burnIn, generations }: FollowQuestion): void {
  const check = (name: string, value: number, least: number) => {
    if (Number.isInteger(value) && value >= least) return;
    throw new RangeError(`${caller}: ${name} ${value} is not a whole number of ${least} or more`);
  };
  check('burnIn', burnIn, 0);
  check('generations', generations, 1);
}

function conclude(simulation: LandscapeSimulation, meter: StepMeter): FollowedPopulation {
  const [population] = simulation.populations;
  const steps = meter.finish();
  const fitness = simulation.habitat.logFitness(population);
  return {
    ...steps,
    variance: steps.mean.trace / population.dimensions,
    finalFitness: fitness.reduce((sum, f) => sum + f, 0) / fitness.length,
  };
}
