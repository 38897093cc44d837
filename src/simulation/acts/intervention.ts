import type { PlaneContext } from '../../habitat/plane/context.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { SceneError } from '../../scene/error.ts';
import type { Notice } from '../types.ts';

/** What an act may reach. */
export interface InterventionScope {
  readonly context: PlaneContext;
  readonly populations: readonly EmbodiedPopulation[];
}

/** What was done: in words, and the organism concerned if there is exactly one. */
export type InterventionResult = Pick<Notice, 'text' | 'organism'>;

/** The population of that name, which is in the scene. */
export function populationNamed({ populations }: InterventionScope, name: string): EmbodiedPopulation {
  const found = populations.find((population) => population.name === name);
  if (!found) throw new SceneError(`there is no population '${name}' in this world`);
  return found;
}

/** Row of a living organism. @throws {SceneError} for one that does not live */
export function rowOfLiving(population: EmbodiedPopulation, id: number): number {
  const row = population.rowOf(id);
  if (row < 0) throw new SceneError(`organism ${id} of ${population.name} does not live at this tick; pick another`);
  return row;
}
