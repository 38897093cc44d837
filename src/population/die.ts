import type { Kernels } from '../kernel/generated/kernel.ts';
import type { Population } from './population.ts';

/** Lists the organisms that die in this tick and records them for observers; their rows are removed at its end (`removeDead`). */
export function die(population: Population, kernel: Kernels): void {
  const { table, deaths } = population;
  deaths.count = kernel.collectFlagged({ count: table.count, flags: table.columns.cause, out: table.columns.dying });
  deaths.note();
}

/** Frees the rows of the dead: the last rows move into them. */
export function removeDead({ table, deaths }: Population): void {
  table.remove(table.columns.dying, deaths.count);
}
