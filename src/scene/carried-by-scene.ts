import { allMechanisms } from '../mechanisms/index.ts';
import { furtherTraitIds } from '../population/further-traits.ts';
import type { PlaneScene } from './schema.ts';

/** Whether a mechanism is on in a population at tick 0, or the scene itself switches it on at some tick. */
export function everOn({ populations, changes }: PlaneScene, population: string, mechanism: string): boolean {
  if (populations[population]?.mechanisms[mechanism]?.on) return true;
  const path = `populations.${population}.mechanisms.${mechanism}.on`;
  return changes.some((change) => change.path === path && change.value === true);
}

/**
 * Further traits that genomes carry in the world of a scene of the plane: what any of its populations lists, and what the
 * mechanisms read that are on at some time. Known before there is a world, and the same whatever is switched later.
 * @param scene the scene as it was at tick 0
 */
export function carriedByScene(scene: PlaneScene): readonly string[] {
  const carried = new Set<string>();
  for (const [name, { genome }] of Object.entries(scene.populations)) {
    for (const id of genome.carries) carried.add(id);
    for (const { id, traits = [] } of allMechanisms('plane')) {
      if (everOn(scene, name, id)) for (const trait of traits) carried.add(trait);
    }
  }
  return furtherTraitIds.filter((id) => carried.has(id));
}
