// Rows for dead parents: births of the dead take the same way as those of the living.
import { develop } from './genomes.ts';
import type { Population } from './population.ts';

/** Rows behind the living, from before conception until the newborns are complete: each a dead parent, in the place and body of the organism that bears for it. */
export interface Substitutes {
  /** The first row; there are as many as hosts. */
  readonly first: number;
  /** Row of the organism that bears the child and pays for it. */
  readonly hosts: readonly number[];
  /** First tick at which the parent no longer lived. */
  readonly died: readonly number[];
}

/**
 * Lets dead organisms be the parents of some of this tick's offspring: in an entry of the column `parents` the organism about to breed gives way to a substitute for one
 * of the bank. The substitute is where its host is, and has what the host has, except for identity, genome and whatever follows from it. It has no mate.
 * @param entries places in the column `parents`, ascending
 * @param from rows of the bank, one each
 * @experimental
 */
export function reviveFor(population: Population, entries: readonly number[], from: readonly number[]): void {
  const { bank, breeders, paired } = population;
  if (!bank || entries.length === 0) return;
  const parents = [...population.table.u32('parents').subarray(0, breeders)];
  const mates = [...population.table.i32('mates').subarray(0, breeders)];
  const chosen = new Set(entries);
  const hosts = entries.map((entry) => parents[entry]);
  const others = parents.flatMap((_, entry) => (chosen.has(entry) ? [] : [entry]));
  // For the newborns too: growing keeps only living rows, and the column of parents may be longer.
  population.table.reserve(population.count + entries.length + breeders);
  const { table } = population;
  const first = table.append(entries.length);
  table.u32('parents').set([...others.map((entry) => parents[entry]), ...entries.map((_, k) => first + k)]);
  if (paired) table.i32('mates').set([...others.map((entry) => mates[entry]), ...entries.map(() => -1)]);
  for (const [k, host] of hosts.entries()) table.copyRow(host, first + k);
  bank.writeTo(first, from);
  const offspring = table.u32('offspring');
  const [born, died] = [bank.table.u32('offspring'), bank.table.i32('deathTick')];
  // One of the dead may have several hosts: each of its children has a number of its own.
  for (const [k, at] of from.entries()) offspring[first + k] = born[at]++;
  table.u32('cause').fill(0, first, first + entries.length);
  population.substitutes = { first, hosts, died: from.map((at) => died[at]) };
  develop(population, first, entries.length);
  population.copyToOwn(first, entries.length);
}

/** Takes the substitutes away, once the newborns are complete: newborns move up, so that their rows are again those behind the living. */
export function removeSubstitutes(population: Population): void {
  const { substitutes, table, births } = population;
  if (!substitutes) return;
  const { first, hosts } = substitutes;
  const rows = table.u32('ready');
  for (let k = 0; k < hosts.length; k++) rows[k] = first + k;
  table.remove(table.columns.ready, hosts.length);
  births.firstRow = first;
  // Scratch does not move with its row.
  table.u32('cause').fill(0, first, first + births.count);
  population.substitutes = undefined;
}
