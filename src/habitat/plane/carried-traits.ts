import { mechanisms } from '../../mechanisms/index.ts';
import type { Habitat } from '../../mechanisms/mechanism.ts';
import type { Trait } from '../../population/traits.ts';

/** Optional traits that genomes carry in a world of organisms with bodies: the same for all of its populations. */
export function carriedTraitsOf(
  habitat: Habitat,
  populations: Readonly<Record<string, { genome: { carries: readonly string[] } }>>,
): readonly Trait[] {
  const all = Object.values(populations);
  return mechanisms.optionalTraits(habitat).filter(({ id }) => all.some(({ genome }) => genome.carries.includes(id)));
}
