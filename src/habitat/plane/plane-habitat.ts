import { deathCauses } from '../../population/death-causes.ts';
import { populationParameters } from '../../population/parameters.ts';
import { embodiedTraits } from '../../population/resolve-traits.ts';
import { carriedTraitsOf } from '../carried-traits.ts';
import type { Habitat } from '../habitat.ts';
import type { HabitatWorld } from '../habitat-world.ts';
import { checkPlane } from './check-plane.ts';
import { type PlaneParameters, planeParameters } from './parameters.ts';
import { type PlaneSceneParts, PlaneWorld } from './plane-world.ts';

/** A plane with ground on which food grows, where organisms with bodies and policies live on energy. */
export const planeHabitat: Habitat<PlaneSceneParts> = {
  kind: 'plane',
  title: 'Plane',
  description: 'A plane with ground on which food grows, where organisms with bodies and policies live on energy.',
  gives: ['policy', 'energy', 'place', 'demes', 'kinds'],
  hands: true,
  settings: { title: 'Ground and climate', rest: 'Ground' },
  parameters: () => planeParameters,
  populationParameters,
  populations: { fewest: 1, most: 4, description: 'One to four populations by name.' },
  senses: ({ senses }) => senses,
  traitsToCarry: ({ mechanisms }) => mechanisms.optionalTraits(),
  carriesForMechanisms: true,
  rangedTraits: ({ populations }, { mechanisms }) => embodiedTraits(carriedTraitsOf(populations, mechanisms)),
  traitsOf: ({ populations }, { mechanisms }) => ({
    traits: embodiedTraits(carriedTraitsOf(populations, mechanisms)),
    deathCauses: deathCauses,
  }),
  check: checkPlane,
  fixedPart({ habitat, populations }) {
    const food = ({ pattern, cover, grain, painting }: PlaneParameters['grass']) => [pattern, cover, grain, painting];
    const { width, height, edge, cell, reach, grass, fruit, kinds } = habitat;
    const bodies = Object.entries(populations).map(([name, p]) => [name, p.senses, p.policy, p.genome, p.traits, p.bite.targets]);
    return [width, height, edge, cell, reach, food(grass), food(fruit), [kinds.share, kinds.grain], bodies];
  },
  view: ({ habitat: { width, height, edge } }) => ({ width, height, edge }),
  create: (materials) => new PlaneWorld(materials) as HabitatWorld,
};
