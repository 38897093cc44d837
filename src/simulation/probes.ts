import { floatsNamed } from '../ecs/table.ts';
import type { Habitat } from '../habitat/habitat.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import type { PopulationWith } from '../population/capabilities.ts';
import { deathCauses } from '../population/death-causes.ts';
import type { Population } from '../population/population.ts';
import { type TraitText, traits } from '../population/traits.ts';
import { onLandscape } from './kinds.ts';
import { landscapeColumns, measureLandscape, strategiesProbe } from './landscape-probe.ts';
import { measureProbes } from './measure-probes.ts';
import type { Probe, ProbeColumn, ProbeSampler, Simulation } from './types.ts';

/** A probe as a value: returns what it is given, with its type. @public */
export const probe = (declared: Probe): Probe => declared;

/** A measure of one population, repeated for each population of the world under `population.name`. @public */
export interface PopulationMeasure {
  /** Values of one population, in the order of the probe's columns. */
  sample(population: Population, simulation: Simulation): readonly number[];
  /** Called after every tick, for values that must be collected between samples. */
  afterTick?(population: Population, simulation: Simulation): void;
}

/** A probe that measures each population separately; its columns are then named `population.column`. @public */
export function populationProbe(
  text: Pick<Probe, 'id' | 'title' | 'description' | 'columns' | 'needs' | 'habitats'>,
  start: (population: Population) => PopulationMeasure,
): Probe {
  return {
    ...text,
    start(simulation): ProbeSampler {
      const measures = simulation.populations.map((population) => ({ population, measure: start(population) }));
      const gather = measures.some(({ measure }) => measure.afterTick !== undefined);
      return {
        columns: measures.flatMap(({ population }) =>
          text.columns.map((column) => ({ ...column, name: `${population.name}.${column.name}` })),
        ),
        sample: (now) => measures.flatMap(({ population, measure }) => measure.sample(population, now)),
        ...(gather
          ? {
              afterTick: (now: Simulation) => {
                for (const { population, measure } of measures) measure.afterTick?.(population, now);
              },
            }
          : {}),
      };
    },
  };
}

const meanOf = (values: ArrayLike<number>, count: number) => {
  let sum = 0;
  for (let row = 0; row < count; row++) sum += values[row];
  return count > 0 ? sum / count : Number.NaN;
};

/** Mean and variance (divisor n) of each trait in turn; NaN if nothing lives. */
const momentsOfTraits = ({ table, count, traits: own }: Population): number[] =>
  own.flatMap(({ id }) => {
    const values = table.f32(floatsNamed(id));
    const mean = meanOf(values, count);
    let square = 0;
    for (let row = 0; row < count; row++) square += (values[row] - mean) * (values[row] - mean);
    return [mean, count > 0 ? square / count : Number.NaN];
  });

const censusColumns: readonly ProbeColumn[] = [
  { name: 'population', title: 'Living', unit: 'organisms' },
  { name: 'births', title: 'Births since the last sample', unit: 'organisms' },
  ...deathCauses.map((cause) => ({
    name: `deaths.${cause}`,
    title: `Deaths by ${cause} since the last sample`,
    unit: 'organisms',
  })),
  { name: 'intake', title: 'Intake since the last sample', unit: 'energy/organism-tick' },
  { name: 'energy', title: 'Mean reserve', unit: 'energy' },
  { name: 'age', title: 'Mean age', unit: 'ticks' },
  { name: 'generation', title: 'Mean generation', unit: 'generations' },
];

const census: Probe = populationProbe(
  {
    id: 'census',
    needs: ['energy'],
    title: 'Census',
    description: 'Numbers of living organisms, births, deaths by cause, and intake, for each population.',
    columns: censusColumns,
  },
  () => {
    let births = 0;
    let intake = 0;
    let organismTicks = 0;
    const deaths = deathCauses.map(() => 0);
    return {
      afterTick(population, simulation) {
        births += simulation.births(population).count;
        const died = simulation.deaths(population);
        for (let k = 0; k < died.count; k++) deaths[died.cause[k]]++;
        const { table, count } = population as PopulationWith<'energy'>;
        const eaten = table.f32('intake');
        // A variable of this function: one of the outer function is written to memory in every round.
        let sum = intake;
        for (let row = 0; row < count; row++) sum += eaten[row];
        intake = sum;
        organismTicks += count;
      },
      sample(population, { tick }) {
        const { table, count } = population as PopulationWith<'energy'>;
        const age = count > 0 ? tick - meanOf(table.i32('birthTick'), count) : Number.NaN;
        const row = [
          count,
          births,
          ...deaths,
          organismTicks > 0 ? intake / organismTicks : Number.NaN,
          meanOf(table.f32('energy'), count),
          age,
          meanOf(table.u32('generation'), count),
        ];
        births = 0;
        intake = 0;
        organismTicks = 0;
        deaths.fill(0);
        return row;
      },
    };
  },
);

const momentColumns = (prefix: string, { id, title, unit }: TraitText, mean: string): ProbeColumn[] => [
  { name: `${prefix}${id}.mean`, title: `${mean} ${title.toLowerCase()}`, unit },
  { name: `${prefix}${id}.variance`, title: `Variance of ${title.toLowerCase()}`, unit: unit === '' ? '' : `(${unit})^2` },
];

const momentsProbe: Probe = {
  id: 'traits',
  title: 'Traits',
  description: 'Mean and variance among the living of every trait, for each population; optional traits if genomes carry them.',
  // On a landscape the probe of coordinates has the traits too.
  appliesTo: (simulation) => !onLandscape(simulation),
  columns: traits.flatMap((trait) => momentColumns('', trait, 'Mean')),
  start: ({ populations }) => ({
    columns: populations.flatMap(({ name, traits: own }) => own.flatMap((trait) => momentColumns(`${name}.`, trait, 'Mean'))),
    sample: (now) => now.populations.flatMap((population) => momentsOfTraits(population)),
  }),
};

const landscapeProbe: Probe = populationProbe(
  {
    id: 'landscape',
    habitats: ['landscape'],
    title: 'Landscape',
    description: 'Position of a population on its landscape, and the step of its mean genome relative to the exact gradient.',
    columns: landscapeColumns,
  },
  measureLandscape,
);

const habitatProbes = ({ kind, probes = [] }: Habitat): Probe[] =>
  probes.map(({ start, ...text }) => populationProbe({ ...text, habitats: [kind] }, start));

const coordinates: Probe = {
  id: 'coordinates',
  habitats: ['landscape'],
  title: 'Coordinates',
  description: 'Mean and variance among the living of the first coordinates and of optional traits.',
  columns: [
    { name: 'x1.mean', title: 'Mean of coordinate 1 (and so on for each trait)', unit: 'locus units' },
    { name: 'x1.variance', title: 'Variance of coordinate 1 (and so on for each trait)', unit: '(locus units)^2' },
  ],
  start: ({ populations }) => ({
    columns: populations.flatMap(({ name, traits: own }) => own.flatMap((trait) => momentColumns(`${name}.`, trait, 'Mean of'))),
    sample: (now) => now.populations.flatMap((population) => momentsOfTraits(population)),
  }),
};

/** The probes of a catalogue, in their order: what its mechanisms, habitats and landscapes measure is among the standard ones. */
export const standardProbes = ({ mechanisms, habitats }: Vocabulary): readonly Probe[] => [
  census,
  momentsProbe,
  landscapeProbe,
  ...habitats.flatMap(habitatProbes),
  ...measureProbes(mechanisms),
  coordinates,
  strategiesProbe,
];
