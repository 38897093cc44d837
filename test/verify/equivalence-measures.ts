// What docs/equivalence.md reports, measured: one seed's numbers under names from which the tables are made.

import { annealingStep, drawAnnealingSteps } from '../../src/analysis/lab/annealing-step.ts';
import { followConcurrent } from '../../src/analysis/lab/concurrent-step.ts';
import { cosine, dot } from '../../src/analysis/lab/direction.ts';
import { drawGenerations } from '../../src/analysis/lab/draw-generations.ts';
import { followTraining } from '../../src/analysis/lab/follow-training.ts';
import { type GenomeRows, meanGenome, timesCovariance } from '../../src/analysis/lab/genetic-covariance.ts';
import { labRows } from '../../src/analysis/lab/lab-scene.ts';
import { minibatchNoise } from '../../src/analysis/lab/minibatch-noise.ts';
import { powerLaw } from '../../src/analysis/lab/power-law.ts';
import { selectionDifferential } from '../../src/analysis/lab/selection-differential.ts';
import { drawSequentialSteps, sequentialStep } from '../../src/analysis/lab/sequential-step.ts';
import { type StepNoise, stepNoise } from '../../src/analysis/lab/step-noise.ts';
import { makeAcceptance } from '../../src/habitat/landscape/acceptance.ts';
import { makeLandscape } from '../../src/habitat/landscape/forms.ts';
import type { Landscape } from '../../src/habitat/landscape/landscape.ts';
import { leastSquares } from '../../src/habitat/landscape/least-squares.ts';
import { mean } from '../../src/math/statistics.ts';
import { namedStream } from '../../src/math/streams.ts';
import { branchingCases, choosyFromTheStart } from '../theory/branching-cases.ts';
import { followTransfer, transferRates } from '../theory/lab-concurrent-cases.ts';
import { type World, withWorld } from '../theory/lab-worlds.ts';

export type Numbers = Record<string, number>;

export const sigmas = [1, 0.3, 0.1, 0.03, 0.01] as const;
export const convergenceForms: Readonly<Record<string, object>> = {
  valley: { condition: 10 },
  peaks: {},
  rugged: {},
};
export const convergenceModels = ['annealing', 'fixation', 'one population', 'populations together'] as const;
const loci = 10;
const crowd = 100;
export const clouds = 40;
export const pairs = 20_000;
const place = Float64Array.from({ length: loci }, (_, l) => 0.4 + 0.1 * (l % 3));

/** Clouds round 0 that drift, mutation of s.d. 1 and transfer at h = 0.1 have made: `clouds` times a hundred rows. */
function neutralClouds(seed: string): Float64Array[] {
  const world: World = {
    form: 'linear',
    parameters: { slope: 0 },
    dimensions: loci,
    size: crowd,
    sigma: 1,
    transfer: 0.1,
  };
  return withWorld(world, `${seed} clouds`, (simulation, population) => {
    simulation.step(5 * crowd);
    return Array.from({ length: clouds }, () => {
      // Far enough apart for half of the pairs of lines to have met in between.
      simulation.step(crowd);
      const rows = labRows(population);
      const centre = meanGenome(rows);
      return Float64Array.from(
        { length: crowd * loci },
        (_, i) => rows.values[Math.floor(i / loci) * rows.stride + (i % loci)] - centre[i % loci],
      );
    });
  });
}

/** A cloud scaled and moved to a place. */
function placed(cloud: Float64Array, sigma: number, at: ArrayLike<number>): GenomeRows {
  const dimensions = at.length;
  const values = cloud.map((value, i) => at[i % dimensions] + sigma * value);
  return { values, count: cloud.length / dimensions, stride: dimensions, dimensions };
}

const fitnessOf = (landscape: Landscape, { values, count, stride }: GenomeRows) => {
  landscape.meet(values, count, stride, 0);
  return Float64Array.from({ length: count }, (_, row) => landscape.logFitness(values, row * stride));
};

