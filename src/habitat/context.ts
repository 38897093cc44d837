import { type ComponentKind, defineComponent } from '../ecs/world.ts';
import type { KernelExports } from '../kernel/generated/kernel.ts';
import type { NearList } from '../population/near-list.ts';
import type { Population } from '../population/population.ts';

/** What every system of any habitat may read. It lives as long as the simulation; `tick` counts on. */
export interface HabitatContext {
  /** The tick that is being made: 0 for the first. */
  tick: number;
  readonly kernel: KernelExports;
  readonly populations: readonly Population[];
  /** Id of the next organism. */
  nextId: number;
  /** Who is near whom, as `MechanismContext.nearInto` says it. */
  nearInto(population: Population, row: number, reach: number, out: NearList): number;
  /** As `MechanismContext.gradientInto` says it. */
  readonly gradientInto?: (population: Population, row: number, room: (loci: number) => Float64Array) => number;
  /** As `MechanismContext.openLoci` says it. */
  readonly openLoci?: (population: Population, row: number) => number;
  /** As `MechanismContext.scatter` says it. */
  readonly scatter?: (u: number, v: number, out: Float64Array) => void;
  /** As `PairContext.candidatesRepeat` says it. */
  readonly candidatesRepeat: boolean;
  /** Who might mate with an organism for its `entry`-th offspring of this tick, as `PairContext.candidatesInto` says it. */
  candidatesInto(population: Population, row: number, entry: number, reach: number, out: NearList): number;
}

export const Organisms: ComponentKind<Population> = defineComponent('organisms');
