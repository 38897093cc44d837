import { mechanisms } from '../../mechanisms/index.ts';
import type { Trait } from '../../population/traits.ts';

/** Optional traits that genomes carry in a world of the plane: the same for all of its populations. */
export function carriedTraitsOf(
  populations: Readonly<Record<string, { genome: { carries: readonly string[] } }>>,
): readonly Trait[] {
  const all = Object.values(populations);
  return mechanisms.optionalTraits('plane').filter(({ id }) => all.some(({ genome }) => genome.carries.includes(id)));
}
