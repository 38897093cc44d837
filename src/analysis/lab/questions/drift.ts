import { namedStream } from '../../../math/streams.ts';
import { simulationFromSnapshot } from '../../../simulation/create.ts';
import type { LandscapeSimulation } from '../../../simulation/kinds.ts';
import { effectiveSize } from '../effective-size.ts';
import { type GenomeRows, geneticCovariance, meanGenome } from '../genetic-covariance.ts';
import { labRows, withLabWorld } from '../lab-scene.ts';
import { selectionDifferential } from '../selection-differential.ts';
import { selectionDrift } from '../selection-drift.ts';
import { spreadOfForks } from '../spread-of-forks.ts';
import { isRound, type LabQuestion, labParameter } from './question.ts';

/** Selection plus drift as a stochastic differential equation, compared with forks of a population. */
export const drift: LabQuestion = {
  id: 'drift',
  title: 'Selection and drift',
  summary:
    'Forks of one population with independent draws: do their means move by G b and spread by G/Ne a generation, as in dz = G b dt + sqrt(G/Ne) dW, with Ne from the variance of offspring numbers? In the forks there is no mutation and no transfer.',
  source:
    'Lande (1976), Evolution 30: 314; Crow & Kimura (1970), An Introduction to Population Genetics Theory, p. 345; Caballero (1994), Heredity 73: 657.',
  landscapes: 'any',
  parameters: [
    labParameter('dimensions'),
    labParameter('start'),
    labParameter('size'),
    labParameter('sigma', { fallback: 0.02 }),
    labParameter('h', { fallback: 0.5 }),
    { ...labParameter('generations'), name: 'burnin', meaning: 'generations before the forks diverge', least: 1 },
    {
      ...labParameter('draws'),
      name: 'forks',
      meaning: 'forks, and paths of the equation',
      unit: 'forks',
      fallback: 200,
      least: 2,
      most: 100_000,
    },
    labParameter('generations', { fallback: 10, most: 10_000 }),
  ],
  keys: [
    {
      name: 'generation',
      title: 'generation',
      unit: 'generations',
      kind: 'number',
      description: 'Generations since the forks diverged.',
    },
  ],
  measures: [
    { name: 'spread', title: 'spread', unit: '(locus units)^2', description: 'Trace of the covariance of the forks’ means.' },
    {
      name: 'expected',
      title: 'tr G t/Ne',
      unit: '(locus units)^2',
      description: 'The same by drift with the G that the forks had in common.',
    },
    {
      name: 'diffusion',
      title: 'by the equation',
      unit: '(locus units)^2',
      description: 'The same for paths of the stochastic differential equation.',
    },
    {
      name: 'ratio',
      title: 'ratio',
      unit: '',
      description:
        'Mean squared Mahalanobis distance of a fork under G t/Ne, for each locus: 1 if the law holds, give or take sqrt(2/((F - 1) d)).',
    },
    { name: 'step', title: 'step', unit: 'locus units', description: 'How far the mean over forks has moved.' },
    { name: 'response', title: 'by G b', unit: 'locus units', description: 'How far selection alone moves it by the equation.' },
    {
      name: 'departure',
      title: 'departure',
      unit: '',
      description:
        'Squared departure of the mean over forks from that by G b, in what drift leaves of it: 1 on average where G b is right.',
    },
    {
      name: 'exact_departure',
      title: 'from Cov(w, z)',
      unit: '',
      description: 'The same from the selection differential of the generation in which they parted; the first generation only.',
    },
    {
      name: 'effective',
      title: 'Ne',
      unit: 'organisms',
      description: 'Effective size by the copies that each left in the first generation, harmonic mean over forks.',
    },
  ],
  figure: {
    across: 'generation',
    lines: [
      { measure: 'spread', name: 'forks' },
      { measure: 'expected', name: 'G t/Ne', dashed: true },
      { measure: 'diffusion', name: 'paths of the equation', dashed: true },
    ],
    upLabel: 'Spread of the mean (locus units squared)',
  },
  shown: ([generation]) => isRound(generation as number),
  problem: ({ dimensions, size }) =>
    2 * dimensions <= size
      ? undefined
      : `size must be at least twice the loci, for G to have all directions (got ${size} for ${dimensions})`,
  measure({ form, parameters, values, seed }) {
    const { dimensions, start, size, sigma, h, burnin, forks, generations } = values;
    const world = { form, parameters, model: 'wright-fisher', dimensions, size, sigma, h, start } as const;
    return withLabWorld(world, seed, (simulation, population) => {
      simulation.step(burnin);
      const {
        tick,
        habitat: { landscape },
      } = simulation;
      const genomes = copied(labRows(population));
      const covariance = geneticCovariance(genomes);
      const origin = meanGenome(genomes);
      const selection = selectionDifferential(genomes, simulation.habitat.logFitness(population));
      const snapshot = simulation.snapshot();
      const paths = Array.from({ length: forks }, (_, f) => forkPath(snapshot, `${seed}/fork ${f + 1}`, generations));
      const shared = paths.reduce((sum, one) => sum + one.perSize / forks, 0);
      const effective = 1 / shared;
      const question = { landscape, genomes, generations, time: tick, stream: namedStream(seed, 'lab drift') };
      const pulled = selectionDrift({ ...question, effective: Number.POSITIVE_INFINITY });
      const drawn = Array.from({ length: forks }, () => selectionDrift({ ...question, effective }));
      const at = (path: Float64Array, t: number) => path.subarray(t * dimensions, (t + 1) * dimensions);
      return Array.from({ length: generations }, (_, g) => {
        const t = g + 1;
        const expected = covariance.map((value) => (value * t) / effective);
        const found = spreadOfForks(
          paths.map(({ path }) => at(path, t)),
          expected,
        );
        const equation = spreadOfForks(
          drawn.map((path) => at(path, t)),
          expected,
        );
        let trace = 0;
        for (let l = 0; l < dimensions; l++) trace += expected[l * dimensions + l];
        const exact = t === 1 ? found.departure(origin.map((value, l) => value + selection[l])) : Number.NaN;
        return {
          keys: [t],
          measures: [
            ...[found.trace, trace, equation.trace, found.ratio],
            ...[far(found.mean, origin), far(at(pulled, t), origin), found.departure(at(pulled, t)), exact, effective],
          ],
        };
      });
    });
  },
};

