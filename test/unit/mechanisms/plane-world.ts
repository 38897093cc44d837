import { planeHabitat } from '../../../src/habitat/plane/plane-habitat.ts';
import { mechanisms as registered } from '../../../src/mechanisms/index.ts';
import type { EmbodiedPopulation } from '../../../src/population/embodied-population.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';

/** A small world in which nobody pays, is born or dies. */
export function still(
  mechanisms: Record<string, unknown>,
  more: Record<string, unknown> = {},
  habitat: Record<string, unknown> = {},
  seed = 'still',
) {
  const scene = parseScene(
    {
      version: 1,
      name: 'still',
      title: 'Still',
      habitat: { kind: 'plane', width: 64, height: 64, grass: { capacity: 2, cover: 1 }, ...habitat },
      populations: {
        grazers: {
          founders: 80,
          senses: ['grass', 'neighbours', 'energy'],
          policy: { hidden: 4 },
          genome: {
            carries: registered
              .of(planeHabitat.gives)
              .optionalTraits()
              .map(({ id }) => id),
          },
          energy: { founder: 4, storage: 8, living: 0, moving: 0, swiftness: 0, feeding: 0 },
          life: { maturity: 100_000, span: 100_000, accident: 0 },
          ...more,
          mechanisms,
        },
      },
    },
    'test',
  );
  return createSimulation(scene, seed);
}

export const first = (simulation: Simulation) => simulation.populations[0] as EmbodiedPopulation;
