import type { LandscapePopulation } from '../habitat/landscape/landscape-population.ts';
import type { LandscapeWorld } from '../habitat/landscape/landscape-world.ts';
import type { PlaneWorld } from '../habitat/plane/plane-world.ts';
import type { EmbodiedPopulation } from '../population/embodied-population.ts';
import { isLandscapeScene, isPlaneScene, type LandscapeScene, type PlaneScene } from '../scene/schema.ts';
import type { Simulation } from './types.ts';
import type { WorldSimulation } from './world-simulation.ts';

type Common = Omit<WorldSimulation, 'habitat' | 'populations' | 'ground' | 'scene' | 'initialScene' | 'fork'>;
type ForkOptions = Parameters<Simulation['fork']>[0];

/** A world on a landscape: `habitat.landscape` is the landscape, `habitat.logFitness` gives the fitness of its population. @experimental */
export interface LandscapeSimulation extends Common {
  readonly habitat: LandscapeWorld;
  readonly populations: readonly LandscapePopulation[];
  readonly ground: undefined;
  readonly scene: LandscapeScene;
  readonly initialScene: LandscapeScene;
  fork(options?: ForkOptions): LandscapeSimulation;
}

/** A world in the plane. @experimental */
export interface PlaneSimulation extends Common {
  readonly habitat: PlaneWorld;
  readonly populations: readonly EmbodiedPopulation[];
  readonly ground: PlaneWorld['ground'];
  readonly scene: PlaneScene;
  readonly initialScene: PlaneScene;
  fork(options?: ForkOptions): PlaneSimulation;
}

/** Whether a world is on a landscape. @experimental */
export function onLandscape(simulation: Simulation): simulation is LandscapeSimulation {
  // By its kind: an extension may bring another copy of this library, whose classes are others.
  return isLandscapeScene(simulation.scene);
}

/** Whether a world is in the plane. @experimental */
export function inPlane(simulation: Simulation): simulation is PlaneSimulation {
  return isPlaneScene(simulation.scene);
}
