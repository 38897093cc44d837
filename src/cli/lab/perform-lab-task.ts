import { type FollowedPopulation, followConcurrent, followSingle } from '../../analysis/lab/concurrent-step.ts';
import { followOptimiser } from '../../analysis/lab/follow-optimiser.ts';
import { followTraining } from '../../analysis/lab/follow-training.ts';
import { findQuestion } from '../../analysis/lab/questions/index.ts';
import { referenceOptimiser } from '../../analysis/lab/reference-optimisers.ts';
import type { FollowedSteps } from '../../analysis/lab/step-meter.ts';
import { makeLandscape } from '../../habitat/landscape/forms.ts';
import { namedStream } from '../../math/streams.ts';
import { copyGenomes, implantGenomes } from '../../population/implant.ts';
import { createSimulation } from '../../simulation/create.ts';
import type { LandscapeSimulation } from '../../simulation/kinds.ts';
import type { LabOutcome, LabTask } from './lab-task.ts';
import type { QuestionTask } from './plan-question.ts';

/** Makes a run of the lab: the task of a thread of the pool. */
export function performLabTask(task: LabTask | QuestionTask): LabOutcome {
  try {
    if ('ask' in task) {
      const question = findQuestion(task.ask);
      if (question === undefined) throw new RangeError(`there is no question '${task.ask}'`);
      return { kind: 'answered', rows: question.measure(task.asked) };
    }
    const followed = task.scene === undefined ? follow(task) : simulate(task);
    return { kind: 'done', measures: measuresOf(followed) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

function simulate({ scene, seed, model, burnIn, ticks, values }: LabTask): FollowedPopulation {
  const simulation = createSimulation(scene as NonNullable<typeof scene>, seed) as LandscapeSimulation;
  try {
    if (values.tilt !== 0) tiltFounders(simulation, values.tilt);
    const single = model === 'annealing' || model === 'fixation';
    return (single ? followSingle : followConcurrent)(simulation, { burnIn, generations: ticks });
  } finally {
    simulation.dispose();
  }
}

/** Adds to the first locus of every founder. */
function tiltFounders({ populations: [population] }: LandscapeSimulation, tilt: number): void {
  const rows = Array.from({ length: population.count }, (_, row) => row);
  const genomes = copyGenomes(population, rows);
  for (let at = 0; at < genomes.length; at += population.layout.stride) genomes[at] += tilt;
  implantGenomes(population, rows, genomes);
}

type Followed = FollowedSteps & { readonly finalFitness: number; readonly copying?: number };

function follow({ model, form, seed, burnIn, ticks, values, parameters }: LabTask): Followed {
  const { dimensions, start, tilt, rate, noise, size, interval } = values;
  // The landscape that a simulation with this seed has.
  const landscape = makeLandscape(form, dimensions, parameters, seed);
  const stream = namedStream(seed, `lab ${model}`);
  if (model !== 'population-based-training') {
    return followOptimiser({
      landscape,
      optimiser: referenceOptimiser(model),
      parameters: { rate },
      start: startOf(1, dimensions, start, tilt),
      noise,
      burnIn,
      steps: ticks,
      stream,
    });
  }
  return followTraining({
    options: {
      landscape,
      start: startOf(size, dimensions, start, tilt),
      stream,
      rate,
      // Identical learners would have only noise to copy.
      rateSpread: 0.5,
      noise,
      interval,
      exploit: 'pair',
      objective: 'self-play',
    },
    burnIn,
    steps: ticks,
  });
}

/** Rows of genomes, all identical. */
const startOf = (count: number, dimensions: number, start: number, tilt: number): Float64Array =>
  Float64Array.from({ length: count * dimensions }, (_, i) => (i % dimensions === 0 ? start + tilt : start));

function measuresOf(followed: Followed): Record<string, number> {
  const { mean, togetherCosine, togetherToResponse, finalFitness, copying = Number.NaN } = followed;
  return {
    along: mean.along,
    across: mean.across,
    size: mean.size,
    cosine: mean.cosine,
    to_response: mean.toResponse,
    response_cosine: mean.responseCosine,
    rank: mean.rank,
    trace: mean.trace,
    slope: mean.slope,
    speed: mean.speed,
    together_cosine: togetherCosine,
    together_to_response: togetherToResponse,
    final_fitness: finalFitness,
    copying,
    diverged: Number.isFinite(finalFitness) ? 0 : 1,
  };
}
