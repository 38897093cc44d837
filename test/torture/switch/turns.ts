import fc from 'fast-check';
import type { Scene } from '../../../src/scene/schema.ts';
import { mechanismsOf } from '../../../src/scene/vocabulary-of.ts';
import type { Touch } from '../../fixtures/touch.ts';

/** A change of a parameter, before the step of its tick. */
export interface ParameterTurn {
  readonly at: number;
  readonly path: string;
  readonly value: unknown;
}

/** Something that is done to a world on its way. */
export type Turn = ParameterTurn | Touch;

/** Any mechanism of a scene on or off, on more often, at any tick. */
export function switchOf(scene: Scene, ticks: number): fc.Arbitrary<Turn> {
  return fc
    .record({
      at: fc.integer({ min: 0, max: ticks - 1 }),
      population: fc.constantFrom(...Object.keys(scene.populations)),
      mechanism: fc.constantFrom(
        ...mechanismsOf(scene)
          .all()
          .map(({ id }) => id),
      ),
      value: fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, { arbitrary: fc.constant(false), weight: 1 }),
    })
    .map(({ at, population, mechanism, value }) => ({ at, path: `populations.${population}.mechanisms.${mechanism}.on`, value }));
}
