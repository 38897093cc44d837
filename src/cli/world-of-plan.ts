import type { Simulation } from '../simulation/types.ts';
import type { RunPlan } from './checkpoint.ts';
import type { Io } from './io.ts';
import { worldProblem } from './world-problem.ts';

/**
 * The world of a plan at tick 0, with its changes scheduled.
 * @throws {UserError} for parameters of a landscape that do not fit each other
 */
export function makeWorld({ catalogue, threads }: Pick<Io, 'catalogue' | 'threads'>, plan: RunPlan): Simulation {
  const scene = catalogue.parseScene(plan.scene, 'scene');
  let simulation: Simulation;
  try {
    simulation = catalogue.createSimulation(scene, plan.seed, { threads });
  } catch (error) {
    throw worldProblem(error, `${scene.name}: `);
  }
  for (const { at, path, value } of plan.changes) simulation.schedule(at, path, value);
  return simulation;
}

/**
 * Makes the changes from outside at the last tick of a replayed run, or after extinction: no step comes after them. Changes
 * that a scene schedules for its last tick wait for the next one, as on the page.
 */
export function makeLastChanges({ changes }: RunPlan, simulation: Simulation): void {
  if (changes.some(({ at }) => at >= simulation.tick)) simulation.makeDueChanges();
}
