import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import type { Trait } from '../population/traits.ts';

/** Optional traits that genomes carry in a world of organisms with bodies: the same for all of its populations. */
export function carriedTraitsOf(
  populations: Readonly<Record<string, { genome: { carries: readonly string[] } }>>,
  mechanisms: MechanismSet,
): readonly Trait[] {
  const all = Object.values(populations);
  return mechanisms.optionalTraits().filter(({ id }) => all.some(({ genome }) => genome.carries.includes(id)));
}
