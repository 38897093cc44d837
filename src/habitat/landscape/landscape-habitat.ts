import type { Habitat, Lack, LandscapeText } from '../habitat.ts';
import type { HabitatWorld } from '../habitat-world.ts';
import { landscapeTraitsToCarry } from './carried-traits.ts';
import { checkLandscape } from './check-landscape.ts';
import { dimensionsOf } from './dimensions-of.ts';
import { landscapeForms } from './forms.ts';
import { landscapeDeathCauses, landscapeTraits } from './landscape-population.ts';
import { type LandscapeSceneParts, LandscapeWorld } from './landscape-world.ts';
import { landscapeParameters, landscapePopulationParameters } from './parameters.ts';
import { planeSide } from './plane-side.ts';

/** A mathematical landscape whose gradient is known exactly. */
export const landscapeHabitat: Habitat<LandscapeSceneParts> = {
  kind: 'landscape',
  title: 'Landscapes',
  description: 'A mathematical landscape: organisms consist of a genome alone, and log fitness is known with its gradient.',
  gives: ['demes', 'gradient', 'trials'],
  lacks({ form, model }) {
    const none = (what: Lack['what'], thing: string, models: string): Lack[] => [
      { what, text: `the model '${model}' has no ${thing}; use ${models}` },
    ];
    return [
      ...(hasOpenLoci(form)
        ? []
        : [{ what: 'trials' as const, text: `the landscape '${form}' has no open loci to try; use needle` }]),
      ...(model === 'wright-fisher' ? [] : none('demes', 'demes', 'wright-fisher')),
      ...(model === 'wright-fisher' || model === 'moran'
        ? []
        : [
            ...none('chooseMates', 'mates', 'wright-fisher or moran'),
            ...none('beforeConception', 'births that the dead could have', 'wright-fisher or moran'),
          ]),
    ];
  },
  hands: false,
  settings: { title: 'Landscape and model', rest: 'Landscape' },
  parameters: landscapeParameters,
  populationParameters: landscapePopulationParameters,
  populations: { fewest: 1, most: 1, description: 'One population by name.' },
  traitsToCarry: ({ mechanisms }) => landscapeTraitsToCarry(mechanisms),
  carriesForMechanisms: false,
  rangedTraits: () => [],
  traitsOf({ habitat, populations }, { mechanisms }) {
    const [{ genome }] = Object.values(populations);
    return { traits: landscapeTraits(dimensionsOf(habitat), genome.carries, mechanisms), deathCauses: landscapeDeathCauses };
  },
  check: (scene, _running, report) => checkLandscape(scene, report),
  // A form may fix the number of loci: it is filled in if none is given.
  complete(habitat, given) {
    if (given.dimensions === undefined) habitat.dimensions = dimensionsOf(habitat);
  },
  fixedPart({ habitat: { form, dimensions, model, forms }, populations }) {
    return [form, dimensions, model, forms[form], Object.entries(populations).map(([name, p]) => [name, p.genome, p.start])];
  },
  view: ({ habitat }) => ({ width: planeSide, height: planeSide, edge: 'wall', landscape: describe(habitat) }),
  create: (materials) => new LandscapeWorld(materials) as HabitatWorld,
};

/** Whether its loci can be left open, to be tried in life. */
const hasOpenLoci = (form: string) => form === 'needle';

function describe(habitat: LandscapeSceneParts['habitat']): LandscapeText {
  const form = landscapeForms().find(({ id }) => id === habitat.form);
  return {
    title: form?.title ?? habitat.form,
    summary: form?.summary ?? '',
    source: form?.source ?? '',
    dimensions: dimensionsOf(habitat),
    model: habitat.model,
    hasOpenLoci: hasOpenLoci(habitat.form),
  };
}
