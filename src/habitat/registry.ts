import type { Habitat as HabitatKind } from '../mechanisms/mechanism.ts';
import type { Habitat } from './habitat.ts';
import { landscapeHabitat } from './landscape/landscape-habitat.ts';
import { patchesHabitat } from './patches/patches-habitat.ts';
import { planeHabitat } from './plane/plane-habitat.ts';

/** Habitats by their kind: a new one needs a line here, and a kind in `mechanism.ts`. */
const habitats: Readonly<Record<HabitatKind, Habitat>> = {
  plane: planeHabitat as Habitat<never> as Habitat,
  landscape: landscapeHabitat as Habitat<never> as Habitat,
  patches: patchesHabitat as Habitat<never> as Habitat,
};

export const habitatKinds = Object.keys(habitats) as readonly HabitatKind[];

export function habitatOf(kind: HabitatKind): Habitat {
  return habitats[kind];
}
