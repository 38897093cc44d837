import { irisSpecies } from '../../../habitat/landscape/iris-data.ts';
import { irisNetwork } from '../../../habitat/landscape/iris-network.ts';
import { namedStream } from '../../../math/streams.ts';
import { geneticCovarianceOf, tangentCovariance } from '../../tangent/tangent-covariance.ts';
import { neutralCloud } from '../neutral-cloud.ts';
import { neutralVariance } from '../neutral-variance.ts';
import { type LabQuestion, labParameter } from './question.ts';

/** Step of the finite difference with which the tangent is compared, relative to the length of a gradient. */
const reach = 1e-4;

/**
 * The tangent covariance of the iris network: how fast the network learns one species when it climbs another, and how fast a population
 * would, with the genetic covariance instead.
 */
export const tangent: LabQuestion = {
  id: 'tangent',
  title: 'Tangent covariance of the iris network',
  summary:
    'How fast the log chance of the right species, mean over the flowers of one, rises when the weights climb that of another: grad x . grad y, along training; beside grad x . G grad y of a population without selection.',
  source:
    'tailcalled (2022), Price’s equation for neural networks; Jacot, Gabriel & Hongler (2018), NeurIPS (neural tangent kernel).',
  landscapes: ['iris'],
  parameters: [
    labParameter('dimensions'),
    {
      ...labParameter('start'),
      name: 'scatter',
      meaning: 'standard deviation of the weights at the start',
      fallback: 0.5,
      least: 1e-6,
      most: 100,
    },
    labParameter('rate', {
      meaning: 'learning rate, on mean log chance in nats',
      unit: 'locus units squared/nat',
      fallback: 0.5,
    }),
    {
      ...labParameter('generations'),
      name: 'steps',
      meaning: 'gradient steps of training before it is measured',
      unit: 'steps',
      fallback: 200,
      least: 0,
      most: 100_000,
    },
    labParameter('size'),
    labParameter('h', { fallback: 0.5 }),
  ],
  keys: [
    {
      name: 'property',
      title: 'property x',
      unit: '',
      kind: 'text',
      description: 'Species whose log chance changes, or all of them.',
    },
    {
      name: 'climbed',
      title: 'climbed y',
      unit: '',
      kind: 'text',
      description: 'Species whose log chance is climbed, or all of them.',
    },
  ],
  measures: [
    { name: 'value', title: 'x', unit: 'nats', description: 'Mean log chance of the right species over the flowers of x.' },
    { name: 'tangent', title: 'grad x . grad y', unit: '(nats/locus unit)^2', description: 'Tangent covariance.' },
    {
      name: 'measured',
      title: 'measured',
      unit: '(nats/locus unit)^2',
      description: 'The same by a small step along grad y, both ways.',
    },
    {
      name: 'genetic',
      title: 'grad x . G grad y/V',
      unit: '(nats/locus unit)^2',
      description:
        'Genetic covariance of x and y in one drifting population, over the expected variance V of a locus: E[G] = V I, so that it is the tangent covariance on average.',
    },
  ],
  figure: {
    across: 'tangent',
    lines: [
      { measure: 'measured', name: 'by a small step' },
      { measure: 'genetic', name: 'genetic, over V', dashed: true },
    ],
    upLabel: 'Measured, and genetic over V ((nats/locus unit)^2)',
    by: 'property',
  },
  measure({ parameters, values, seed }) {
    const { dimensions, scatter, rate, steps, size, h } = values;
    const network = irisNetwork((parameters.hidden as number | undefined) ?? 4);
    const stream = namedStream(seed, 'lab tangent');
    const weights = Float64Array.from({ length: dimensions }, () => scatter * stream.normal());
    const gradient = new Float64Array(dimensions);
    for (let step = 0; step < steps; step++) {
      network.lossAndGradient(weights, 0, gradient, 0);
      for (let l = 0; l < dimensions; l++) weights[l] -= rate * gradient[l];
    }
    const perSpecies = network.rows / irisSpecies.length;
    const flowers = (from: number, count: number) => Int32Array.from({ length: count }, (_, i) => from + i);
    const properties = [
      ...irisSpecies.map((name, s) => ({ name, rows: flowers(s * perSpecies, perSpecies) })),
      { name: 'all', rows: flowers(0, network.rows) },
    ].map(({ name, rows }) => {
      const out = new Float64Array(dimensions);
      const value = -network.lossAndGradient(weights, 0, out, 0, rows);
      return { name, rows, value, gradient: out.map((slope) => -slope) };
    });
    const cloud = { values: neutralCloud({ size, dimensions, sigma: 1, h }, seed), count: size, stride: dimensions, dimensions };
    const variance = neutralVariance({ size, sigma: 1, transfer: h });
    return properties.flatMap((x) =>
      properties.map((y) => {
        const length = Math.sqrt(tangentCovariance(y.gradient, y.gradient));
        const [up, down] = [reach / length, -reach / length].map((far) =>
          network.loss(
            weights.map((w, l) => w + far * y.gradient[l]),
            0,
            x.rows,
          ),
        );
        return {
          keys: [x.name, y.name],
          measures: [
            x.value,
            tangentCovariance(x.gradient, y.gradient),
            ((down - up) * length) / (2 * reach),
            geneticCovarianceOf(cloud, x.gradient, y.gradient) / variance,
          ],
        };
      }),
    );
  },
};