/** The cosine of the expected step to the gradient at the middle, by model, landscape and sigma. */
function convergence(seed: string, made: readonly Float64Array[]): Numbers {
  const result: Numbers = {};
  for (const [form, parameters] of Object.entries(convergenceForms)) {
    const landscape = makeLandscape(form, loci, parameters, 'equivalence');
    const gradient = new Float64Array(loci);
    landscape.gradient(place, 0, gradient);
    for (const sigma of sigmas) {
      const stream = (model: string) => namedStream(seed, `${form} ${sigma} ${model}`);
      const question = (model: string) => ({ landscape, at: place, sigma, pairs, stream: stream(model) });
      const key = (model: string) => `convergence ${form} ${sigma} ${model}`;
      result[key('annealing')] = annealingStep(question('annealing'), makeAcceptance('logistic', 2)).cosine;
      result[key('fixation')] = sequentialStep(question('fixation'), {
        process: 'wright-fisher',
        size: crowd,
        mutationRate: 1e-6,
        drift: 'formula',
      }).cosine;
      const together = new Float64Array(loci);
      const [single, toResponse]: [number[], number[]] = [[], []];
      for (const cloud of made) {
        const rows = placed(cloud, sigma, place);
        const step = selectionDifferential(rows, fitnessOf(landscape, rows));
        single.push(cosine(step, gradient));
        toResponse.push(cosine(step, timesCovariance(rows, gradient)));
        for (let l = 0; l < loci; l++) together[l] += step[l];
      }
      result[key('one population')] = mean(single);
      result[key('populations together')] = cosine(together, gradient);
      result[key('to G grad f')] = mean(toResponse);
    }
  }
  return result;
}

export const sizes = [20, 100, 400] as const;

function linkage(seed: string): Numbers {
  const result: Numbers = {};
  const put = (key: string, runs: ReturnType<typeof followTransfer>, unit: number) => {
    const average = (of: (run: (typeof runs)[number]) => number) => mean(runs.map(of));
    result[`${key} step`] = average((run) => run.mean.cosine);
    result[`${key} response`] = average((run) => run.mean.responseCosine);
    result[`${key} toResponse`] = average((run) => run.mean.toResponse);
    result[`${key} rank`] = average((run) => run.mean.rank);
    result[`${key} variance`] = average((run) => run.variance) / unit;
    result[`${key} speed`] = average((run) => run.mean.speed) / unit;
    result[`${key} together`] = average((run) => run.togetherCosine);
  };
  const unit = 0.02 * 0.02;
  for (const h of transferRates) put(`h ${h}`, followTransfer(`${seed} h`, h, { runs: 1, generations: 1000 }), unit);
  for (const size of sizes) {
    const world: World = {
      form: 'linear',
      parameters: { slope: 1 },
      dimensions: 20,
      size,
      sigma: 0.02,
      transfer: 0.1,
    };
    const run = withWorld(world, `${seed} size ${size}`, (simulation) =>
      followConcurrent(simulation, { burnIn: 5 * size, generations: 500 }),
    );
    put(`N ${size}`, [run], unit);
  }
  return result;
}

export const climbs: Readonly<Record<string, { readonly world: World; readonly generations: number }>> = {
  'bowl, from 2 away': {
    world: { form: 'bowl', parameters: { width: 2 }, dimensions: 5, size: 200, sigma: 0.02, transfer: 0.1, start: { mean: 1 } },
    generations: 300,
  },
  'moving optimum, 0.005 a generation': {
    world: { form: 'moving', parameters: { width: 2, speed: 0.005 }, dimensions: 5, size: 200, sigma: 0.02, transfer: 0.1 },
    generations: 300,
  },
  'rock, paper, scissors': {
    world: {
      form: 'rock-paper-scissors',
      parameters: { strength: 0.5 },
      dimensions: 3,
      size: 500,
      sigma: 0.1,
      start: { mean: 0, deviation: 1 },
    },
    generations: 300,
  },
  'competition, width 0.4': {
    world: {
      form: 'polygenic',
      parameters: { competition: 0.4 },
      dimensions: 5,
      size: 400,
      sigma: 0.02,
      transfer: 0.1,
      start: { mean: 0.5, deviation: 0.05 },
    },
    generations: 300,
  },
};

