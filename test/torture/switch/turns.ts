import fc from 'fast-check';
import { allMechanisms } from '../../../src/mechanisms/index.ts';
import type { Scene } from '../../../src/scene/schema.ts';
import type { Simulation } from '../../../src/simulation/types.ts';

/** A change of a parameter, before the step of its tick. */
export interface ParameterTurn {
  readonly at: number;
  readonly path: string;
  readonly value: unknown;
}

/** Something done by hand to one of the living, which is given by its place among them. */
export interface Touch {
  readonly at: number;
  readonly kind: 'clone' | 'outside' | 'edit' | 'move' | 'remove' | 'food';
  readonly population: string;
  readonly who: number;
  readonly x: number;
  readonly y: number;
}

/** Something that is done to a world on its way. */
export type Turn = ParameterTurn | Touch;

/** Any mechanism of a scene on or off, on more often, at any tick. */
export function switchOf(scene: Scene, ticks: number): fc.Arbitrary<Turn> {
  return fc
    .record({
      at: fc.integer({ min: 0, max: ticks - 1 }),
      population: fc.constantFrom(...Object.keys(scene.populations)),
      mechanism: fc.constantFrom(...allMechanisms(scene.habitat.kind).map(({ id }) => id)),
      value: fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, { arbitrary: fc.constant(false), weight: 1 }),
    })
    .map(({ at, population, mechanism, value }) => ({ at, path: `populations.${population}.mechanisms.${mechanism}.on`, value }));
}

/** Anything done by hand in a plane, at any tick. */
export function touchOf(scene: Scene, ticks: number): fc.Arbitrary<Turn> {
  return fc.record({
    at: fc.integer({ min: 0, max: ticks - 1 }),
    kind: fc.constantFrom('clone', 'outside', 'edit', 'move', 'remove', 'food'),
    population: fc.constantFrom(...Object.keys(scene.populations)),
    who: fc.nat(1000),
    x: fc.integer({ min: 0, max: 31 }),
    y: fc.integer({ min: 0, max: 31 }),
  });
}

/** What a touch is in a world as it is now; undefined where nothing is there for it. */
export function actOf(simulation: Simulation, { kind, population: name, who, x, y }: Touch): [string, unknown] | undefined {
  if (kind === 'food') return ['acts.food', { x, y, radius: 3, food: 'fruit', amount: 1 }];
  const population = simulation.populations.find((one) => one.name === name);
  if (!population) return undefined;
  const { layout, ploidy, count, table } = population;
  const place = { population: name, x, y, spread: 2 };
  if (kind === 'outside') {
    const loci = Array.from({ length: ploidy * layout.loci.length }, (_, i) => Math.fround(((i * 7 + who) % 13) / 13 - 0.5));
    return ['acts.place', { ...place, count: 2, genome: { loci } }];
  }
  if (count === 0) return undefined;
  const ids = table.f64('id').slice(0, count).sort();
  const id = ids[who % count];
  if (kind === 'clone') return ['acts.place', { ...place, count: 3, genome: { of: id } }];
  if (kind === 'edit')
    return ['acts.edit', { population: name, id, loci: { [layout.loci[who % layout.loci.length].name]: 0.5 } }];
  if (kind === 'move') return ['acts.move', { population: name, id, x, y }];
  return ['acts.remove', { population: name, ids: [id] }];
}
