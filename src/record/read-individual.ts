import type { Individuals } from './individuals.ts';
import { chunkBits, chunkMask, flag } from './row-chunk.ts';
import { readTransfer, transfersFrom } from './transfer-runs.ts';
import type { Individual } from './types.ts';

/** Everything that is known of a row; for display, not for hot paths. */
export function readIndividual(individuals: Individuals, row: number): Individual {
  const chunk = individuals.chunks[row >> chunkBits];
  const at = row & chunkMask;
  const living = (chunk.flags[at] & flag.living) !== 0;
  const parents = chunk.firstRow[at] < 0 ? [] : [individuals.idOf(chunk.firstRow[at])];
  const shares = parents.length === 0 ? [] : [chunk.share[at]];
  if (chunk.second[at] >= 0) {
    parents.push(chunk.second[at]);
    shares.push(1 - chunk.share[at]);
  }
  return {
    id: chunk.id[at],
    population: chunk.population[at],
    parents,
    shares,
    transfers: transfersFrom(individuals.pool, chunk.transfersAt[at]).map((place) => readTransfer(individuals.pool, place)),
    founder: chunk.founder[at],
    generation: chunk.generation[at],
    birthTick: chunk.birthTick[at],
    lineTick: chunk.lineTick[at],
    deathTick: living ? null : chunk.deathTick[at],
    cause: living ? null : chunk.cause[at],
    species: chunk.species[at],
    birthX: chunk.x[at],
    birthY: chunk.y[at],
    offspring: chunk.offspring[at],
    fossil: (chunk.flags[at] & flag.fossil) !== 0,
  };
}
