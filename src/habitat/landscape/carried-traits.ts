import type { Trait, TraitId } from '../../population/traits.ts';
import { traits } from '../../population/traits.ts';

/** Traits that mean something without a body: a genome on a landscape may carry a locus for each. */
export const carriedTraitIds = ['mutation.scale', 'marker.1', 'marker.2', 'marker.3'] as const satisfies readonly TraitId[];

/** Those that a scene asks for, in the order in which traits stand everywhere. */
export function carriedTraits(ids: readonly string[]): readonly Trait[] {
  return traits.filter(({ id }) => ids.includes(id));
}
