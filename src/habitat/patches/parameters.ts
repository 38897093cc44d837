import { z } from 'zod';
import { parameter } from '../../parameter/parameter.ts';
import { type MechanismFields, populationParameters } from '../../population/parameters.ts';

/** Shapes that the network can have. */
export const graphs = ['ring', 'lattice', 'star', 'complete', 'given'] as const;

/** Largest number of patches. */
export const mostPatches = 1024;

const food = (title: string, capacity: number) =>
  z
    .strictObject({
      capacity: parameter(z.number().min(0).max(100_000).default(capacity), {
        title: `${title}: capacity`,
        description: 'Energy that a patch carries when none is eaten.',
        unit: 'energy/patch',
        live: true,
        step: 1,
      }),
      regrowth: parameter(z.number().min(0).max(1).default(0.02), {
        title: `${title}: regrowth`,
        description: 'Share of the missing food that grows back in a tick.',
        unit: '1/tick',
        live: true,
        step: 0.005,
      }),
      share: parameter(z.number().min(0).max(1).default(1), {
        title: `${title}: share of patches`,
        description: 'Share of the patches on which it grows, chosen at random by the seed.',
        unit: '',
        live: false,
      }),
    })
    .prefault({});

/** Every parameter of the habitat `patches`. */
export const patchesParameters = z.strictObject({
  kind: z.literal('patches'),
  graph: parameter(z.enum(graphs).default('ring'), {
    title: 'Network',
    description:
      'How patches are linked. ring: each with its two neighbours. lattice: a square torus of side √nodes. star: all with the first. complete: each with every other. given: by links.',
    unit: '',
    live: false,
  }),
  nodes: parameter(z.int().min(2).max(mostPatches).default(16), {
    title: 'Patches',
    description: 'Nodes of the network. A lattice needs a square number.',
    unit: 'patches',
    live: false,
  }),
  links: parameter(
    z
      .array(
        z.strictObject({
          from: z
            .int()
            .min(0)
            .max(mostPatches - 1)
            .meta({ description: 'patch, counted from 0' }),
          to: z
            .int()
            .min(0)
            .max(mostPatches - 1)
            .meta({ description: 'patch at the other end' }),
          rate: z.number().gt(0).max(1).default(1).meta({ description: 'chance that an attempt to travel along it succeeds' }),
        }),
      )
      .max(20_000)
      .default([]),
    {
      title: 'Links',
      description: 'Links of the network `given`: each can be travelled in both directions.',
      unit: '',
      live: false,
    },
  ),
  rate: parameter(z.number().min(0).max(1).default(1), {
    title: 'Link rate',
    description: 'Multiplies the rates of all links: chance that an attempt to travel succeeds.',
    unit: '1/attempt',
    live: true,
    step: 0.05,
  }),
  distance: parameter(z.number().min(0.01).max(100).default(1), {
    title: 'Link length',
    description:
      'Distance travelled along a link, for its cost and its duration: in a tick an organism leaves with a chance of thrust times speed over this, at most 1.',
    unit: 'lengths',
    live: true,
    step: 0.1,
  }),
  grass: food('Grass', 40),
  fruit: food('Fruit', 0),
  generations: parameter(z.enum(['overlapping', 'separate']).default('overlapping'), {
    title: 'Generations',
    description:
      'overlapping: organisms live on energy and travel as their policies decide. separate: a tick is a generation; each patch has `size` births, parents drawn in proportion to their reserve, and newborns migrate at the rate `migration`.',
    unit: '',
    live: false,
  }),
  size: parameter(z.int().min(2).max(100_000).default(50), {
    title: 'Patch size',
    description: 'Newborns of a patch in each generation, if generations are separate.',
    unit: 'organisms',
    live: true,
  }),
  migration: parameter(z.number().min(0).max(1).default(0.01), {
    title: 'Migration',
    description: 'Chance that a newborn is carried along a link of its patch, if generations are separate.',
    unit: '1/birth',
    live: true,
    step: 0.005,
  }),
});

export type PatchesParameters = z.infer<typeof patchesParameters>;

/** What a population is here: as in the plane, but nothing bites, and distance is that of links. */
export const patchesPopulationParameters = (fields: MechanismFields) =>
  populationParameters(fields)
    .omit({ bite: true, movement: true })
    .extend({
      senses: parameter(z.array(z.string().max(60)).min(1).max(16).default(['food', 'food-ahead', 'company', 'energy']), {
        title: 'Senses',
        description: 'What the policy observes, in this order; `upslope mechanisms` lists the senses on patches.',
        unit: '',
        live: false,
      }),
    });
