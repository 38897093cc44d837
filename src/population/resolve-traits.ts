import { furtherTraits } from './further-traits.ts';
import type { PopulationParameters } from './parameters.ts';
import { type Trait, traits } from './traits.ts';

/** Traits of populations in the plane whose genomes carry these further ones, in the order of their loci. */
export function planeTraits(carries: readonly string[]): readonly Trait[] {
  return [...traits, ...furtherTraits.filter(({ id }) => carries.includes(id))];
}

/** The same with what a scene says differently. */
export function resolveTraits(overrides: PopulationParameters['traits'], carries: readonly string[] = []): readonly Trait[] {
  return planeTraits(carries).map((trait) => ({ ...trait, ...overrides[trait.id] }));
}
