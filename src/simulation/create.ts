import { standardVocabulary } from '../habitat/standard.ts';
import type { Vocabulary } from '../habitat/vocabulary.ts';
import { longestSeed, type Scene } from '../scene/schema.ts';
import { readSnapshot } from './snapshot.ts';
import type { Simulation, StepOptions } from './types.ts';
import { WorldSimulation } from './world-simulation.ts';

/**
 * A new world from a scene, at tick 0.
 * @param scene from `parseScene`
 * @param seed any text of up to 200 characters; the same scene and seed give the same world, bit for bit, for any number of threads
 * @throws {Error} if there is not enough memory
 * @public
 */
export function createSimulation(scene: Scene, seed: string, { threads }: StepOptions = {}): Simulation {
  if (seed.length > longestSeed) throw new RangeError(`seed: ${seed.length} characters; give at most ${longestSeed}`);
  return WorldSimulation.found(scene, seed, threads);
}

/**
 * A world from a snapshot.
 * @param vocabulary what its scene can name; with extensions that the snapshot names, and no others
 * @throws {SnapshotError} if the snapshot is damaged, of another version, or was made with other extensions
 * @public
 */
export function simulationFromSnapshot(
  snapshot: ArrayBuffer,
  vocabulary: Vocabulary = standardVocabulary,
  { threads }: StepOptions = {},
): Simulation {
  return WorldSimulation.fromSnapshot(readSnapshot(snapshot), vocabulary, { threads });
}
