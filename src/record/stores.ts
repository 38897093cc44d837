import type { Genomes } from './genomes.ts';
import type { Individuals } from './individuals.ts';
import type { Ledgers } from './ledgers.ts';

/** Where the events of a tick are recorded. */
export interface Stores {
  readonly individuals: Individuals;
  readonly genomes: Genomes;
  readonly ledgers: Ledgers;
  /** Rows of the dead of the last tick. */
  readonly dead: number[];
  /** Of each population, those of its dead that are in its bank: their rows by their ids. */
  readonly banked: readonly Map<number, number>[];
}

/** Row of an organism in the record. */
export function knownRow({ individuals }: Stores, id: number): number {
  const row = individuals.rowOf(id);
  if (row < 0) throw new Error(`the record has not seen the birth of organism ${id}: call afterTick after every tick`);
  return row;
}
