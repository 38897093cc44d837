import type { HabitatContext } from '../context.ts';
import type { Landscape } from './landscape.ts';
import type { LandscapePopulation } from './landscape-population.ts';
import type { LandscapeParameters } from './parameters.ts';

/** What every system of a landscape may read. */
export interface LandscapeContext extends HabitatContext {
  landscape: Landscape;
  parameters: LandscapeParameters;
  readonly populations: readonly LandscapePopulation[];
}
