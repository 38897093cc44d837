import { makeAcceptance } from '../../../habitat/landscape/acceptance.ts';
import { correlation } from '../../../math/statistics.ts';
import { type NamedStream, namedStream } from '../../../math/streams.ts';
import { drawGenerations } from '../draw-generations.ts';
import { covarianceSpread } from '../genetic-covariance.ts';
import { type LabQuestion, labParameter } from './question.ts';

/** Two loci whose gradients by any example are the same number a, of mean 0 over examples: f_k(z) = a_k (z_1 + z_2). */
const loci = 2;

/** What fitness is based on: all examples, whose mean gradient is 0, or a minibatch of them. */
const judged = { all: 'judged by all', few: 'judged by a minibatch' } as const;

/**
 * The test named in the criticism of the equivalence: two components of the gradient that are perfectly correlated over examples, with
 * mean 0. SGD's steps are then perfectly correlated. Are those of selection?
 */
export const correlated: LabQuestion = {
  id: 'correlated',
  title: 'Correlated components',
  summary:
    'Two components of the gradient are the same number for every example, with mean 0 over examples: how correlated are the two components of a step by SGD, by annealing, and by a generation of selection?',
  source:
    'The test named in the criticism of Sourbut (2022); correlation 1 (SGD), 0 (annealing: the square of its step is even in the mutation), 1/(1 + B/(N a^2 V)) (a generation judged by B examples: selection V a over drift V/N, to first order in a^2 V).',
  landscapes: 'none',
  parameters: [
    {
      name: 'slope',
      meaning: 'standard deviation over examples of either component of the gradient',
      unit: 'log fitness/locus unit',
      fallback: 1,
      least: 1e-6,
      most: 1e3,
    },
    labParameter('batch', { meaning: 'examples in a minibatch', fallback: 1 }),
    labParameter('size'),
    {
      ...labParameter('sigma'),
      name: 'scatter',
      meaning: 'standard deviation of a locus in the population, and of the mutations of annealing',
      fallback: 0.1,
    },
    labParameter('draws'),
  ],
  keys: [
    { name: 'model', title: 'model', unit: '', kind: 'text', description: 'sgd, annealing or wright-fisher.' },
    { name: 'judges', title: 'judges', unit: '', kind: 'text', description: `${judged.all}, or ${judged.few}.` },
  ],
  measures: [
    { name: 'correlation', title: 'correlation', unit: '', description: 'Correlation of the two components over steps.' },
    { name: 'expected', title: 'expected', unit: '', description: 'The same by theory.' },
    {
      name: 'rank',
      title: 'rank',
      unit: '',
      description: 'Effective rank of the covariance of steps: 1 along one line, 2 where both components are alike and free.',
    },
    {
      name: 'deviation',
      title: 'noise',
      unit: 'locus units/step',
      description: 'Root of the trace of the covariance of steps; SGD with a learning rate of V.',
    },
  ],
  figure: {
    across: 'model',
    lines: [
      { measure: 'correlation', name: 'measured' },
      { measure: 'expected', name: 'by theory', dashed: true },
    ],
    upLabel: 'Correlation of the two components of a step',
    by: 'judges',
  },
  measure({ values: { slope, batch, size, scatter, draws }, seed }) {
    const stream = namedStream(seed, 'lab correlated');
    const minibatch = (): number => (slope / Math.sqrt(batch)) * stream.normal();
    const none = () => 0;
    const variance = scatter * scatter;
    const oneGeneration = 1 / (1 + batch / (size * slope * slope * variance));
    const models: readonly [string, keyof typeof judged, number, (out: Float64Array, at: number) => void][] = [
      [
        'sgd',
        'few',
        1,
        (out, at) => {
          out[at] = variance * minibatch();
          out[at + 1] = out[at];
        },
      ],
      ['annealing', 'all', 0, (out, at) => anneal(out, at, scatter, none(), stream)],
      ['annealing', 'few', 0, (out, at) => anneal(out, at, scatter, minibatch(), stream)],
      ['wright-fisher', 'all', 0, (out, at) => generation(out, at, size, scatter, none(), stream)],
      ['wright-fisher', 'few', oneGeneration, (out, at) => generation(out, at, size, scatter, minibatch(), stream)],
    ];
    return models.map(([model, judges, expected, draw]) => {
      const steps = new Float64Array(loci * draws);
      for (let step = 0; step < draws; step++) draw(steps, loci * step);
      const component = (l: number) => Float64Array.from({ length: draws }, (_, step) => steps[loci * step + l]);
      const { trace, effectiveRank } = covarianceSpread({ values: steps, count: draws, stride: loci, dimensions: loci });
      return {
        keys: [model, judged[judges]],
        measures: [correlation(component(0), component(1)), expected, effectiveRank, Math.sqrt(trace)],
      };
    });
  },
};

const logistic = makeAcceptance('logistic', 1);

/** One proposal of annealing where both components of the gradient are `a`. */
function anneal(out: Float64Array, at: number, sigma: number, a: number, stream: NamedStream): void {
  const [x, y] = [sigma * stream.normal(), sigma * stream.normal()];
  if (stream.uniform() >= logistic.probability(a * (x + y))) return;
  out[at] = x;
  out[at + 1] = y;
}

/** One generation of a population that is drawn afresh: its parents by fitness where both components of the gradient are `a`. */
function generation(out: Float64Array, at: number, size: number, scatter: number, a: number, stream: NamedStream): void {
  const values = Float64Array.from({ length: loci * size }, () => scatter * stream.normal());
  const fitness = Float64Array.from({ length: size }, (_, row) => a * (values[loci * row] + values[loci * row + 1]));
  out.set(drawGenerations({ values, count: size, stride: loci, dimensions: loci }, fitness, 0, 1, stream), at);
}
