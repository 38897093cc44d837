import type { PopulationParameters } from '../population/parameters.ts';
import { traits } from '../population/traits.ts';
import type { TraitText } from './protocol.ts';

/** The traits of a population with the ranges that its scene gives them. */
export function traitRanges(parameters: PopulationParameters): TraitText[] {
  return traits.map((trait) => {
    const own = parameters.traits[trait.id];
    return {
      id: trait.id,
      title: trait.title,
      unit: trait.unit,
      minimum: own?.minimum ?? trait.minimum,
      maximum: own?.maximum ?? trait.maximum,
    };
  });
}
