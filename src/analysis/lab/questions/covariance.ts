import { symmetricEigenvalues } from '../../../math/eigenvalues.ts';
import { covarianceSpread, geneticCovariance } from '../genetic-covariance.ts';
import { labRows, withLabWorld } from '../lab-scene.ts';
import { neutralVariance } from '../neutral-variance.ts';
import { isRound, type LabQuestion, labParameter } from './question.ts';

/** Genetic covariance G of populations in flight: its eigenvalues and rank, beside the expectation without selection. */
export const covariance: LabQuestion = {
  id: 'covariance',
  title: 'Genetic covariance',
  summary:
    'The eigenvalues and the effective rank of G, the covariance of the loci among newborns, beside E[G] without selection: a slope of 0 (linear, --sweep slope=0) has none.',
  source:
    'Lande (1979), Evolution 33: 402; E[G] = (1 - 1/N) D, half the mean square difference of two newborns, as a recursion of drift, transfer and mutation.',
  landscapes: 'any',
  parameters: [
    labParameter('dimensions'),
    labParameter('start', { fallback: 0 }),
    labParameter('size'),
    labParameter('sigma'),
    labParameter('h'),
    {
      ...labParameter('generations'),
      name: 'burnin',
      meaning: 'generations before G is measured, as a multiple of the number of organisms',
      unit: '',
      fallback: 5,
      least: 0,
      most: 1000,
    },
    {
      ...labParameter('draws'),
      name: 'populations',
      meaning: 'number of measurements of G, each a number of generations apart that equals the number of organisms',
      unit: 'measurements',
      fallback: 5,
      least: 1,
      most: 10_000,
    },
  ],
  keys: [
    { name: 'order', title: 'order', unit: '', kind: 'number', description: 'Place of the eigenvalue, 1 for the greatest.' },
  ],
  measures: [
    {
      name: 'eigenvalue',
      title: 'eigenvalue',
      unit: '(locus units)^2',
      description: 'Eigenvalue of G, the mean over measurements.',
    },
    { name: 'share', title: 'share', unit: '', description: 'Share of the trace.' },
    {
      name: 'variance',
      title: 'tr G/d',
      unit: '(locus units)^2',
      description: 'Mean variance of a locus; the same in every row.',
    },
    {
      name: 'expected',
      title: 'neutral E',
      unit: '(locus units)^2',
      description: 'The same expected without selection, by formula.',
    },
    { name: 'rank', title: 'rank', unit: '', description: 'Effective rank (tr G)^2 / tr(G^2); the same in every row.' },
  ],
  figure: {
    across: 'order',
    lines: [
      { measure: 'eigenvalue', name: 'eigenvalue' },
      { measure: 'expected', name: 'E[G] without selection', dashed: true },
    ],
    upLabel: 'Eigenvalue of G (locus units squared)',
  },
  shown: ([order]) => isRound(order as number),
  measure({ form, parameters, values, seed }) {
    const { dimensions, start, size, sigma, h, burnin, populations } = values;
    const world = { form, parameters, model: 'wright-fisher', dimensions, size, sigma, h, start } as const;
    return withLabWorld(world, seed, (simulation, population) => {
      simulation.step(burnin * size);
      const sums = new Float64Array(dimensions);
      let [trace, rank] = [0, 0];
      for (let p = 0; p < populations; p++) {
        // Lines coalesce within about as many generations as there are organisms: later ones have another G.
        simulation.step(size);
        const rows = labRows(population);
        const eigenvalues = symmetricEigenvalues(geneticCovariance(rows));
        for (let i = 0; i < dimensions; i++) sums[i] += eigenvalues[i] / populations;
        const spread = covarianceSpread(rows);
        trace += spread.trace / populations;
        rank += spread.effectiveRank / populations;
      }
      const expected = neutralVariance({ size, sigma, transfer: h });
      return Array.from(sums, (value, i) => ({
        keys: [i + 1],
        measures: [value, value / trace, trace / dimensions, expected, rank],
      }));
    });
  },
};