const copied = ({ values, ...rest }: GenomeRows): GenomeRows => ({ ...rest, values: values.slice(0, rest.count * rest.stride) });

const far = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  let square = 0;
  for (let l = 0; l < one.length; l++) square += (one[l] - other[l]) * (one[l] - other[l]);
  return Math.sqrt(square);
};

/** The mean of a fork after each generation, 0 first, and 1/Ne of its first one. */
function forkPath(
  snapshot: ArrayBuffer,
  seed: string,
  generations: number,
): { readonly path: Float64Array; readonly perSize: number } {
  const fork = simulationFromSnapshot(snapshot) as LandscapeSimulation;
  try {
    const [population] = fork.populations;
    population.reseed(seed);
    for (const id of ['mutation', 'transfer']) {
      if (population.parameters.mechanisms[id]?.on) fork.set(`populations.${population.name}.mechanisms.${id}.on`, false);
    }
    const { dimensions, count } = population;
    const path = new Float64Array((generations + 1) * dimensions);
    path.set(meanGenome(labRows(population)));
    let perSize = 0;
    for (let t = 1; t <= generations; t++) {
      const tracing = t === 1 ? fork.traceOrigins(population) : undefined;
      fork.step(1);
      path.set(meanGenome(labRows(population)), t * dimensions);
      if (!tracing) continue;
      perSize = 1 / effectiveSize(organismCopies(tracing.trace.copies(), count)).drift;
      tracing.end();
    }
    return { path, perSize };
  } finally {
    fork.dispose();
  }
}

/** Copies that each organism left, of its first locus: without transfer all loci of a haploid clone have as many. */
function organismCopies(copies: ArrayLike<number>, count: number): Float64Array {
  const width = copies.length / count;
  return Float64Array.from({ length: count }, (_, k) => copies[k * width]);
}
