import { namedStream } from '../../../math/streams.ts';
import { mixtureFlow } from '../mixture-flow.ts';
import { isRound, type LabQuestion, labParameter, landscapeAsked } from './question.ts';

/** Gradient flow of several clouds beside that of their common mean. */
export const flow: LabQuestion = {
  id: 'flow',
  title: 'Mixture flow',
  summary:
    'The path of a population of several clouds when each follows its own gradient, beside the flow of the single mean: if clouds separate, the mean does not describe the population.',
  source: 'Lande (1976), Evolution 30: 314, for each cloud; the mixture after Sourbut (2022).',
  landscapes: 'any',
  parameters: [
    labParameter('dimensions'),
    labParameter('start', { fallback: 0, meaning: 'value of every locus at the common mean of the clouds' }),
    {
      name: 'clouds',
      meaning: 'clouds, side by side along a direction drawn at random',
      unit: 'clouds',
      fallback: 2,
      least: 1,
      most: 50,
      whole: true,
    },
    {
      name: 'apart',
      meaning: 'distance between neighbouring clouds at the start',
      unit: 'locus units',
      fallback: 0.1,
      least: 0,
      most: 1e4,
    },
    {
      name: 'scatter',
      meaning: 'standard deviation of a locus within a cloud',
      unit: 'locus units',
      fallback: 0.02,
      least: 0,
      most: 1e4,
    },
    labParameter('size', { meaning: 'organisms of a cloud', fallback: 50, least: 1 }),
    {
      name: 'mobility',
      meaning: 'how far a cloud moves in a generation for a gradient of 1',
      unit: 'locus units squared',
      fallback: 0.05,
      least: 1e-9,
      most: 1e6,
    },
    labParameter('generations', { most: 100_000 }),
  ],
  keys: [
    { name: 'generation', title: 'generation', unit: 'generations', kind: 'number', description: 'Generations since the start.' },
  ],
  measures: [
    {
      name: 'width',
      title: 'width',
      unit: 'locus units',
      description: 'Root mean square distance of the clouds from their common mean.',
    },
    {
      name: 'mixture_fitness',
      title: 'f, mixture',
      unit: 'log fitness',
      description: 'Mean log fitness of the clouds, each at its own mean among all of them.',
    },
    {
      name: 'mean_fitness',
      title: 'f, one mean',
      unit: 'log fitness',
      description: 'Log fitness of the single mean, if all are treated as one cloud.',
    },
    {
      name: 'divergence',
      title: 'means apart',
      unit: 'locus units',
      description: 'Distance between the mean of the mixture and the single mean.',
    },
  ],
  figure: {
    across: 'generation',
    lines: [{ measure: 'width', name: 'width' }],
    upLabel: 'Clouds, from their common mean (locus units)',
  },
  shown: ([generation]) => isRound(generation as number),
  measure(asked) {
    const { dimensions, start, clouds: count, apart, scatter, size, mobility, generations } = asked.values;
    const landscape = landscapeAsked(asked);
    const stream = namedStream(asked.seed, 'lab flow');
    const direction = Float64Array.from({ length: dimensions }, () => stream.normal());
    const length = Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0));
    const clouds = Array.from({ length: count }, (_, c) =>
      Float64Array.from(
        { length: size * dimensions },
        (_, i) => start + ((c - (count - 1) / 2) * apart * direction[i % dimensions]) / length + scatter * stream.normal(),
      ),
    );
    const paths = mixtureFlow(landscape, clouds, { steps: generations, mobility });
    const among = new Float64Array(count * dimensions);
    return Array.from({ length: generations + 1 }, (_, generation) => {
      const at = generation * dimensions;
      const here = (path: Float64Array) => path.subarray(at, at + dimensions);
      const [mixture, single] = [here(paths.mixture), here(paths.mean)];
      for (let c = 0; c < count; c++) among.set(here(paths.clouds[c]), c * dimensions);
      let [within, between] = [0, 0];
      for (let i = 0; i < among.length; i++) within += square(among[i] - mixture[i % dimensions]) / count;
      for (let l = 0; l < dimensions; l++) between += square(mixture[l] - single[l]);
      landscape.meet(among, count, dimensions, generation);
      let fitness = 0;
      for (let c = 0; c < count; c++) fitness += landscape.logFitness(among, c * dimensions) / count;
      landscape.meet(Float64Array.from(single), 1, dimensions, generation);
      return {
        keys: [generation],
        measures: [Math.sqrt(within), fitness, landscape.logFitness(Float64Array.from(single), 0), Math.sqrt(between)],
      };
    });
  },
};

const square = (value: number): number => value * value;
