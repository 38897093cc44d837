import type { LifeRecord } from '../record/life-record.ts';
import type { LineOfDescent } from './protocol.ts';

/** So many of the youngest ancestors are given their place in a plane of genome space: those that a trail shows. */
const mostPlaced = 40;

/**
 * First parents of an organism back to its founder, itself first; undefined when the record does not have it.
 * @param placeOf on a landscape, where a whole genome is in the view: places of birth are then these, as far as a trail shows them
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
