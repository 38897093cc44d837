// The landscape that rises evenly in one direction.

import { z } from 'zod';
import { namedStream } from '../../math/streams.ts';
import { dotAt } from '../../math/sums.ts';
import { parameter } from '../../parameter/parameter.ts';
import { type Landscape, meetNobody } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const parameters = z.strictObject({
  slope: parameter(z.number().min(0).max(1000).default(1), {
    title: 'Slope',
    description: 'Length of the gradient, the same everywhere.',
    unit: 'log fitness/locus unit',
    live: false,
    step: 0.1,
  }),
  direction: parameter(z.enum(['diagonal', 'first', 'random']).default('diagonal'), {
    title: 'Direction',
    description:
      'Direction of the gradient. diagonal: all loci alike. first: along the first locus. random: drawn from the seed.',
    unit: '',
    live: false,
  }),
});

type Parameters = z.infer<typeof parameters>;

function steepest(dimensions: number, { slope, direction }: Parameters, seed: string): Float64Array {
  const toward = new Float64Array(dimensions);
  if (direction === 'diagonal') toward.fill(1);
  if (direction === 'first') toward[0] = 1;
  if (direction === 'random') {
    const stream = namedStream(seed, 'landscape.linear');
    for (let k = 0; k < dimensions; k++) toward[k] = stream.normal();
  }
  const length = Math.sqrt(toward.reduce((sum, one) => sum + one * one, 0));
  return toward.map((one) => (slope * one) / length);
}

/** A plane that rises without end: f = slope u.z, u the unit vector of the direction. */
export const linear: LandscapeForm<Parameters> = {
  id: 'linear',
  title: 'Slope',
  summary: 'Log fitness rises at the same rate everywhere, in one direction.',
  source: 'The tangent plane of any smooth landscape.',
  parameters,
  make(dimensions, chosen, seed): Landscape {
    const rise = steepest(dimensions, chosen, seed);
    return {
      dimensions,
      meet: meetNobody,
      logFitness: (genomes, at) => dotAt(rise, genomes, at, dimensions),
      gradient(_genomes, _at, out, outAt = 0) {
        out.set(rise, outAt);
      },
    };
  },
};
