import type { Scene } from '../scene/schema.ts';
import { habitatOf } from '../scene/vocabulary-of.ts';

/** Finds what a habitat says of a place, beside x and y: a number for each of its columns (`Habitat.places`). */
export function placesIn(scene: Scene): (x: number, y: number) => readonly number[] {
  const finders = (habitatOf(scene).places ?? []).map((place) => place.from(scene));
  return (x, y) => finders.map((find) => find(x, y));
}
