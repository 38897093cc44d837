import { floatsNamed } from '../../../src/ecs/table.ts';
import type { Population } from '../../../src/population/population.ts';
import type { PlaneScene } from '../../../src/scene/schema.ts';
import { standard } from '../../../src/simulation/catalogue.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { PlaneSimulation } from '../../../src/simulation/kinds.ts';

type Json = Record<string, unknown>;

/** A small scene of foragers on grass in which organisms are born and die within some tens of ticks. */
export function smallWorld(
  {
    habitat = {},
    foragers = {},
    populations = {},
    ...rest
  }: {
    habitat?: Json;
    foragers?: Json;
    populations?: Json;
    changes?: readonly Json[];
    [key: string]: unknown;
  } = {},
  catalogue = standard,
): PlaneScene {
  return catalogue.parseScene(
    {
      version: 1,
      name: 'small',
      title: 'Small',
      habitat: {
        kind: 'plane',
        width: 96,
        height: 64,
        grass: { capacity: 1.5, regrowth: 0.05, cover: 0.6, grain: 24 },
        ...habitat,
      },
      populations: {
        foragers: {
          founders: 150,
          senses: ['grass', 'neighbours', 'underfoot', 'energy'],
          policy: { hidden: 6 },
          energy: { founder: 4, storage: 6 },
          life: { maturity: 5, span: 120 },
          mechanisms: { mutation: { on: true } },
          ...foragers,
        },
        ...populations,
      },
      ...rest,
    },
    'small.json',
  ) as PlaneScene;
}

/** Prey and predators, two of whose kinds may bite the prey. */
export function huntWorld(predators: Json = {}, more: Json = {}): PlaneScene {
  return smallWorld({
    foragers: { senses: ['grass', 'others', 'hurt'], founders: 200 },
    populations: {
      hunters: {
        founders: 60,
        senses: ['others', 'carrion', 'energy'],
        policy: { hidden: 5 },
        diet: { grass: 0, fruit: 0, carrion: 0.8 },
        bite: { targets: ['foragers'], reach: 6, damage: 3 },
        energy: { founder: 5, storage: 8 },
        life: { maturity: 5, span: 150 },
        mechanisms: { mutation: { on: true } },
        ...predators,
      },
      ...more,
    },
  });
}

/** The engine behind the interface, with what only tests look at. */
export const makeWorld = (scene: PlaneScene, seed = 'test') => createSimulation(scene, seed) as PlaneSimulation;

/** Values of a column's living rows, copied: views die with the next step. */
export function column({ table }: Population, name: string): Float32Array {
  const { values, width } = table.of(floatsNamed(name));
  return values.slice(0, table.count * width);
}

export const ids = ({ table }: Population): number[] => [...table.f64('id').subarray(0, table.count)];

/** Bytes of all state of one organism, so that organisms can be compared whatever their rows. */
export function organisms(population: Population, except: readonly string[] = []): Map<number, string> {
  const { table } = population;
  const columns = table.state.filter(({ name }) => !except.includes(name));
  const all = new Map<number, string>();
  for (const [row, id] of ids(population).entries()) {
    const parts = columns.map(({ name, rowBytes }) =>
      Buffer.from(table.bytes({ name }).subarray(row * rowBytes, (row + 1) * rowBytes)).toString('hex'),
    );
    all.set(id, parts.join(' '));
  }
  return all;
}
