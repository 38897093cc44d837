// Follows learners that copy each other (population-based training), and compares the steps of their mean with the gradient.

import type { Landscape } from '../../habitat/landscape/landscape.ts';
import { pbtShares } from './pbt-decomposition.ts';
import { type PbtOptions, PopulationBasedTraining } from './population-based-training.ts';
import { type FollowedSteps, StepMeter } from './step-meter.ts';

export interface TrainingQuestion {
  readonly options: PbtOptions;
  /** Steps before measuring, and steps that are measured. */
  readonly burnIn: number;
  readonly steps: number;
}

export interface FollowedTraining extends FollowedSteps {
  readonly finalFitness: number;
  /** Share of the change of the mean between rounds, over those measured, that copying explains; the rest is the learners' own steps. */
  readonly copying: number;
}

/** Follows the mean of learners that copy each other, with G the covariance among them. */
export function followTraining({ options, burnIn, steps }: TrainingQuestion): FollowedTraining {
  const training = new PopulationBasedTraining(options);
  const { landscape } = options;
  training.step(burnIn);
  training.takeWindow();
  const meter = new StepMeter(landscape);
  const windows = [];
  for (let step = 0; step <= steps; step++) {
    if (step > 0) training.step(1);
    // Asking for fitness makes the landscape meet the learners.
    training.fitness();
    meter.show(rowsOf(training, landscape));
    if (step > 0 && training.time % options.interval === 0) windows.push(training.takeWindow());
  }
  const fitness = training.fitness();
  return {
    ...meter.finish(),
    finalFitness: fitness.reduce((sum, f) => sum + f, 0) / fitness.length,
    copying: windows.length > 0 ? pbtShares(windows).copying : Number.NaN,
  };
}

const rowsOf = ({ genomes, learners }: PopulationBasedTraining, { dimensions }: Landscape) => ({
  values: genomes,
  count: learners,
  stride: dimensions,
  dimensions,
});
