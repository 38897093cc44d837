import { type ComponentKind, defineComponent } from '../ecs/world.ts';
import type { Kernels } from '../kernel/generated/kernel.ts';
import type { NearList } from '../population/near-list.ts';
import type { NeighbourGrid } from '../population/neighbour-grid.ts';
import type { Population } from '../population/population.ts';

/** What every system of any habitat may read. It lives as long as the simulation; `tick` increases. @experimental */
export interface HabitatContext {
  /** The tick in progress: 0 for the first. */
  tick: number;
  readonly kernel: Kernels;
  readonly populations: readonly Population[];
  /** Id of the next organism. */
  nextId: number;
  /** Which organisms are near each other; see `MechanismContext.nearInto`. */
  nearInto(population: Population, row: number, reach: number, out: NearList): number;
  /** See `MechanismContext.gridOf`. */
  readonly gridOf?: (population: Population) => NeighbourGrid;
  /** See `MechanismContext.gradientInto`. */
  readonly gradientInto?: (population: Population, row: number, room: (loci: number) => Float64Array) => number;
  /** See `MechanismContext.openLoci`. */
  readonly openLoci?: (population: Population, row: number) => number;
  /** See `MechanismContext.scatter`. */
  readonly scatter?: (u: number, v: number, out: Float64Array) => void;
  /** See `MechanismContext.kindAt`. */
  readonly kindAt?: (x: number, y: number) => number;
  /** See `PairContext.candidatesRepeat`. */
  readonly candidatesRepeat: boolean;
  /** Candidate mates of an organism for its `entry`-th offspring of this tick; see `PairContext.candidatesInto`. */
  candidatesInto(population: Population, row: number, entry: number, reach: number, out: NearList): number;
}

export const Organisms: ComponentKind<Population> = defineComponent('organisms');
