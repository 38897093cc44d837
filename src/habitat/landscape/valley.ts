// The landscape of a long valley, steep across and flat along.

import { z } from 'zod';
import { exp, log } from '../../math/elementary.ts';
import { randomRotation } from '../../math/random-rotation.ts';
import { namedStream } from '../../math/streams.ts';
import { parameter } from '../../parameter/parameter.ts';
import { type Genomes, type Landscape, meetNobody } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const parameters = z.strictObject({
  width: parameter(z.number().min(0.001).max(1_000_000).default(1), {
    title: 'Width',
    description: 'Distance from the optimum, along the flattest direction, at which fitness has fallen to e^(-1/2).',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
  condition: parameter(z.number().min(1).max(1_000_000).default(100), {
    title: 'Condition number',
    description:
      'Curvature of the steepest direction over that of the flattest; those between are spaced evenly in their logarithm.',
    unit: '',
    live: false,
  }),
  centre: parameter(z.number().min(-1000).max(1000).default(0), {
    title: 'Centre',
    description: 'Value of every locus at the optimum.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
});

/**
 * One optimum in a long valley that lies askew to the loci: f = -1/2 |R (z - centre)|^2, where the rows of R are those of a
 * random rotation times the square roots of the curvatures. Fitness and gradient cost O(dimensions^2).
 */
export const valley: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'valley',
  title: 'Askew valley',
  summary: 'One optimum at the bottom of a valley, steep across and flat along, oblique to every locus.',
  source: 'The ill-conditioned quadratic of optimisation texts; rotation after Stewart (1980), SIAM J. Numer. Anal. 17: 403-409.',
  parameters,
  range: [1, 2048],
  make(dimensions, { width, condition, centre }, seed): Landscape {
    const d = dimensions;
    let made: Float64Array | undefined;
    // Takes seconds from a few thousand loci on, and scenes are checked more often than their worlds are made.
    const makeRows = () => {
      const rows = randomRotation(d, namedStream(seed, 'landscape.valley'));
      for (let i = 0; i < d; i++) {
        const root = exp((0.5 * log(condition) * i) / Math.max(1, d - 1)) / width;
        for (let k = 0; k < d; k++) rows[i * d + k] *= root;
      }
      made = rows;
      return rows;
    };
    const away = new Float64Array(d);
    const along = new Float64Array(d);
    const measure = (genomes: Genomes, at: number) => {
      const rows = made ?? makeRows();
      for (let k = 0; k < d; k++) away[k] = genomes[at + k] - centre;
      let i = 0;
      // Four rows at a time: four sums that do not wait for each other.
      for (; i + 4 <= d; i += 4) {
        const row = i * d;
        let [a, b, c, e] = [0, 0, 0, 0];
        for (let k = 0, p = row; k < d; k++, p++) {
          const x = away[k];
          a += rows[p] * x;
          b += rows[p + d] * x;
          c += rows[p + 2 * d] * x;
          e += rows[p + 3 * d] * x;
        }
        along[i] = a;
        along[i + 1] = b;
        along[i + 2] = c;
        along[i + 3] = e;
      }
      for (; i < d; i++) {
        let sum = 0;
        for (let k = 0; k < d; k++) sum += rows[i * d + k] * away[k];
        along[i] = sum;
      }
    };
    return {
      dimensions,
      meet: meetNobody,
      logFitness(genomes, at) {
        measure(genomes, at);
        let sum = 0;
        for (let i = 0; i < d; i++) sum += along[i] * along[i];
        return -0.5 * sum;
      },
      gradient(genomes, at, out, outAt = 0) {
        measure(genomes, at);
        const rows = made ?? makeRows();
        out.fill(0, outAt, outAt + d);
        let i = 0;
        for (; i + 4 <= d; i += 4) {
          const [a, b, c, e] = [along[i], along[i + 1], along[i + 2], along[i + 3]];
          for (let k = 0, p = i * d; k < d; k++, p++) {
            out[outAt + k] -= a * rows[p] + b * rows[p + d] + (c * rows[p + 2 * d] + e * rows[p + 3 * d]);
          }
        }
        for (; i < d; i++) for (let k = 0; k < d; k++) out[outAt + k] -= along[i] * rows[i * d + k];
      },
      optimum: () => new Float64Array(d).fill(centre),
    };
  },
};
