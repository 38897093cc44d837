import { isSampled } from '../../../habitat/landscape/landscape.ts';
import { namedStream } from '../../../math/streams.ts';
import { dot } from '../direction.ts';
import { minibatchNoise } from '../minibatch-noise.ts';
import { type LabQuestion, labParameter, landscapeAsked, noiseColumns } from './question.ts';

/** Batches as shares of the rows of data, smallest first. */
const shares = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** Noise of a minibatch's gradient step by the size of the minibatch, beside its formula. */
export const minibatch: LabQuestion = {
  id: 'minibatch',
  title: 'Minibatch noise',
  summary: 'How the noise of a step of stochastic gradient ascent falls with the rows in a minibatch, beside its formula.',
  source:
    'rate^2 S/B (m - B)/(m - 1), S the covariance of the gradients of single rows: sampling without replacement, Cochran (1977), Sampling Techniques, ch. 2.',
  landscapes: 'data',
  parameters: [labParameter('dimensions'), labParameter('start'), labParameter('rate'), labParameter('draws')],
  keys: [{ name: 'batch', title: 'rows', unit: 'rows', kind: 'number', description: 'Rows of data in a minibatch.' }],
  measures: [
    noiseColumns.deviation,
    { name: 'predicted', title: 'by formula', unit: 'locus units/step', description: 'The same by formula.' },
    { name: 'ratio', title: 'noise/step', unit: '', description: 'Noise over the length of the mean step.' },
    noiseColumns.rank,
    { name: 'predicted_rank', title: 'rank of S', unit: '', description: 'Effective rank of S.' },
    ...noiseColumns.tails,
  ],
  figure: {
    across: 'batch',
    acrossLog: true,
    lines: [
      { measure: 'deviation', name: 'measured' },
      { measure: 'predicted', name: 'by formula', dashed: true },
    ],
    upLabel: 'Noise of a step (locus units)',
    upLog: true,
  },
  measure(asked) {
    const { dimensions, start, rate, draws } = asked.values;
    const landscape = landscapeAsked(asked);
    if (!isSampled(landscape)) throw new RangeError('minibatch: this landscape has no rows of data; give iris or regression');
    const stream = namedStream(asked.seed, 'lab minibatch');
    const at = new Float64Array(dimensions).fill(start);
    const batches = [...new Set(shares.map((share) => Math.max(1, Math.round(share * landscape.rows))))];
    return batches.map((batch) => {
      const found = minibatchNoise({ landscape, at, rate, batch, stream }, draws);
      const deviation = Math.sqrt(found.trace);
      const shape = [found.effectiveRank, found.expectedRank, found.kurtosisAlong, found.kurtosisAcross];
      return {
        keys: [batch],
        measures: [deviation, Math.sqrt(found.expectedTrace), deviation / Math.sqrt(dot(found.mean, found.mean)), ...shape],
      };
    });
  },
};
