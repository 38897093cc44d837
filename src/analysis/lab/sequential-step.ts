import { type FixationProcess, fixationProbability, sequentialSlope } from '../../habitat/landscape/fixation-probability.ts';
import { simulateFixation } from '../../habitat/landscape/simulate-fixation.ts';
import { log } from '../../math/elementary.ts';
import { antitheticStep, drawSteps, type StepEstimate, type StepQuestion } from './antithetic-step.ts';
import { dot } from './direction.ts';
import { expectedAlong } from './expected-along.ts';

/** A population in which a mutant is fixed or lost before the next arises. */
export interface SequentialModel {
  readonly process: FixationProcess;
  /** N */
  readonly size: number;
  /** U: mutants per organism and generation. */
  readonly mutationRate: number;
  /** Whether fixation is decided by its formula or by simulating the drift of every mutant. */
  readonly drift: 'formula' | 'simulated';
}

/** The step per mutant, and per generation. */
export interface SequentialStep extends StepEstimate {
  /** Mutants per generation, N U: turns a step per mutant into one per generation. */
  readonly mutantsPerGeneration: number;
  /** Expected step per generation; a number a locus. */
  readonly perGeneration: Float64Array;
  /** Length of the step per mutant as sigma -> 0, (1 - 1/N) sigma^2 |grad f| or half of it. */
  readonly limit: number;
  /** Length of the step per mutant by the formula of fixation if the landscape were linear, at this sigma. */
  readonly linear: number;
  /** Why mutants cannot be taken one at a time here; null if they can. */
  readonly warning: string | null;
}

/** N U ln N up to which mutants are taken to come one at a time: about the share of them that meet another in flight. */
const fewInFlight = 0.1;

/** Expected step of sequential fixation, by antithetic pairs of mutants. */
export function sequentialStep(question: StepQuestion, model: SequentialModel): SequentialStep {
  const { process, size, mutationRate } = model;
  const formula = (s: number) => fixationProbability(process, size, s);
  const estimate = antitheticStep(question, model.drift === 'formula' ? formula : (s) => (plays(model, question, s) ? 1 : 0));
  const { sigma } = question;
  const norm = Math.sqrt(dot(estimate.gradient, estimate.gradient));
  const mutantsPerGeneration = size * mutationRate;
  return {
    ...estimate,
    mutantsPerGeneration,
    perGeneration: estimate.mean.map((step) => mutantsPerGeneration * step),
    limit: sequentialSlope(process, size) * sigma * sigma * norm,
    linear: expectedAlong(formula, sigma, norm),
    warning: oneAtATime(size, mutationRate),
  };
}

/**
 * A warning if mutants do not come one at a time: a mutation stays in flight for about 2 ln N generations, so with N U of them
 * a generation that needs N U ln N << 1. Null where it is 0.1 or less.
 */
export function oneAtATime(size: number, mutationRate: number): string | null {
  const inFlight = size * mutationRate * log(size);
  if (inFlight <= fewInFlight) return null;
  const needed = fewInFlight / (size * log(size));
  return `N U ln N is ${inFlight.toPrecision(3)}, not << 1: mutants meet others in flight; lower the mutation rate to ${needed.toPrecision(2)}`;
}

/** Steps of single mutants from one place, `count` rows: 0 if the mutant is lost. */
export function drawSequentialSteps(question: Omit<StepQuestion, 'pairs'>, model: SequentialModel, count: number) {
  const { process, size, drift } = model;
  return drawSteps(question, count, (s) =>
    drift === 'formula' ? question.stream.uniform() < fixationProbability(process, size, s) : plays(model, question, s),
  );
}

function plays({ process, size }: SequentialModel, { stream }: Pick<StepQuestion, 'stream'>, s: number): boolean {
  return simulateFixation(process, size, s, stream).fixed;
}
