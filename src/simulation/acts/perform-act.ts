import type { HabitatWorld } from '../../habitat/habitat-world.ts';
import { PlaneWorld } from '../../habitat/plane/plane-world.ts';
import { readAct } from '../../scene/acts.ts';
import { SceneError } from '../../scene/error.ts';
import type { Scene } from '../../scene/schema.ts';
import { dropFood } from './drop-food.ts';
import { editGenome } from './edit-genome.ts';
import type { InterventionResult } from './intervention.ts';
import { moveOrganism } from './move-organism.ts';
import { placeOrganisms } from './place-organisms.ts';
import { removeOrganisms } from './remove-organisms.ts';

/**
 * Does what a change says is done by hand. Who thereby comes into the world or leaves it stands in its population's births and deaths.
 * @throws {SceneError} for what cannot be done at this tick; nothing has then been done
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
  }
}
