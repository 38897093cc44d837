import type { Genomes } from './genomes.ts';
import type { Individuals } from './individuals.ts';
import type { Ledgers } from './ledgers.ts';

/** Where the events of a tick are put. */
export interface Stores {
  readonly individuals: Individuals;
  readonly genomes: Genomes;
  readonly ledgers: Ledgers;
  /** Rows of the dead of the last tick. */
  readonly dead: number[];
}

/** Row of somebody who is in the record. */
export function knownRow({ individuals }: Stores, id: number): number {
  const row = individuals.rowOf(id);
  if (row < 0) throw new Error(`the record has not seen the birth of organism ${id}: it must be told of every tick`);
  return row;
}
