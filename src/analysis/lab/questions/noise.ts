import { makeAcceptance } from '../../../habitat/landscape/acceptance.ts';
import { isSampled, type Landscape } from '../../../habitat/landscape/landscape.ts';
import { namedStream } from '../../../math/streams.ts';
import { drawAnnealingSteps } from '../annealing-step.ts';
import { dot } from '../direction.ts';
import { drawGenerations } from '../draw-generations.ts';
import { minibatchNoise } from '../minibatch-noise.ts';
import { cloudAt, neutralCloud } from '../neutral-cloud.ts';
import { drawSequentialSteps } from '../sequential-step.ts';
import { type StepNoise, stepNoise } from '../step-noise.ts';
import { type LabQuestion, type LabRow, labParameter, landscapeAsked, noiseColumns } from './question.ts';

/** Distances in units of the requested one: how noise depends on the gradient. */
const reaches = [0.25, 0.5, 1, 2, 4];

/** Noise of single steps round their mean, model by model on one landscape, with minibatch SGD beside them if there is data. */
export const noise: LabQuestion = {
  id: 'noise',
  title: 'Noise of steps',
  summary:
    'How steps from one place scatter round their mean, by model: size, effective rank, tails, and dependence on the gradient; beside minibatch SGD if the landscape has data.',
  source:
    'Sourbut (2022), Conditions for mathematical equivalence of SGD and natural selection; minibatch covariance after Mandt, Hoffman & Blei (2017), J. Mach. Learn. Res. 18: 134.',
  landscapes: 'any',
  parameters: [
    labParameter('dimensions'),
    labParameter('start', { meaning: 'value of every locus at distance 0, if the landscape’s optimum is not known' }),
    {
      name: 'distance',
      meaning:
        'distance from the optimum at which steps are drawn, along a direction drawn at random; a quarter of it to four times as far',
      unit: 'locus units',
      fallback: 1,
      least: 1e-6,
      most: 1e4,
    },
    labParameter('size'),
    labParameter('sigma'),
    labParameter('h'),
    { name: 'b', meaning: 'inverse temperature of annealing', unit: '1/log fitness', fallback: 2, least: 0.001, most: 1e6 },
    labParameter('rate'),
    labParameter('batch'),
    labParameter('draws'),
  ],
  keys: [
    { name: 'model', title: 'model', unit: '', kind: 'text', description: 'annealing, fixation, wright-fisher or sgd.' },
    {
      name: 'distance_from_optimum',
      title: 'distance',
      unit: 'locus units',
      kind: 'number',
      description: 'Distance of the place from the optimum, or from the start if none is known.',
    },
  ],
  measures: [
    { name: 'slope', title: '|grad f|', unit: 'log fitness/locus unit', description: 'Length of the gradient there.' },
    noiseColumns.deviation,
    { name: 'ratio', title: 'noise/step', unit: '', description: 'The same over the length of the mean step.' },
    noiseColumns.rank,
    {
      name: 'along_across',
      title: 'along/across',
      unit: '',
      description: 'Variance along the gradient over the mean of those across.',
    },
    ...noiseColumns.tails,
    {
      name: 'predicted',
      title: 'by theory',
      unit: 'locus units/step',
      description:
        'The noise by theory: sgd, from the gradients of single rows; wright-fisher, sqrt(tr(G + sigma^2 I) / N), drift if selection is weak.',
    },
  ],
  figure: {
    across: 'slope',
    acrossLog: true,
    lines: [{ measure: 'deviation', name: 'noise' }],
    upLabel: 'Noise of a step (locus units)',
    upLog: true,
    by: 'model',
  },
  measure(asked) {
    const { dimensions, start, distance, size, sigma, h, b, rate, batch, draws } = asked.values;
    const landscape = landscapeAsked(asked);
    const stream = namedStream(asked.seed, 'lab noise');
    const cloud = neutralCloud({ size, dimensions, sigma, h }, asked.seed);
    const away = Float64Array.from({ length: dimensions }, () => stream.normal());
    const length = Math.sqrt(dot(away, away));
    const rows: LabRow[] = [];
    const add = (model: string, far: number, slope: number, found: StepNoise, predicted: number) => {
      const { trace, effectiveRank, varianceAlong, varianceAcross, kurtosisAlong, kurtosisAcross, mean } = found;
      const deviation = Math.sqrt(trace);
      const ratio = deviation / Math.sqrt(dot(mean, mean));
      const shape = [effectiveRank, varianceAlong / varianceAcross, kurtosisAlong, kurtosisAcross];
      rows.push({ keys: [model, far], measures: [slope, deviation, ratio, ...shape, predicted] });
    };
    const centre = landscape.optimum?.() ?? new Float64Array(dimensions).fill(start);
    for (const reach of reaches) {
      const far = reach * distance;
      const at = away.map((x, l) => centre[l] + (far * x) / length);
      const gradient = gradientAt(landscape, at);
      const slope = Math.sqrt(dot(gradient, gradient));
      if (!(slope > 0)) throw new RangeError(`noise: the gradient is 0 at distance ${far}; give another start or distance`);
      const of = (steps: Float64Array) => stepNoise({ values: steps, count: draws, stride: dimensions, dimensions }, gradient);
      const question = { landscape, at, sigma, stream };
      const drift = { process: 'wright-fisher', size, mutationRate: 1e-6, drift: 'formula' } as const;
      add('annealing', far, slope, of(drawAnnealingSteps(question, makeAcceptance('logistic', b), draws).steps), Number.NaN);
      add('fixation', far, slope, of(drawSequentialSteps(question, drift, draws).steps), Number.NaN);
      const living = cloudAt(cloud, at);
      landscape.meet(living.values, living.count, living.stride, 0);
      const fitness = Float64Array.from({ length: size }, (_, row) => landscape.logFitness(living.values, row * dimensions));
      let trace = dimensions * sigma * sigma;
      for (const value of cloud) trace += (value * value) / size;
      add('wright-fisher', far, slope, of(drawGenerations(living, fitness, sigma, draws, stream)), Math.sqrt(trace / size));
      if (!isSampled(landscape)) continue;
      const minibatch = minibatchNoise({ landscape, at, rate, batch: Math.min(batch, landscape.rows), stream }, draws);
      add('sgd', far, slope, minibatch, Math.sqrt(minibatch.expectedTrace));
    }
    return rows;
  },
};

function gradientAt(landscape: Landscape, at: Float64Array): Float64Array {
  landscape.meet(at, 1, at.length, 0);
  const gradient = new Float64Array(at.length);
  landscape.gradient(at, 0, gradient);
  return gradient;
}
