import type { Habitat } from '../mechanisms/mechanism.ts';
import type { HabitatWorld, WorldMaterials } from './habitat-world.ts';
import { LandscapeWorld } from './landscape/landscape-world.ts';
import { PlaneWorld } from './plane/plane-world.ts';

/** Habitats by their kind: a new one is a line here. Scenes have been checked by the schema of their kind before they come here. */
const habitats: Readonly<Record<Habitat, (materials: never) => HabitatWorld>> = {
  plane: (materials) => new PlaneWorld(materials) as HabitatWorld,
  landscape: (materials) => new LandscapeWorld(materials) as HabitatWorld,
};

/** The part of a world that is its habitat's. @param materials of that kind of habitat */
export function makeHabitatWorld(kind: Habitat, materials: WorldMaterials): HabitatWorld {
  return habitats[kind](materials as never);
}
