import type { PopulationParameters } from './parameters.ts';
import { type Trait, traits } from './traits.ts';

/** Traits of populations in the plane whose genomes carry these optional ones, in the order of their loci. */
export function embodiedTraits(carried: readonly Trait[]): readonly Trait[] {
  return [...traits, ...carried];
}

/** The same, with the changes that a scene makes. */
export function resolveTraits(overrides: PopulationParameters['traits'], carried: readonly Trait[] = []): readonly Trait[] {
  return embodiedTraits(carried).map((trait) => ({ ...trait, ...overrides[trait.id] }));
}
