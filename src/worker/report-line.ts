import type { LifeRecord } from '../record/life-record.ts';
import type { LineOfDescent } from './protocol.ts';

/** First parents of an organism back to its founder, itself first; undefined when the record does not have it. */
export function reportLine(record: LifeRecord, id: number): LineOfDescent | undefined {
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
  return line;
}
