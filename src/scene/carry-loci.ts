import { carriedTraitsOf } from '../habitat/carried-traits.ts';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import type { Trait } from '../population/traits.ts';
import type { Scene } from './schema.ts';
import { habitatOf, mechanismsOf } from './vocabulary-of.ts';

/** Optional traits that genomes carry for a mechanism with these parameters. */
export function traitsReadBy({ reads, traits = [] }: Mechanism, parameters: object): readonly Trait[] {
  return reads?.(parameters) ?? traits;
}

/** Whether a mechanism is on in a population at tick 0, or the scene itself switches it on at some tick. */
export function isEverEnabled({ populations, changes }: Scene, population: string, mechanism: string): boolean {
  if (populations[population]?.mechanisms[mechanism]?.on) return true;
  const path = `populations.${population}.mechanisms.${mechanism}.on`;
  return changes.some((change) => change.path === path && change.value === true);
}

/**
 * The scene with `genome.carries` in full: all that any of its populations lists, and all that mechanisms read which are on at
 * some time. Done once, before the world exists, so that genomes stay the same whatever is switched later.
 */
export function carryLoci<S extends Scene>(scene: S): S {
  if (!habitatOf(scene).carriesForMechanisms) return scene;
  const mechanisms = mechanismsOf(scene);
  const carried = new Set<string>(carriedTraitsOf(scene.populations, mechanisms).map(({ id }) => id));
  for (const name of Object.keys(scene.populations)) {
    for (const mechanism of mechanisms.all()) {
      if (!isEverEnabled(scene, name, mechanism.id)) continue;
      for (const trait of traitsReadBy(mechanism, scene.populations[name].mechanisms[mechanism.id])) carried.add(trait.id);
    }
  }
  const carries = mechanisms.optionalTraitIds().filter((id) => carried.has(id));
  const populations = Object.fromEntries(
    Object.entries(scene.populations).map(([name, population]) => [
      name,
      // A list that is complete stays as written.
      carries.every((id) => population.genome.carries.includes(id))
        ? population
        : { ...population, genome: { ...population.genome, carries } },
    ]),
  );
  return { ...scene, populations };
}
