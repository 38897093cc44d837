import { deathCauses } from '../../population/death-causes.ts';
import { embodiedTraits } from '../../population/resolve-traits.ts';
import { carriedTraitsOf } from '../carried-traits.ts';
import type { Habitat } from '../habitat.ts';
import type { HabitatWorld } from '../habitat-world.ts';
import { checkPatches } from './check-patches.ts';
import { patchesProbe } from './measure-patches.ts';
import { side } from './network.ts';
import { patchesParameters, patchesPopulationParameters } from './parameters.ts';
import { patchColumn } from './patch-at.ts';
import { type PatchesSceneParts, PatchesWorld } from './patches-world.ts';
import { patchSenses } from './senses.ts';

/** A network of patches with food, where organisms with bodies and policies decide to stay, eat, travel and mate. */
export const patchesHabitat: Habitat<PatchesSceneParts> = {
  kind: 'patches',
  title: 'Patches',
  description:
    'A network of patches with food. Populations have the parameters of those in the plane, except for biting and movement.',
  gives: ['policy', 'energy', 'place'],
  hands: false,
  settings: { title: 'Patches and links', rest: 'Patches' },
  parameters: () => patchesParameters,
  populationParameters: patchesPopulationParameters,
  populations: { fewest: 1, most: 4, description: 'One to four populations by name.' },
  senses: () => patchSenses,
  probes: [patchesProbe],
  traitsToCarry: ({ mechanisms }) => mechanisms.optionalTraits(),
  carriesForMechanisms: true,
  rangedTraits: ({ populations }, { mechanisms }) => embodiedTraits(carriedTraitsOf(populations, mechanisms)),
  traitsOf: ({ populations }, { mechanisms }) => ({
    traits: embodiedTraits(carriedTraitsOf(populations, mechanisms)),
    deathCauses,
  }),
  check: checkPatches,
  fixedPart({ habitat: { graph, nodes, links, grass, fruit, generations }, populations }) {
    const bodies = Object.entries(populations).map(([name, p]) => [name, p.senses, p.policy, p.genome, p.traits]);
    return [graph, nodes, links, grass.share, fruit.share, generations, bodies];
  },
  places: [patchColumn],
  view: () => ({ width: side, height: side, edge: 'water' }),
  create: (materials) => new PatchesWorld(materials) as HabitatWorld,
};
