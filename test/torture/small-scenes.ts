import { builtInScenes } from '../../src/cli/scenes.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { Scene } from '../../src/scene/schema.ts';

type Loose = Record<string, unknown>;

/** Side of a reduced plane, lengths, and organisms that found a reduced population. */
const side = 64;
const most = 16;

/** The scenes that come with the program, by name, cut down to some dozen organisms so that a tick takes microseconds. */
export function smallScenes(): ReadonlyMap<string, Scene> {
  return new Map([...builtInScenes].map(([name, text]) => [name, parseScene(reduce(JSON.parse(text)), `small ${name}`)]));
}

/** A scene file of the same shape with a small world: what it switches and changes later, it does within some ticks. */
function reduce(scene: Loose): Loose {
  const { populations, changes = [], ...rest } = scene as { populations: Record<string, Loose>; changes?: { at: number }[] };
  const habitat = rest as { habitat: Loose };
  return {
    ...rest,
    habitat: reduceHabitat(habitat.habitat),
    populations: Object.fromEntries(
      Object.entries(populations).map(([name, population]) => [name, reducePopulation(population)]),
    ),
    changes: changes.map((change, i) => ({ ...change, at: Math.min(change.at, 2 + i) })),
  };
}

function reduceHabitat(habitat: Loose): Loose {
  if (habitat.kind === 'landscape') return habitat;
  if (habitat.kind === 'patches') return { ...habitat, nodes: 4 };
  return reducePlane(habitat);
}

function reducePlane(plane: Loose): Loose {
  const {
    width,
    height,
    cell = 4,
    reach,
    barriers = [],
  } = plane as { width: number; height: number; cell?: number; reach?: number; barriers?: Record<string, number>[] };
  const size = Math.ceil(side / cell) * cell;
  return {
    ...plane,
    width: size,
    height: size,
    ...(reach === undefined ? {} : { reach: Math.min(reach, size / 2) }),
    barriers: barriers.map(({ x, y, width: w, height: h }) => ({
      x: (x * size) / width,
      y: (y * size) / height,
      width: Math.max(1, (w * size) / width),
      height: Math.max(1, (h * size) / height),
    })),
  };
}

function reducePopulation(population: Loose): Loose {
  const {
    founders,
    capacity,
    policy,
    mechanisms = {},
  } = population as { founders?: number; capacity?: number; policy?: Loose; mechanisms?: Record<string, Loose> };
  const { migration } = mechanisms;
  return {
    ...population,
    // One at a time stays so.
    founders: Math.min(founders ?? most, most),
    ...(capacity === undefined ? {} : { capacity: Math.min(capacity, 4 * most) }),
    ...(policy === undefined ? {} : { policy: { ...policy, hidden: 3 } }),
    mechanisms: { ...mechanisms, ...(migration?.demes === undefined ? {} : { migration: { ...migration, demes: 4 } }) },
  };
}
