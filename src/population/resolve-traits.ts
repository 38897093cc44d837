import type { TraitRange } from '../genome/layout.ts';
import type { PopulationParameters } from './parameters.ts';
import { traits } from './traits.ts';

/** The standard traits with what a scene says differently. */
export function resolveTraits(overrides: PopulationParameters['traits']): readonly TraitRange[] {
  return traits.map((trait) => ({ ...trait, ...overrides[trait.id] }));
}
