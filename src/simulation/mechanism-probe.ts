import type { LandscapePopulation } from '../habitat/landscape/landscape-population.ts';
import type { Population } from '../population/population.ts';
import { everOn } from '../scene/carry-loci.ts';
import type { LandscapeSimulation } from './landscape-simulation.ts';
import type { Probe, ProbeColumn, Simulation } from './types.ts';

/** Something that a mechanism keeps of organisms or makes of genomes, and that can be told in numbers. */
interface Tell {
  readonly columns: readonly ProbeColumn[];
  /** Whether there can be anything to tell in a population of a world. */
  applies(population: Population, simulation: Simulation): boolean;
  /** Values in the order of the columns; NaN where the mechanism is off or nobody lives. */
  measure(population: Population, simulation: Simulation): number[];
}

const isOn = (mechanism: string) => (population: Population, simulation: Simulation) =>
  everOn(simulation.initialScene, population.name, mechanism);

/** Mean and highest, or variance, of a column of one float a row. */
function moments({ table, count }: Population, name: string) {
  if (count === 0 || !table.has(name)) return { mean: Number.NaN, variance: Number.NaN, highest: Number.NaN };
  const values = table.f32(name);
  let [sum, square, highest] = [0, 0, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < count; row++) {
    sum += values[row];
    square += values[row] * values[row];
    highest = Math.max(highest, values[row]);
  }
  const mean = sum / count;
  return { mean, variance: square / count - mean * mean, highest };
}

const tells: readonly Tell[] = [
  {
    columns: [
      { name: 'skill.mean', title: 'Mean skill', unit: 'skill' },
      { name: 'skill.highest', title: 'Highest skill', unit: 'skill' },
    ],
    applies: isOn('culture'),
    measure(population) {
      const { mean, highest } = moments(population, 'skill');
      return [mean, highest];
    },
  },
  {
    columns: [
      { name: 'copies.mean', title: 'Mean number of transposons', unit: 'copies/organism' },
      { name: 'copies.variance', title: 'Variance of the number of transposons', unit: '(copies/organism)^2' },
    ],
    applies: (population, simulation) =>
      population.parameters.genome.transposons.sites > 0 && isOn('transposons')(population, simulation),
    measure(population) {
      const { mean, variance } = moments(population, 'transposon.copies');
      return [mean, variance];
    },
  },
  {
    columns: [{ name: 'driver', title: 'Share of haplotypes with the driver', unit: '' }],
    applies: (population, simulation) => population.ploidy === 2 && isOn('segregation-distortion')(population, simulation),
    measure({ table, layout, count, haplotypes, parameters }) {
      const { locus, threshold } = parameters.mechanisms['segregation-distortion'] as unknown as {
        locus: string;
        threshold: number;
      };
      const slot = layout.ranges.find(({ trait }) => trait === locus)?.slot ?? -1;
      let drivers = 0;
      for (const name of haplotypes) {
        const loci = table.f32(name);
        for (let row = 0; row < count; row++) if (loci[row * layout.stride + slot] > threshold) drivers++;
      }
      return [count > 0 ? drivers / (2 * count) : Number.NaN];
    },
  },
  {
    columns: [
      { name: 'right', title: 'Share of loci that are right', unit: '' },
      { name: 'wrong', title: 'Share of loci that are wrong', unit: '' },
      { name: 'open', title: 'Share of loci that are left open', unit: '' },
    ],
    applies: (_, { scene }) => scene.habitat.kind === 'landscape' && scene.habitat.form === 'needle',
    measure(population, simulation) {
      const { table, layout, count, dimensions } = population as LandscapePopulation;
      const { habitat } = (simulation as LandscapeSimulation).scene;
      const open = habitat.forms.needle.open as number;
      const genome = table.f32('genome');
      let [right, wrong] = [0, 0];
      for (let row = 0; row < count; row++) {
        for (let k = 0; k < dimensions; k++) {
          const locus = genome[row * layout.stride + k];
          if (locus > open) right++;
          else if (locus < -open) wrong++;
        }
      }
      const all = count * dimensions;
      return count > 0 ? [right / all, wrong / all, 1 - (right + wrong) / all] : [Number.NaN, Number.NaN, Number.NaN];
    },
  },
  {
    columns: [{ name: 'acquired', title: 'What is acquired within life, root mean square over loci', unit: 'locus units' }],
    applies: (population, { scene }) =>
      scene.habitat.kind === 'landscape' && population.parameters.mechanisms['gradient-step']?.into === 'life',
    measure(population) {
      const { table, layout, count, dimensions } = population as LandscapePopulation;
      if (count === 0 || !table.has('weights')) return [Number.NaN];
      const [weights, genome] = [table.f32('weights'), table.f32('genome')];
      let square = 0;
      for (let row = 0; row < count; row++) {
        const at = row * layout.stride;
        for (let k = 0; k < dimensions; k++) {
          const acquired = weights[at + k] - genome[at + k];
          square += acquired * acquired;
        }
      }
      return [Math.sqrt(square / (count * dimensions))];
    },
  },
];

/** What mechanisms keep of organisms and make of genomes, where the scene has any that can be told in numbers. */
export const mechanismProbe: Probe = {
  id: 'mechanisms',
  title: 'Mechanisms',
  description:
    'What mechanisms keep of organisms and make of their genomes: skill, transposons, drivers, alleles of a needle, what is acquired within life.',
  columns: tells.flatMap(({ columns }) => columns),
  appliesTo: (simulation) =>
    simulation.populations.some((population) => tells.some((tell) => tell.applies(population, simulation))),
  start(simulation) {
    const chosen = simulation.populations.flatMap((population) =>
      tells.filter((tell) => tell.applies(population, simulation)).map((tell) => ({ population, tell })),
    );
    return {
      columns: chosen.flatMap(({ population, tell }) =>
        tell.columns.map((column) => ({ ...column, name: `${population.name}.${column.name}` })),
      ),
      sample: (now) => chosen.flatMap(({ population, tell }) => tell.measure(population, now)),
    };
  },
};