/** What the steps of the mean should have gained by the gradients met on the way, and what mean log fitness gained. */
function climbing(seed: string): Numbers {
  const result: Numbers = {};
  for (const [name, { world, generations }] of Object.entries(climbs)) {
    withWorld(world, `${seed} ${name}`, (simulation, population) => {
      const meanFitness = () => {
        const fitness = simulation.habitat.logFitness(population);
        return fitness.reduce((sum, f) => sum + f, 0) / fitness.length;
      };
      // A moving optimum is followed at a distance: rise and climb are compared from where that distance rests.
      const burnIn = world.form === 'moving' ? 2000 : 0;
      simulation.step(burnIn);
      const before = meanFitness();
      const run = followConcurrent(simulation, { burnIn: 0, generations });
      let climb = 0;
      // Along NaN is a step where there is no gradient, which climbs nothing.
      for (let t = 0; t < generations; t++) climb += (run.series.slope[t] || 0) * (run.series.along[t] || 0);
      result[`climb ${name} climb`] = climb;
      result[`climb ${name} rise`] = run.finalFitness - before;
      result[`climb ${name} toResponse`] = run.togetherToResponse;
    });
  }
  return result;
}

export const speeds = [0.002, 0.005, 0.01] as const;

/** How far behind a moving optimum the mean is, and how far gradient flow with the measured G would be. */
function lagging(seed: string): Numbers {
  const result: Numbers = {};
  const width = 2;
  for (const speed of speeds) {
    const world: World = {
      form: 'moving',
      parameters: { width, speed },
      dimensions: 5,
      size: 200,
      sigma: 0.02,
      transfer: 0.1,
    };
    withWorld(world, `${seed} lag ${speed}`, (simulation, population) => {
      // Several times as long as the lag takes to rest, width^2 over the variance: a few hundred generations.
      simulation.step(2000);
      const [lags, variances]: [number[], number[]] = [[], []];
      for (let t = 0; t < 400; t++) {
        simulation.step(1);
        simulation.habitat.logFitness(population);
        const rows = labRows(population);
        const centre = meanGenome(rows);
        const optimum = simulation.habitat.landscape.optimum?.() ?? centre;
        lags.push(optimum[0] - centre[0]);
        const along = new Float64Array(5);
        along[0] = 1;
        variances.push(timesCovariance(rows, along)[0]);
      }
      result[`lag ${speed} measured`] = mean(lags);
      result[`lag ${speed} expected`] = (speed * (width * width + mean(variances))) / mean(variances);
    });
  }
  return result;
}

export const noises = ['annealing', 'fixation', 'wright-fisher', 'minibatch SGD'] as const;
const distances = [0.25, 0.5, 1, 2, 4];
const draws = 4000;

