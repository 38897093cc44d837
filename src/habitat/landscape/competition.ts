// The landscape of competition for a resource, on which populations may branch.

import { z } from 'zod';
import { exp, log, logistic } from '../../math/elementary.ts';
import { expm1 } from '../../math/expm1.ts';
import { gaussianSum } from '../../math/gaussian-sum.ts';
import { parameter } from '../../parameter/parameter.ts';
import type { Genomes, Landscape } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const parameters = z.strictObject({
  capacity: parameter(z.number().min(0.001).max(1000).default(1), {
    title: 'Width of capacity',
    description: 'How far food extends from the origin: standard deviation of the carrying capacity over traits.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
  competition: parameter(z.number().min(0.001).max(1000).default(0.5), {
    title: 'Width of competition',
    description:
      'How different two organisms can be and still compete: standard deviation of the competition kernel. Populations branch when it is below the width of capacity.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
  growth: parameter(z.number().min(0.01).max(10).default(1), {
    title: 'Growth',
    description: 'Log of the number of offspring without competition. Selection is 1 - e^-growth times as strong as it can get.',
    unit: 'log fitness',
    live: false,
    step: 0.1,
  }),
});

/** Below this a sum of Gaussians has lost digits: it is then computed relative to its largest term. */
const SMALLEST_SUM = 1e-250;

/**
 * Competition for a resource, Dieckmann & Doebeli's K(x) = K0 e^(-|x|^2 / (2 capacity^2)) and a(x - y) = e^(-|x - y|^2 /
 * (2 competition^2)), in generations that do not overlap and a population of constant size. Their logistic growth
 * r (1 - sum_j a(x - x_j) / K(x)) corresponds in discrete time, without overshoot, to Beverton & Holt's
 *
 *     e^f = e^r / (1 + (e^r - 1) sum_j a(x - x_j) / K(x)),
 *
 * of which the logistic curve is the exact solution when all are alike. K0 is the number met: as many live as the best trait
 * could carry, so that a population of that trait has f = 0. The sum runs over all organisms met, including the genome itself if it
 * was among them. Evolution stops at 0, convergence stable; it branches there when competition < capacity, as in the source.
 */
export const competition: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'competition',
  title: 'Resource competition',
  summary: 'Food is most plentiful in the middle, but similar organisms compete: fitness depends on which others live.',
  source:
    'Dieckmann & Doebeli (1999), Nature 400: 354-357; Beverton & Holt (1957), On the Dynamics of Exploited Fish Populations.',
  parameters,
  range: [1, 3],
  make(dimensions, { capacity, competition: width, growth }): Landscape {
    const d = dimensions;
    let others = new Float64Array(0);
    let count = 0;
    const sums = gaussianSum(width);
    const sumAndSlope = new Float64Array(2);
    /** Gradient of the logarithm of competition, after `crowding`. */
    const push = new Float64Array(d);
    const logStart = log(expm1(growth));

    const squareTo = (genomes: Genomes, at: number, other: number): number => {
      let square = 0;
      for (let k = 0; k < d; k++) {
        const away = others[other * d + k] - genomes[at + k];
        square += away * away;
      }
      return square;
    };
    /** Sum of e^((nearest - |x - y|^2) / (2 width^2)); its logarithm's gradient is written to `push`. */
    const sumRelativeTo = (nearest: number, genomes: Genomes, at: number): number => {
      const scale = 1 / (width * width);
      let sum = 0;
      push.fill(0);
      for (let other = 0; other < count; other++) {
        const term = exp(0.5 * scale * (nearest - squareTo(genomes, at, other)));
        sum += term;
        for (let k = 0; k < d; k++) push[k] += term * (others[other * d + k] - genomes[at + k]);
      }
      for (let k = 0; k < d; k++) push[k] *= scale / sum;
      return sum;
    };
    /** Log of the mean of a(x - x_j) over the organisms met. */
    const crowding = (genomes: Genomes, at: number): number => {
      if (count === 0) throw new RangeError("landscape 'competition' has met no organisms: call meet before asking for fitness");
      let sum: number;
      if (d === 1) {
        sums.at(genomes[at], sumAndSlope);
        sum = sumAndSlope[0];
        push[0] = sumAndSlope[1] / sum;
      } else sum = sumRelativeTo(0, genomes, at);
      if (sum > SMALLEST_SUM) return log(sum / count);
      let nearest = Infinity;
      for (let other = 0; other < count; other++) nearest = Math.min(nearest, squareTo(genomes, at, other));
      sum = sumRelativeTo(nearest, genomes, at);
      return log(sum / count) - nearest / (2 * width * width);
    };
    /** Log of (e^r - 1) sum_j a(x - x_j) / K(x). */
    const load = (genomes: Genomes, at: number): number => {
      let square = 0;
      for (let k = 0; k < d; k++) square += genomes[at + k] * genomes[at + k];
      return logStart + crowding(genomes, at) + square / (2 * capacity * capacity);
    };

    return {
      dimensions,
      meet(genomes, number, stride) {
        if (!(number >= 1)) throw new RangeError(`landscape 'competition' met ${number} organisms; it needs at least one`);
        if (others.length < number * d) others = new Float64Array(number * d);
        count = number;
        for (let row = 0; row < number; row++) for (let k = 0; k < d; k++) others[row * d + k] = genomes[row * stride + k];
        if (d === 1) sums.take(others, count);
      },
      logFitness(genomes, at) {
        const t = load(genomes, at);
        return growth - (t > 0 ? t + log(1 + exp(-t)) : log(1 + exp(t)));
      },
      gradient(genomes, at, out, outAt = 0) {
        const share = logistic(load(genomes, at));
        const scale = 1 / (capacity * capacity);
        for (let k = 0; k < d; k++) out[outAt + k] = -share * (push[k] + scale * genomes[at + k]);
      },
    };
  },
};
