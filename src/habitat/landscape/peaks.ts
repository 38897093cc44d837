// The landscape of several peaks.

import { z } from 'zod';
import { exp, log } from '../../math/elementary.ts';
import { namedStream } from '../../math/streams.ts';
import { parameter } from '../../parameter/parameter.ts';
import { type Genomes, type Landscape, meetNobody } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const parameters = z.strictObject({
  peaks: parameter(z.int().min(1).max(256).default(5), {
    title: 'Peaks',
    description: 'Number of Gaussian peaks whose sum is fitness. Peaks closer than about two widths merge.',
    unit: '',
    live: false,
  }),
  width: parameter(z.number().min(0.001).max(1_000_000).default(1), {
    title: 'Width',
    description: 'Distance from a lone peak at which its fitness has fallen to e^(-1/2).',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
  spread: parameter(z.number().min(0).max(1_000_000).default(4), {
    title: 'Spread',
    description: 'Root mean square distance of the peaks from the origin, whatever the number of loci.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
  drop: parameter(z.number().min(0).max(100).default(1), {
    title: 'Drop',
    description: 'How much lower the lowest peak is than the highest; the others lie evenly between.',
    unit: 'log fitness',
    live: false,
    step: 0.1,
  }),
});

/** Steps of mean shift after which a peak that still moves is accepted. */
const MOST_STEPS = 10_000;

/**
 * Several peaks: fitness is a sum of Gaussians, f = log sum_k e^(h_k - |z - c_k|^2 / (2 width^2)), with h_1 = 0 the highest. The
 * logarithm of the sum, so that fitnesses add and a genome far from all peaks is still pulled by the nearest.
 */
export const peaks: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'peaks',
  title: 'Several peaks',
  summary: 'Fitness is a sum of Gaussian peaks of different heights, with valleys between.',
  source:
    'Wright (1932), Proc. Sixth Int. Congr. Genet. 1: 356-366; a mixture of Gaussians as in Carreira-Perpinan (2000), IEEE PAMI 22: 1318-1323.',
  parameters,
  make(dimensions, { peaks: count, width, spread, drop }, seed): Landscape {
    const d = dimensions;
    const stream = namedStream(seed, 'landscape.peaks');
    const centres = Float64Array.from({ length: count * d }, () => (spread / Math.sqrt(d)) * stream.normal());
    const heights = Float64Array.from({ length: count }, (_, peak) => (-drop * peak) / Math.max(1, count - 1));
    const curvature = 1 / (width * width);
    const shares = new Float64Array(count);

    /** Writes each peak's share of fitness to `shares` and returns log fitness. */
    const weigh = (genomes: Genomes, at: number): number => {
      let most = -Infinity;
      for (let peak = 0; peak < count; peak++) {
        let square = 0;
        for (let k = 0, c = peak * d; k < d; k++, c++) {
          const away = genomes[at + k] - centres[c];
          square += away * away;
        }
        shares[peak] = heights[peak] - 0.5 * curvature * square;
        most = Math.max(most, shares[peak]);
      }
      let sum = 0;
      for (let peak = 0; peak < count; peak++) sum += shares[peak] = exp(shares[peak] - most);
      for (let peak = 0; peak < count; peak++) shares[peak] /= sum;
      return most + log(sum);
    };

    const gradient: Landscape['gradient'] = (genomes, at, out, outAt = 0) => {
      weigh(genomes, at);
      out.fill(0, outAt, outAt + d);
      for (let peak = 0; peak < count; peak++) {
        const share = shares[peak] * curvature;
        for (let k = 0, c = peak * d; k < d; k++, c++) out[outAt + k] += share * (centres[c] - genomes[at + k]);
      }
    };

    /** The summit above a peak's centre: steps of width^2 times the gradient never descend (mean shift). */
    const climb = (peak: number): Float64Array => {
      const place = centres.slice(peak * d, (peak + 1) * d);
      const uphill = new Float64Array(d);
      for (let step = 0; step < MOST_STEPS; step++) {
        gradient(place, 0, uphill);
        let moved = 0;
        for (let k = 0; k < d; k++) {
          place[k] += width * width * uphill[k];
          moved = Math.max(moved, Math.abs(uphill[k]) * width);
        }
        if (moved < 1e-15) break;
      }
      return place;
    };

    let summit: Float64Array | undefined;
    return {
      dimensions,
      meet: meetNobody,
      logFitness: weigh,
      gradient,
      optimum() {
        if (summit === undefined) {
          const summits = Array.from({ length: count }, (_, peak) => climb(peak));
          summit = summits.reduce((best, one) => (weigh(one, 0) > weigh(best, 0) ? one : best));
        }
        return summit.slice();
      },
    };
  },
};
