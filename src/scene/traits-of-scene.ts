import { dimensionsOf } from '../habitat/landscape/dimensions-of.ts';
import { landscapeDeathCauses, landscapeTraits } from '../habitat/landscape/landscape-population.ts';
import { carriedTraitsOf } from '../habitat/plane/carried-traits.ts';
import { deathCauses } from '../population/death-causes.ts';
import { planeTraits } from '../population/resolve-traits.ts';
import type { TraitText } from '../population/traits.ts';
import { isPlaneScene, type Scene } from './schema.ts';

/** What all populations of a world have in common, known before there is a world. */
export interface WorldTraits {
  /** As `Population.traits`. */
  readonly traits: readonly TraitText[];
  /** As `Population.deathCauses`. */
  readonly deathCauses: readonly string[];
}

/** Traits and causes of death in the world of a scene. @param scene as it was at tick 0 */
export function traitsOfScene(scene: Scene): WorldTraits {
  if (isPlaneScene(scene)) return { traits: planeTraits(carriedTraitsOf(scene.populations)), deathCauses };
  // A landscape has one population.
  const [{ genome }] = Object.values(scene.populations);
  return { traits: landscapeTraits(dimensionsOf(scene.habitat), genome.carries), deathCauses: landscapeDeathCauses };
}
