import { longestSeed, type Scene } from '../scene/schema.ts';
import { readSnapshot } from './snapshot.ts';
import type { Simulation } from './types.ts';
import { WorldSimulation } from './world-simulation.ts';

/**
 * A new world from a scene, at tick 0.
 * @param scene as `parseScene` returns it
 * @param seed any text of up to 200 characters; the same scene and seed give the same world, to the bit
 * @throws {Error} when there is no memory for it
 * @public
 */
export function createSimulation(scene: Scene, seed: string): Simulation {
  if (seed.length > longestSeed) throw new RangeError(`seed: ${seed.length} characters; give at most ${longestSeed}`);
  return WorldSimulation.found(scene, seed);
}

/**
 * A world as a snapshot describes it.
 * @throws {SnapshotError} when the snapshot is damaged or of another version
 * @public
 */
export function simulationFromSnapshot(snapshot: ArrayBuffer): Simulation {
  return WorldSimulation.fromSnapshot(readSnapshot(snapshot));
}
