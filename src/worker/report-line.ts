import { columnName } from '../export/export-table.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Scene } from '../scene/schema.ts';
import { habitatOf } from '../scene/vocabulary-of.ts';

/** First parents of an organism back to its founder: aligned columns, the organism itself first. */
export interface LineOfDescent {
  readonly id: Float64Array;
  readonly birthTick: Float64Array;
  readonly generation: Float64Array;
  readonly species: Float64Array;
  readonly birthX: Float64Array;
  readonly birthY: Float64Array;
  /** What the habitat says of the place of birth beside x and y, as in exported tables; -1 for ancestors that the record has let go. */
  readonly birthPlaces: readonly { readonly name: string; readonly values: Int32Array }[];
  /** 1 for those that live. */
  readonly alive: Uint8Array;
}

/** Number of the youngest ancestors that are given a place in a plane of genome space: those that a trail shows. */
const mostPlaced = 40;

/**
 * First parents of an organism back to its founder, itself first; undefined if it is not in the record.
 * @param scene as it was at tick 0
 * @param placeOf on a landscape, the place of a whole genome in the view: these replace places of birth, as far as a trail shows them
 */
export function reportLine(
  record: LifeRecord,
  id: number,
  scene: Scene,
  placeOf?: (genome: Float32Array) => readonly [number, number],
): LineOfDescent | undefined {
  if (record.individuals.rowOf(id) < 0) return undefined;
  const ids = record.lineOf(id);
  const column = () => new Float64Array(ids.length);
  const line = {
    id: Float64Array.from(ids),
    birthTick: column(),
    generation: column(),
    species: column(),
    birthX: column(),
    birthY: column(),
    birthPlaces: (habitatOf(scene).places ?? []).map((place) => ({
      name: columnName(`birth_${place.name}`),
      values: new Int32Array(ids.length).fill(-1),
      at: place.from(scene),
    })),
    alive: new Uint8Array(ids.length),
  };
  for (const [i, ancestor] of ids.entries()) {
    const one = record.individual(ancestor);
    if (!one) continue;
    line.birthTick[i] = one.birthTick;
    line.generation[i] = one.generation;
    line.species[i] = one.species;
    line.birthX[i] = one.birthX;
    line.birthY[i] = one.birthY;
    for (const { values, at } of line.birthPlaces) values[i] = at(one.birthX, one.birthY);
    line.alive[i] = one.deathTick === null ? 1 : 0;
  }
  if (placeOf) {
    for (const [i, genome] of record.genomesOf(ids.slice(0, mostPlaced)).entries()) {
      if (genome) [line.birthX[i], line.birthY[i]] = placeOf(genome);
    }
  }
  // Functions do not go from a worker to the page.
  return { ...line, birthPlaces: line.birthPlaces.map(({ name, values }) => ({ name, values })) };
}
