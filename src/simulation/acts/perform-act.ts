import type { HabitatWorld } from '../../habitat/habitat-world.ts';
import { PlaneWorld } from '../../habitat/plane/plane-world.ts';
import { readAct } from '../../scene/acts.ts';
import { SceneError } from '../../scene/error.ts';
import type { Scene } from '../../scene/schema.ts';
import { driveOrganism } from './drive-organism.ts';
import { dropFood } from './drop-food.ts';
import { editGenome } from './edit-genome.ts';
import type { InterventionResult } from './intervention.ts';
import { moveOrganism } from './move-organism.ts';
import { placeOrganisms } from './place-organisms.ts';
import { removeOrganisms } from './remove-organisms.ts';

/**
 * Performs an edit by hand. Organisms that it adds or removes appear in their population's births and deaths.
 * @throws {SceneError} if it is impossible at this tick; then nothing has been changed
 */
export function performAct(habitat: HabitatWorld, scene: Scene, path: string, value: unknown): InterventionResult {
  const read = readAct(scene, path, value);
  if (!(habitat instanceof PlaneWorld)) throw new SceneError(`${path}: editing by hand works only in plane worlds`);
  const scope = habitat;
  switch (read.act) {
    case 'food':
      return dropFood(scope, read.value);
    case 'place':
      return placeOrganisms(scope, read.value);
    case 'remove':
      return removeOrganisms(scope, read.value);
    case 'move':
      return moveOrganism(scope, read.value);
    case 'edit':
      return editGenome(scope, read.value);
    case 'drive':
      return driveOrganism(scope, read.value);
  }
}
