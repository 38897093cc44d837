import { LandscapePopulation } from '../habitat/landscape/landscape-population.ts';
import type { Population } from '../population/population.ts';
import { onLandscape } from './kinds.ts';
import type { PopulationMeasure } from './probes.ts';
import type { Probe, ProbeColumn, Simulation } from './types.ts';

/** Columns of the probe of a population on a landscape. */
export const landscapeColumns: readonly ProbeColumn[] = [
  { name: 'population', title: 'Living', unit: 'organisms' },
  { name: 'births', title: 'Births since the last sample', unit: 'organisms' },
  { name: 'fitness.mean', title: 'Mean log fitness', unit: 'log fitness' },
  { name: 'fitness.variance', title: 'Variance of log fitness', unit: '(log fitness)^2' },
  { name: 'fitness.best', title: 'Highest log fitness', unit: 'log fitness' },
  { name: 'optimum', title: 'Distance of the mean genome from the optimum', unit: 'locus units' },
  { name: 'gradient', title: 'Length of the gradient at the mean genome', unit: 'log fitness/locus unit' },
  {
    name: 'additive',
    title: 'Variance of expressed values over all loci (trace of G, unless there is dominance)',
    unit: '(locus units)^2',
  },
  { name: 'step.along', title: 'Step of the mean along the gradient, the tick after the last sample', unit: 'locus units/tick' },
  { name: 'step.across', title: 'Step of the mean across the gradient, that tick', unit: 'locus units/tick' },
  { name: 'step.cosine', title: 'Cosine of that step to the gradient', unit: '' },
  { name: 'generation', title: 'Mean generation', unit: 'generations' },
];

const lengthOf = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));

/** Mean genome, over the loci that fitness reads. */
export function meanGenome({ table, layout, dimensions, count }: LandscapePopulation): Float64Array {
  const mean = new Float64Array(dimensions);
  const genomes = table.f32('genome');
  for (let row = 0; row < count; row++) {
    for (let k = 0, at = row * layout.stride; k < dimensions; k++) mean[k] += genomes[at++];
  }
  for (let k = 0; k < dimensions; k++) mean[k] /= count;
  return mean;
}

/** Sum of the loci's variances, divisor n. */
function additiveVariance({ table, layout, dimensions, count }: LandscapePopulation, mean: Float64Array): number {
  const genomes = table.f32('genome');
  let sum = 0;
  for (let row = 0; row < count; row++) {
    for (let k = 0, at = row * layout.stride; k < dimensions; k++) {
      const away = genomes[at++] - mean[k];
      sum += away * away;
    }
  }
  return sum / count;
}

/** Starts to measure one population: its position, and the step that it makes after each sample. */
export function measureLandscape(measured: Population): PopulationMeasure {
  if (!(measured instanceof LandscapePopulation)) throw new Error('the probe of landscapes measures landscapes only');
  const population: LandscapePopulation = measured;
  let births = 0;
  let before: { readonly tick: number; readonly mean: Float64Array; readonly gradient: Float64Array } | undefined;
  let step: { readonly along: number; readonly across: number; readonly cosine: number } | undefined;
  return {
    afterTick(_population, simulation) {
      births += simulation.births(population).count;
      if (!before || simulation.tick !== before.tick + 1 || population.count === 0) return;
      const { gradient } = before;
      const moved = meanGenome(population).map((value, k) => value - (before?.mean[k] ?? 0));
      const norm = lengthOf(gradient);
      const along = moved.reduce((sum, value, k) => sum + value * gradient[k], 0) / norm;
      const size = lengthOf(moved);
      const rest = moved.map((value, k) => value - (along * gradient[k]) / norm);
      step = { along, across: lengthOf(rest), cosine: along / size };
    },
    sample(_population, simulation: Simulation) {
      if (!onLandscape(simulation) || population.count === 0) return landscapeColumns.map(() => Number.NaN);
      const { landscape } = simulation.habitat;
      const fitness = simulation.habitat.logFitness(population);
      const n = fitness.length;
      const mean = fitness.reduce((sum, f) => sum + f, 0) / n;
      const genome = meanGenome(population);
      const gradient = new Float64Array(population.dimensions);
      landscape.gradient(genome, 0, gradient);
      const optimum = landscape.optimum?.();
      const generations = population.table.u32('generation').subarray(0, n);
      const row = [
        n,
        births,
        mean,
        fitness.reduce((sum, f) => sum + (f - mean) * (f - mean), 0) / n,
        fitness.reduce((best, f) => Math.max(best, f), Number.NEGATIVE_INFINITY),
        optimum ? lengthOf(genome.map((value, k) => value - optimum[k])) : Number.NaN,
        lengthOf(gradient),
        additiveVariance(population, genome),
        step?.along ?? Number.NaN,
        step?.across ?? Number.NaN,
        step?.cosine ?? Number.NaN,
        generations.reduce((sum, g) => sum + g, 0) / n,
      ];
      births = 0;
      step = undefined;
      before = { tick: simulation.tick, mean: genome, gradient };
      return row;
    },
  };
}

const shareColumns = (simulation: Simulation, strategies: readonly string[]): ProbeColumn[] =>
  simulation.populations.flatMap(({ name }) =>
    strategies.map((strategy) => ({
      name: `${name}.share.${strategy}`,
      title: `Share of ${strategy}`,
      unit: 'share of contests',
    })),
  );

const strategiesOf = (simulation: Simulation) => (onLandscape(simulation) ? simulation.habitat.landscape.strategies : undefined);

/** How often each strategy of a game is played: the mean over the living of the chance that their genomes give it. */
export const strategiesProbe: Probe = {
  id: 'strategies',
  habitats: ['landscape'],
  appliesTo: (simulation) => strategiesOf(simulation) !== undefined,
  title: 'Strategies',
  description: 'Share of contests in which each strategy of a game is played, over the living.',
  columns: [{ name: 'share.hawk', title: 'Share of hawk (and so on for each strategy)', unit: 'share of contests' }],
  start: (world) => ({
    columns: shareColumns(world, strategiesOf(world)?.names ?? []),
    sample: (simulation) =>
      simulation.populations.flatMap((population) => {
        const strategies = strategiesOf(simulation);
        if (!strategies || !onLandscape(simulation)) return [];
        if (population.count === 0) return strategies.names.map(() => Number.NaN);
        // Measuring fitness lets the game meet those that live now.
        simulation.habitat.logFitness(population as LandscapePopulation);
        return [...strategies.shares()];
      }),
  }),
};
