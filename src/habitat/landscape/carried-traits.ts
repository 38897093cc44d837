import type { MechanismSet } from '../../mechanisms/mechanism-set.ts';
import { type Trait, traits } from '../../population/traits.ts';

/** Standard traits that have a meaning without a body. */
const bodyless: readonly string[] = ['mutation.scale', 'marker.1', 'marker.2', 'marker.3'];

/** Traits for which a genome on a landscape may carry a locus, in the order of their loci. */
export function landscapeTraitsToCarry(mechanisms: MechanismSet): readonly Trait[] {
  return [...traits.filter(({ id }) => bodyless.includes(id)), ...mechanisms.optionalTraits()];
}

/** The traits that a scene asks for. */
export function carriedTraits(ids: readonly string[], mechanisms: MechanismSet): readonly Trait[] {
  return landscapeTraitsToCarry(mechanisms).filter(({ id }) => ids.includes(id));
}
