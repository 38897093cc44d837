import { z } from 'zod';
import { parameter } from '../../parameter/parameter.ts';
import { type MechanismFields, mostOrganisms } from '../../population/parameters.ts';
import { dominanceParameter, ploidyParameter } from '../../population/ploidy-parameter.ts';
import { acceptanceIds } from './acceptance.ts';
import { fixationProcesses } from './fixation-probability.ts';
import { landscapeForms } from './forms.ts';

/** Models of natural selection on a landscape, each with its own schedule. */
export const landscapeModels = ['wright-fisher', 'moran', 'annealing', 'fixation', 'population-based-training'] as const;

export type LandscapeModel = (typeof landscapeModels)[number];

/** The forms with their parameters: only those of the chosen form matter, as with a mechanism that is off. */
function formParameters() {
  const shape: Record<string, z.ZodType> = {};
  for (const { id, title, summary, parameters } of landscapeForms()) {
    shape[id] = parameters.prefault({}).meta({ title, description: summary });
  }
  return z.strictObject(shape).prefault({}) as unknown as z.ZodPrefault<z.ZodType<Record<string, Record<string, unknown>>>>;
}

/** Every parameter of the habitat `landscape`. */
export const landscapeParameters = () =>
  z.strictObject({
    kind: z.literal('landscape'),
    form: parameter(z.enum(landscapeForms().map(({ id }) => id)).default('bowl'), {
      title: 'Landscape',
      description: 'Form of the fitness landscape; its parameters are under `forms`.',
      unit: '',
      live: false,
    }),
    dimensions: parameter(z.int().min(1).max(1000).default(20), {
      title: 'Loci',
      description: 'Number of loci that fitness reads. Some forms fix it.',
      unit: 'loci',
      live: false,
    }),
    forms: formParameters(),
    model: parameter(z.enum(landscapeModels).default('wright-fisher'), {
      title: 'Model of selection',
      description:
        'wright-fisher: all organisms are replaced in a tick, parents drawn by fitness. moran: in a tick one is born and one dies. annealing: one organism proposes a mutant and keeps it with a chance that depends on the gain. fixation: one mutant at a time fixes or is lost in a uniform population. population-based-training: every organism has one child, which replaces it; at intervals the children of the best replace those of the worst. The mechanism gradient-step moves them.',
      unit: '',
      live: false,
    }),
    annealing: z
      .strictObject({
        rule: parameter(z.enum(acceptanceIds).default('logistic'), {
          title: 'Acceptance rule',
          description: 'How the chance to keep a mutant depends on its gain in log fitness (model annealing).',
          unit: '',
          live: true,
        }),
        inverseTemperature: parameter(z.number().min(0.001).max(1e6).default(1), {
          title: 'Inverse temperature',
          description: 'Multiplies the gain in log fitness; large values accept only improvements (model annealing).',
          unit: '1/log fitness',
          live: true,
          step: 0.1,
        }),
      })
      .prefault({}),
    fixation: z
      .strictObject({
        size: parameter(z.int().min(2).max(1_000_000).default(100), {
          title: 'Population size',
          description: 'Size of the population in which each mutant fixes or is lost (model fixation).',
          unit: 'organisms',
          live: true,
        }),
        process: parameter(z.enum(fixationProcesses).default('wright-fisher'), {
          title: 'Process of drift',
          description: 'Generations that do not overlap, or one birth and one death at a time (model fixation).',
          unit: '',
          live: true,
        }),
        by: parameter(z.enum(['formula', 'drift']).default('formula'), {
          title: 'Mutant fate',
          description: 'By its fixation probability, or by simulating its numbers to the end (model fixation).',
          unit: '',
          live: true,
        }),
      })
      .prefault({}),
    training: z
      .strictObject({
        interval: parameter(z.int().min(1).max(1_000_000).default(20), {
          title: 'Ticks between copies',
          description:
            'Number of steps after which the worst are replaced by copies of the best (model population-based-training).',
          unit: 'ticks',
          live: true,
        }),
        share: parameter(z.number().min(0).max(0.5).default(0.2), {
          title: 'Share replaced',
          description:
            'Worst share of the learners that is replaced by children of an equally large best share (model population-based-training).',
          unit: '',
          live: true,
          step: 0.05,
        }),
      })
      .prefault({}),
    encounters: parameter(z.int().min(1).max(1000).default(8), {
      title: 'Encounters',
      description:
        'There is no distance here: wherever neighbours are needed, this many organisms are met at random; mates are met by their fitness.',
      unit: 'organisms',
      live: true,
    }),
  });

export type LandscapeParameters = z.infer<ReturnType<typeof landscapeParameters>>;

/** Every parameter of a population on a landscape. */
export const landscapePopulationParameters = ({ optionalTraits, genome }: MechanismFields) =>
  z.strictObject({
    title: parameter(z.string().max(60).default(''), {
      title: 'Display name',
      description: 'The name of this population on the page.',
      unit: '',
      live: false,
    }),
    founders: parameter(z.int().min(1).max(mostOrganisms).default(1000), {
      title: 'Organisms',
      description:
        'Organisms at tick 0, and at the end of every tick, unless some found no mate. May change during a run: at once, or one by one in the model moran. One for annealing and fixation.',
      unit: 'organisms',
      live: true,
    }),
    start: z
      .strictObject({
        mean: parameter(z.number().min(-1e4).max(1e4).default(0), {
          title: 'Start',
          description: 'Mean of every locus among the founders.',
          unit: 'locus units',
          live: false,
        }),
        deviation: parameter(z.number().min(0).max(1e4).default(0), {
          title: 'Founder deviation',
          description: 'Standard deviation of every locus among the founders.',
          unit: 'locus units',
          live: false,
        }),
      })
      .prefault({}),
    genome: z
      .strictObject({
        ploidy: ploidyParameter,
        dominance: dominanceParameter,
        ...genome,
        carries: parameter(z.array(z.enum(optionalTraits)).max(optionalTraits.length).default([]), {
          title: 'Optional loci',
          description: 'Loci beside those that fitness reads: the scale of mutations, neutral markers.',
          unit: '',
          live: false,
        }),
      })
      .prefault({}),
  });

export type LandscapePopulationParameters = z.infer<ReturnType<typeof landscapePopulationParameters>>;
