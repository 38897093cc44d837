import { z } from 'zod';
import { squaredDistanceAt } from '../../math/sums.ts';
import { parameter } from '../../parameter/parameter.ts';
import { type Landscape, meetNobody } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const parameters = z.strictObject({
  width: parameter(z.number().min(0.001).max(1_000_000).default(1), {
    title: 'Width',
    description: 'Distance from the optimum at which fitness has fallen to e^(-1/2). Narrow means strong selection.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
  centre: parameter(z.number().min(-1000).max(1000).default(0), {
    title: 'Centre',
    description: 'Value of every locus at the optimum.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
});

/** One optimum, loci independent: f = -|z - centre|^2 / (2 width^2). */
export const bowl: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'bowl',
  title: 'Bowl',
  summary: 'One optimum, from which log fitness falls with the square of the distance, the same in all directions.',
  source: 'Lande (1976), Evolution 30: 314-334: Gaussian stabilising selection; Fisher (1930), geometric model.',
  parameters,
  make(dimensions, { width, centre }): Landscape {
    const curvature = 1 / (width * width);
    const optimum = new Float64Array(dimensions).fill(centre);
    return {
      dimensions,
      meet: meetNobody,
      squares: { centre: optimum, factor: -0.5 * curvature },
      logFitness: (genomes, at) => -0.5 * curvature * squaredDistanceAt(optimum, genomes, at, dimensions),
      gradient(genomes, at, out, outAt = 0) {
        for (let k = 0; k < dimensions; k++) out[outAt + k] = curvature * (centre - genomes[at + k]);
      },
      optimum: () => optimum.slice(),
    };
  },
};
