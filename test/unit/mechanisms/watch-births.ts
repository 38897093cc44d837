import { floatsNamed } from '../../../src/ecs/table.ts';
import type { Population } from '../../../src/population/population.ts';
import { traits } from '../../../src/population/traits.ts';
import type { PlaneSimulation } from '../../../src/simulation/kinds.ts';
import { ids, smallWorld } from '../engine/worlds.ts';

/** A small plane full of grass. */
export const rich = { width: 128, height: 128, grass: { capacity: 4, regrowth: 0.3, cover: 1, pattern: 'uniform' } };

/** Foragers with two parents on it, which do not mutate by default. */
export function sexualWorld(ploidy: number, mechanisms: Record<string, unknown> = {}, foragers: Record<string, unknown> = {}) {
  return smallWorld({
    habitat: rich,
    foragers: {
      founders: 300,
      genome: { ploidy },
      mechanisms: { 'sexual-reproduction': { on: true, reach: 12 }, mutation: { on: false }, ...mechanisms },
      ...foragers,
    },
  });
}

/** Whole genomes and traits of the living by id. */
export function living(population: Population) {
  const found = new Map<number, { genome: Float32Array; traits: number[]; x: number; y: number; age: number }>();
  for (const [row, id] of ids(population).entries()) {
    found.set(id, {
      genome: population.genomeOf(row),
      traits: traits.map((trait) => population.table.f32(floatsNamed(trait.id))[row]),
      x: population.table.f32('x')[row],
      y: population.table.f32('y')[row],
      age: population.table.i32('birthTick')[row],
    });
  }
  return found;
}

/** Runs a world and looks at every birth beside all organisms as they were before and after the tick. Returns the number of births. */
export function watchBirths(
  simulation: PlaneSimulation,
  ticks: number,
  look: (k: number, before: ReturnType<typeof living>, after: ReturnType<typeof living>) => void,
): number {
  const [population] = simulation.populations;
  let seen = 0;
  let before = living(population);
  for (let tick = 0; tick < ticks; tick++) {
    simulation.step();
    const after = living(population);
    const births = simulation.births(population);
    for (let k = 0; k < births.count; k++) {
      // A newborn never dies in the tick of its birth; its parents may have.
      seen++;
      look(k, before, after);
    }
    before = after;
  }
  return seen;
}

export const same = (a: Float32Array, b: Float32Array) => a.every((value, i) => value === b[i]);
