import type { KernelExports } from '../kernel/generated/kernel.ts';
import type { Population } from './population.ts';

/** Lists the organisms that die in this tick and records them for observers; their rows are removed at its end (`removeDead`). */
export function die(population: Population, kernel: KernelExports): void {
  const { table, deaths } = population;
  deaths.count = kernel.collectFlagged(table.count, table.pointer('cause'), table.pointer('dying'));
  deaths.note();
}

/** Frees the rows of the dead: the last rows move into them. */
export function removeDead({ table, deaths }: Population): void {
  table.remove(table.pointer('dying'), deaths.count);
}
