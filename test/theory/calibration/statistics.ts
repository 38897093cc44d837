// Cohorts of families whose selection is known: fitness e^(b.z) of normal traits has the gradients b and b b'.
import { linkageEffectiveSize } from '../../../src/analysis/stats/linkage-size.ts';
import { parentOffspringSlope } from '../../../src/analysis/stats/parent-offspring.ts';
import { riseStrength } from '../../../src/analysis/stats/rise.ts';
import { selectionGradients, type WithError } from '../../../src/analysis/stats/selection-gradients.ts';
import { falseSweeps } from '../../../src/experiment/stats/sweeps-of-run.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { studentQuantile } from '../../../src/math/student.ts';
import { type LinkedWorld, linkedWorld } from '../linked-world.ts';
import { nextRise } from '../rising-origin.ts';
import { all, type Calibration, within } from './row.ts';

const [families, largest] = [250, 4];
const slopes = [0.3, -0.2];

const holds = ({ value, error }: WithError, blocks: number, truth: number): boolean => {
  const half = error * studentQuantile(0.975, blocks - 1);
  return within(value - half, truth, value + half);
};

/** Number of a Poisson distribution (Knuth's product of uniforms). */
function poisson(mean: number, uniform: () => number): number {
  let count = 0;
  for (let product = uniform(); product > Math.exp(-mean); product *= uniform()) count++;
  return count;
}

/** Organisms of families of 1 to 4, alike by half of the variance of each trait, of which there are two. */
function cohortOf(index: number) {
  const stream = namedStream(String(index), 'selection');
  const uniform = () => stream.uniform();
  const [values, fitness, family]: number[][] = [[], [], []];
  for (let f = 0; f < families; f++) {
    const shared = slopes.map(() => stream.normal());
    for (let size = 1 + stream.integer(largest); size > 0; size--) {
      const traits = shared.map((one) => (one + stream.normal()) * Math.SQRT1_2);
      values.push(...traits);
      fitness.push(poisson(Math.exp(traits[0] * slopes[0] + traits[1] * slopes[1]), uniform));
      family.push(f);
    }
  }
  return { values: Float64Array.from(values), traits: 2, fitness, families: family };
}

const world = `cohorts of ${families} families of 1 to ${largest}, two normal traits, Poisson offspring of mean e^(b.z)`;
const trials = { few: 40, many: 1000 };

/** Differentials, and linear gradients. */
export const linear: Calibration = {
  name: 'selection differentials and gradients of a cohort',
  world,
  trials,
  trial(index) {
    const { differentials, gradients, blocks } = selectionGradients(cohortOf(index), false);
    return all([...differentials, ...gradients].map((one, k) => holds(one, blocks, slopes[k % 2])));
  },
};

/** Quadratic gradients. */
export const quadratic: Calibration = {
  name: 'quadratic selection gradients of a cohort',
  world,
  trials,
  trial(index) {
    const { quadratic: found, blocks } = selectionGradients(cohortOf(index), true);
    return all([0, 1, 3].map((k) => holds(found[k], blocks, slopes[Math.floor(k / 2)] * slopes[k % 2])));
  },
};

/** The slope of offspring on parents. */
export const heritability: Calibration = {
  name: 'heritability by parent-offspring regression',
  world: `${families} families of 1 to ${largest} offspring, heritability 0.6, sibs alike by more than their parents`,
  trials,
  trial(index) {
    const stream = namedStream(String(index), 'heritability');
    const [offspring, parents, family]: number[][] = [[], [], []];
    for (let f = 0; f < families; f++) {
      const [parent, shared] = [stream.normal(), 0.4 * stream.normal()];
      for (let size = 1 + stream.integer(largest); size > 0; size--) {
        parents.push(parent);
        offspring.push(0.6 * parent + shared + 0.7 * stream.normal());
        family.push(f);
      }
    }
    const { slope, blocks } = parentOffspringSlope(offspring, parents, family);
    return all([holds(slope, blocks, 0.6)]);
  },
};

const linked: LinkedWorld = { process: 'wright-fisher', ploidy: 1, size: 60, loci: 25, mutation: 0.002, generations: 25 };

/** Effective size by linkage disequilibrium. */
export const linkageSize: Calibration = {
  name: 'effective size by linkage disequilibrium',
  world: `Wright-Fisher populations of ${linked.size} haploids, ${linked.loci} loci that segregate independently, samples of 40`,
  trials: { few: 60, many: 1000 },
  trial(index) {
    const table = linkedWorld(namedStream(String(index), 'linkage'), linked);
    const places = (count: number) => Array.from({ length: count }, (_, i) => i);
    const { low, high } = linkageEffectiveSize(table, places(40), places(linked.loci));
    return all([within(low, linked.size, high)]);
  },
};

const copies = 100;

/** The interval of the selection coefficient of an origin that rose, and the p-value of one that rose by drift. */
const rise = (name: string, selection: number, level: number): Calibration => ({
  name,
  world: `Wright-Fisher populations of ${copies} copies, s = ${selection}; origins of one copy that reached ${level}${selection > 0 ? ' and are called sweeps' : ''}`,
  trials: { few: 60, many: 1000 },
  trial(index) {
    const stream = namedStream(String(index), `rise ${selection} ${level}`);
    for (;;) {
      const origin = nextRise(stream, copies, selection, level);
      const { low, high, p } = riseStrength(origin.exposure, origin.level, falseSweeps);
      // Only what is called a sweep has an interval.
      if (selection === 0) return all([p >= 0.05]);
      if (p < falseSweeps) return all([within(low, copies * selection, high)]);
    }
  },
});

export const sweeps = [
  rise('selection coefficient of a complete sweep', 0.1, 0.95),
  rise('selection coefficient of a partial sweep', 0.15, 0.5),
  rise('p of an origin that rose by drift', 0, 0.5),
];
