import { isPlaneScene } from '../../../src/scene/schema.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { bytesOf, type CaseTarget } from '../cases/target.ts';
import type { Random } from '../random.ts';
import { smallScenes } from '../small-scenes.ts';
import { makeChanges, readChanges } from './changes.ts';
import { type Json, mutateJson } from './mutate-json.ts';

/** Something that can be done by hand in a world. */
function actOf(random: Random, world: Simulation): Json {
  const population = random.pick(world.populations.filter(({ count }) => count > 0));
  const { name, table, layout, ploidy } = population;
  const id = table.f64('id')[random.below(population.count)];
  const place = { x: 64 * random.share(), y: 64 * random.share() };
  const value = () => random.pick([0, 0.5, -3, 1e6, -1e6, 8 * random.share() - 4]);
  switch (random.below(7)) {
    case 0:
      return {
        path: 'acts.food',
        value: {
          ...place,
          radius: random.pick([0.1, 3, 200]),
          food: random.pick(['grass', 'fruit', 'carrion']),
          amount: random.pick([1e-9, 1, 1000]),
        },
      };
    case 1:
      return {
        path: 'acts.place',
        value: {
          population: name,
          ...place,
          spread: random.pick([0, 2, 200]),
          count: random.between(1, 20),
          reserve: random.share(),
          genome: { of: id },
        },
      };
    case 2: {
      const loci = Array.from({ length: ploidy * layout.loci.length }, value);
      return {
        path: 'acts.place',
        value: { population: name, ...place, count: random.between(1, 5), reserve: random.share(), genome: { loci } },
      };
    }
    case 3:
      return {
        path: 'acts.remove',
        value: {
          population: name,
          ids: Array.from({ length: random.between(1, 4) }, () => table.f64('id')[random.below(population.count)]),
        },
      };
    case 4:
      return { path: 'acts.move', value: { population: name, id, ...place } };
    case 5:
      return {
        path: 'acts.drive',
        value: {
          population: name,
          id,
          turn: random.pick([-1, 0, 1]),
          thrust: random.share(),
          eat: true,
          ticks: random.below(20),
        },
      };
    default:
      return {
        path: 'acts.edit',
        value: {
          population: name,
          id,
          loci: Object.fromEntries(Array.from({ length: random.between(1, 4) }, () => [random.pick(layout.loci).name, value()])),
        },
      };
  }
}

export const acts: CaseTarget = {
  name: 'acts',
  title: 'what is done by hand in worlds that live',
  extension: 'json',
  weight: 3,
  prepare() {
    const worlds = [...smallScenes().values()].filter(isPlaneScene).map((scene) => {
      const world = createSimulation(scene, 'fuzz');
      world.step(3);
      return world;
    });
    return {
      make(random) {
        const base = random.below(worlds.length);
        const list = Array.from({ length: random.between(1, 4) }, () => actOf(random, worlds[base]));
        const text = random.chance(0.4) ? JSON.stringify(list) : mutateJson(random, list);
        return bytesOf(`{"base":${base},"changes":${text}}`);
      },
      give(input) {
        const { base, changes } = readChanges(input);
        return makeChanges(worlds[base], changes);
      },
    };
  },
};
