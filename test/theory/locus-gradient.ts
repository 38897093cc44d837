import { performAssayFork } from '../../src/analysis/assay/perform-assay-fork.ts';
import { mean, standardError } from '../../src/math/statistics.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';

// Theory, section 8, check 8b: on a linear landscape of slope a per locus a copy gains a T in T generations, cloned or in sexual haploids,
// and a T / 2 in sexual diploids, whatever share of loci comes by transfer. Births alone do not see what transfer spreads.
const dimensions = 8;
const slope = 0.4;
const generations = 10;
/** The slope is that of the landscape along its steepest line; every locus has the same share of it. */
export const perLocus = slope / Math.sqrt(dimensions);

export const slopeScene = ({ h = 0, ploidy = 1, sex = false }: { h?: number; ploidy?: 1 | 2; sex?: boolean }) =>
  parseScene(
    {
      version: 1,
      name: 'slope',
      title: 'Slope',
      habitat: { kind: 'landscape', form: 'linear', dimensions, forms: { linear: { slope } }, model: 'wright-fisher' },
      populations: {
        line: {
          founders: 2000,
          start: { deviation: 0.05 },
          genome: { ploidy },
          mechanisms: {
            mutation: { on: true, rate: 1, deviation: 0.05 },
            transfer: { on: h > 0, kind: 'loci', rate: h > 0 ? h : 0.1 },
            'sexual-reproduction': { on: sex },
            recombination: { on: sex, chromosomes: dimensions },
          },
        },
      },
    },
    'test',
  );

/** Worlds on the slope, and how much of a T a copy gains in each. */
export const slopeWorlds = [
  ['clones', {}, 1],
  ['transfer of 0.1', { h: 0.1 }, 1],
  ['transfer of 0.3', { h: 0.3 }, 1],
  ['sexual haploids', { sex: true }, 1],
  ['sexual diploids, a copy', { sex: true, ploidy: 2 }, 0.5],
] as const;

/**
 * Mean assayed gradient of the loci, over forks, beside what theory says of it.
 * @param size of the perturbation, in standard deviations of mutation
 */
export function copyGradient([, world, share]: (typeof slopeWorlds)[number], forks: number, size: number, seed: string) {
  const simulation = createSimulation(slopeScene(world), seed);
  simulation.step(5);
  const clades = new Float64Array(simulation.populations[0].count);
  const snapshot = simulation.snapshot();
  simulation.dispose();
  const estimates = Array.from({ length: forks }, (_, f) => {
    const fork = { population: 'line', kind: 'perturbed' as const, ticks: generations, size, seed: `fork ${f}`, clades };
    return mean(performAssayFork(snapshot, fork).gradient);
  });
  return { gradient: mean(estimates), error: standardError(estimates), expected: share * generations * perLocus };
}
