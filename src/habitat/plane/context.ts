import type { EcsEntity } from '../../ecs/world.ts';
import { type ComponentKind, defineComponent } from '../../ecs/world.ts';
import type { KernelExports } from '../../kernel/generated/kernel.ts';
import type { Population } from '../../population/population.ts';
import type { Plane } from './plane.ts';

/** What every system of the plane may read. It lives as long as the simulation; `tick` counts on. */
export interface PlaneContext {
  /** The tick that is being made: 0 for the first. */
  tick: number;
  readonly kernel: KernelExports;
  readonly plane: Plane;
  readonly populations: readonly Population[];
  /** Id of the next organism. */
  nextId: number;
  /** Factor of the season on regrowth in this tick. */
  season: number;
}

export const Organisms: ComponentKind<Population> = defineComponent('organisms');
export const Ground: ComponentKind<Plane> = defineComponent('ground');
export const Climate: ComponentKind<PlaneContext> = defineComponent('climate');

/** The populations behind entities. */
export function populationsOf(entities: readonly EcsEntity[]): Population[] {
  return entities.map((entity) => entity.get(Organisms));
}
