import { type ComponentKind, defineComponent } from '../../ecs/world.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { HabitatContext } from '../context.ts';
import type { Plane } from './plane.ts';
import type { Sense } from './senses.ts';
import type { DriveOrder } from './steer-driven.ts';

/** What every system of the plane may read. @experimental */
export interface PlaneContext extends HabitatContext {
  readonly plane: Plane;
  /** Senses by their ids. */
  readonly senses: ReadonlyMap<string, Sense>;
  readonly populations: readonly EmbodiedPopulation[];
  /** Factor of the season on regrowth in this tick. */
  season: number;
  /** Organisms that a person drives. */
  driven: readonly DriveOrder[];
}

export const Ground: ComponentKind<Plane> = defineComponent('ground');
export const Climate: ComponentKind<PlaneContext> = defineComponent('climate');
