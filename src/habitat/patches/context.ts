import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import type { HabitatContext } from '../context.ts';
import type { Patches } from './patches.ts';

/** What every system of patches may read. */
export interface PatchesContext extends HabitatContext {
  readonly patches: Patches;
  readonly populations: readonly EmbodiedPopulation[];
}
