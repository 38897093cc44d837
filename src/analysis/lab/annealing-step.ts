// What one proposal of annealing does to a genome on the average, beside its limit for small mutations.

import type { Acceptance } from '../../habitat/landscape/acceptance.ts';
import { antitheticStep, drawSteps, type StepEstimate, type StepQuestion } from './antithetic-step.ts';
import { dot } from './direction.ts';
import { expectedAlong } from './expected-along.ts';

export interface AnnealingStep extends StepEstimate {
  /** Length of the step in the limit of small sigma, along the gradient. */
  readonly limit: number;
  /** Length of the step along the gradient if the landscape were linear, at this sigma. */
  readonly linear: number;
}

/** Expected step of annealing per proposal, by antithetic pairs weighted by the probability of acceptance. */
export function annealingStep(question: StepQuestion, acceptance: Acceptance): AnnealingStep {
  const estimate = antitheticStep(question, acceptance.probability);
  const norm = Math.sqrt(dot(estimate.gradient, estimate.gradient));
  return {
    ...estimate,
    limit: acceptance.limit(question.sigma, norm),
    linear: expectedAlong(acceptance.probability, question.sigma, norm),
  };
}

/** Steps of annealing from one place, `count` rows: 0 if the mutant is rejected. */
export function drawAnnealingSteps(question: Omit<StepQuestion, 'pairs'>, acceptance: Acceptance, count: number) {
  return drawSteps(question, count, (change) => question.stream.uniform() < acceptance.probability(change));
}
