import type { Capability } from '../population/capabilities.ts';
import type { Habitat } from './habitat.ts';
import type { HabitatWorld } from './habitat-world.ts';

/** Whether a world has what its habitat says that it gives. `demes` without places are a column, which only exists while there is migration. */
const isGiven: Readonly<Record<Capability, (world: HabitatWorld) => boolean>> = {
  policy: ({ populations }) => populations.every((population) => population.has('policy')),
  energy: ({ populations }) => populations.every((population) => population.has('energy')),
  place: ({ populations }) => populations.every((population) => population.has('place')),
  demes: ({ populations, context }) =>
    populations.every((population) => !population.has('place')) || context.scatter !== undefined,
  gradient: ({ context }) => context.gradientInto !== undefined,
  trials: ({ context }) => context.openLoci !== undefined,
  kinds: ({ context }) => context.kindAt !== undefined,
};

/**
 * Refuses a world that lacks something on which mechanisms in it rely.
 * @throws {Error} one line: habitat, and what is missing
 */
export function checkGiven({ kind, gives }: Habitat, world: HabitatWorld): void {
  const missing = gives.find((capability) => !isGiven[capability](world));
  if (missing === undefined) return;
  throw new Error(`habitat '${kind}': it lists '${missing}' in gives, which its world lacks; add it to the world, or remove it`);
}