/** The noise of single steps round their mean, on one regression: shape at distance 1 of the optimum, and growth with the distance. */
function noise(seed: string, cloud: Float64Array): Numbers {
  const result: Numbers = {};
  const landscape = leastSquares(loci, 200, 0.5, namedStream('equivalence', 'regression'));
  const optimum = new Float64Array(loci);
  const gradient = new Float64Array(loci);
  for (let step = 0; step < 500; step++) {
    landscape.gradient(optimum, 0, gradient);
    for (let l = 0; l < loci; l++) optimum[l] += 0.3 * gradient[l];
  }
  const stream = namedStream(seed, 'noise');
  const away = Float64Array.from({ length: loci }, () => stream.normal());
  const length = Math.sqrt(dot(away, away));
  const sigma = 0.05;
  const spread: Record<string, number[]> = {};
  const slopes: number[] = [];
  for (const distance of distances) {
    const at = optimum.map((value, l) => value + (distance * away[l]) / length);
    landscape.gradient(at, 0, gradient);
    slopes.push(Math.sqrt(dot(gradient, gradient)));
    const of = (steps: Float64Array) => stepNoise({ values: steps, count: draws, stride: loci, dimensions: loci }, gradient);
    const question = { landscape, at, sigma, stream };
    const model = { process: 'wright-fisher', size: crowd, mutationRate: 1e-6, drift: 'formula' } as const;
    const rows = placed(cloud, sigma, at);
    const all: Record<(typeof noises)[number], StepNoise> = {
      annealing: of(drawAnnealingSteps(question, makeAcceptance('logistic', 2), draws).steps),
      fixation: of(drawSequentialSteps(question, model, draws).steps),
      'wright-fisher': of(drawGenerations(rows, fitnessOf(landscape, rows), sigma, draws, stream)),
      'minibatch SGD': minibatchNoise({ landscape, at, rate: 0.01, batch: 10, stream }, draws),
    };
    for (const name of noises) {
      const { trace, effectiveRank, varianceAlong, varianceAcross, kurtosisAlong, kurtosisAcross, mean: step } = all[name];
      spread[name] = [...(spread[name] ?? []), Math.sqrt(trace)];
      if (distance !== 1) continue;
      result[`noise ${name} ratio`] = Math.sqrt(trace / dot(step, step));
      result[`noise ${name} rank`] = effectiveRank;
      result[`noise ${name} along`] = varianceAlong / varianceAcross;
      result[`noise ${name} kurtosisAlong`] = kurtosisAlong;
      result[`noise ${name} kurtosisAcross`] = kurtosisAcross;
    }
  }
  for (const name of noises) result[`noise ${name} exponent`] = powerLaw(slopes, spread[name]).exponent;
  return result;
}

export const trainings: Readonly<
  Record<
    string,
    { readonly form: string; readonly parameters: object; readonly noise: number; readonly objective: 'fixed' | 'self-play' }
  >
> = {
  'bowl, exact gradients': { form: 'bowl', parameters: { width: 3 }, noise: 0, objective: 'fixed' },
  'bowl, noise 1': { form: 'bowl', parameters: { width: 3 }, noise: 1, objective: 'fixed' },
  'bowl, noise 3': { form: 'bowl', parameters: { width: 3 }, noise: 3, objective: 'fixed' },
  'rugged, noise 1': { form: 'rugged', parameters: {}, noise: 1, objective: 'fixed' },
  'competition, noise 1, fixed': { form: 'polygenic', parameters: { competition: 0.4 }, noise: 1, objective: 'fixed' },
  'competition, noise 1, self-play': { form: 'polygenic', parameters: { competition: 0.4 }, noise: 1, objective: 'self-play' },
};

function training(seed: string): Numbers {
  const result: Numbers = {};
  for (const [name, { form, parameters, noise: estimateNoise, objective }] of Object.entries(trainings)) {
    const learners = 20;
    const run = followTraining({
      options: {
        landscape: makeLandscape(form, loci, parameters, 'equivalence'),
        start: new Float64Array(learners * loci).fill(1),
        stream: namedStream(seed, `training ${name}`),
        rate: 0.01,
        rateSpread: 0.5,
        noise: estimateNoise,
        interval: 10,
        exploit: 'pair',
        objective,
      },
      burnIn: 0,
      steps: 500,
    });
    result[`training ${name} copying`] = run.copying;
    result[`training ${name} step`] = run.mean.cosine;
    result[`training ${name} together`] = run.togetherCosine;
  }
  return result;
}

function branching(seed: string): Numbers {
  const result: Numbers = {};
  for (const one of [...branchingCases, choosyFromTheStart]) {
    const { branched, depth, deviation } = one.run(`${seed} branching`);
    result[`branching ${one.name} ${one.ratio} branched`] = branched ? 1 : 0;
    result[`branching ${one.name} ${one.ratio} depth`] = depth;
    result[`branching ${one.name} ${one.ratio} deviation`] = deviation;
  }
  return result;
}

/** All of one seed. */
export function measureEquivalence(seed: string): Numbers {
  const made = neutralClouds(seed);
  return {
    ...convergence(seed, made),
    ...linkage(seed),
    ...climbing(seed),
    ...lagging(seed),
    ...noise(seed, made[0]),
    ...training(seed),
    ...branching(seed),
  };
}
