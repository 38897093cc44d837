import type { LifeRecord } from '../record/life-record.ts';

/** First parents of an organism back to its founder: aligned columns, the organism itself first. */
export interface LineOfDescent {
  readonly id: Float64Array;
  readonly birthTick: Float64Array;
  readonly generation: Float64Array;
  readonly species: Float64Array;
  readonly birthX: Float64Array;
  readonly birthY: Float64Array;
  /** 1 for those that live. */
  readonly alive: Uint8Array;
}

/** Number of the youngest ancestors that are given a place in a plane of genome space: those that a trail shows. */
const mostPlaced = 40;

/**
 * First parents of an organism back to its founder, itself first; undefined if it is not in the record.
 * @param placeOf on a landscape, the place of a whole genome in the view: these replace places of birth, as far as a trail shows them
 */
export function reportLine(
  record: LifeRecord,
  id: number,
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
    line.alive[i] = one.deathTick === null ? 1 : 0;
  }
  if (placeOf) {
    for (const [i, genome] of record.genomesOf(ids.slice(0, mostPlaced)).entries()) {
      if (genome) [line.birthX[i], line.birthY[i]] = placeOf(genome);
    }
  }
  return line;
}
