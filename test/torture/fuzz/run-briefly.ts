import type { PatchesSceneParts } from '../../../src/habitat/patches/patches-world.ts';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { SceneError } from '../../../src/scene/error.ts';
import { isLandscapeScene, isPlaneScene, type Scene } from '../../../src/scene/schema.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { Change, Simulation } from '../../../src/simulation/types.ts';
import { isWorldProblem } from '../cases/verdict.ts';
import { checkFinite, checkGuards } from '../check-world.ts';

/** Ticks for which an accepted world is simulated. */
const ticks = 4;

/** Whether a world is small enough to be simulated for every case. */
export function isSmall(scene: Scene): boolean {
  const founders = Object.values(scene.populations).reduce((sum, population) => sum + population.founders, 0);
  if (founders > 300) return false;
  if (isLandscapeScene(scene)) return scene.habitat.dimensions <= 200;
  if (!isPlaneScene(scene)) return (scene as unknown as PatchesSceneParts).habitat.nodes <= 100;
  const { width, height, cell } = scene.habitat;
  return Math.ceil(width / cell) * Math.ceil(height / cell) <= 20_000;
}

/**
 * Makes the world of an accepted scene, where it is small, and simulates it for some ticks.
 * @throws {SceneError} what a world says about its own parameters
 */
export function runBriefly(scene: Scene, seed: string, changes: readonly Change[] = []): void {
  if (!isSmall(scene)) return;
  orSceneError(() => {
    const simulation = createSimulation(scene, seed);
    try {
      for (const { at, path, value } of changes) simulation.schedule(at, path, value);
      stepAndCheck(simulation);
    } finally {
      simulation.dispose();
    }
  });
}

/** Lets a world go on for some ticks under watch, and from its snapshot. */
export function stepAndCheck(simulation: Simulation): void {
  const record = new LifeRecord(simulation);
  const stop = simulation.observe(record);
  try {
    for (let tick = 0; tick < ticks && simulation.status === 'running'; tick++) {
      simulation.step();
      checkFinite(simulation);
    }
    checkGuards(simulation);
    // Takes as long as all else; the state decides for which.
    if (/[0-3]$/.test(simulation.hash())) simulation.restore(simulation.snapshot());
  } finally {
    stop();
    record.dispose();
  }
}

/** What a world itself refuses, as every refusal of a scene. */
export function orSceneError<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw isWorldProblem(error) ? new SceneError(error.message) : error;
  }
}
