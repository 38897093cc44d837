// Follows a gradient method on a landscape, and compares its steps with the exact gradient.

import type { Landscape } from '../../habitat/landscape/landscape.ts';
import type { NamedStream } from '../../math/streams.ts';
import type { Optimiser, OptimiserParameters } from './reference-optimisers.ts';
import { type FollowedSteps, StepMeter } from './step-meter.ts';

export interface OptimiserQuestion {
  readonly landscape: Landscape;
  readonly optimiser: Optimiser;
  readonly parameters: OptimiserParameters;
  /** Starting point: one number per dimension of the landscape. */
  readonly start: Float64Array;
  /** Standard deviation at each locus of the normal noise in its estimate of the gradient, log fitness per locus unit. */
  readonly noise: number;
  /** Steps before measuring, and steps that are measured. */
  readonly burnIn: number;
  readonly steps: number;
  readonly stream: NamedStream;
}

/** Follows a gradient method: its steps, on the gradient with noise, compared with the exact gradient. It meets only itself. */
export function followOptimiser(question: OptimiserQuestion): FollowedSteps & { readonly finalFitness: number } {
  const { landscape, optimiser, parameters, start, noise, burnIn, steps, stream } = question;
  const { dimensions } = landscape;
  const genome = start.slice();
  const gradient = new Float64Array(dimensions);
  const step = new Float64Array(dimensions);
  const state = new Float64Array(optimiser.memory * dimensions);
  const meter = new StepMeter(landscape);
  for (let time = 1; time <= burnIn + steps + 1; time++) {
    landscape.meet(genome, 1, dimensions, time - 1);
    if (time > burnIn) meter.show({ values: genome, count: 1, stride: dimensions, dimensions });
    if (time > burnIn + steps) break;
    landscape.gradient(genome, 0, gradient);
    if (noise > 0) for (let l = 0; l < dimensions; l++) gradient[l] += noise * stream.normal();
    optimiser.step(parameters, state, time, gradient, step);
    for (let l = 0; l < dimensions; l++) genome[l] += step[l];
  }
  return { ...meter.finish(), finalFitness: landscape.logFitness(genome, 0) };
}
