import type { Individuals } from './individuals.ts';
import { flag } from './row-chunk.ts';

/** Ids from an individual along first parents back to the founder of its line, itself first; empty if it is not kept. */
export function lineOf(individuals: Individuals, id: number): number[] {
  const line: number[] = [];
  for (let row = individuals.rowOf(id); row >= 0; row = individuals.firstParentOf(row)) line.push(individuals.idOf(row));
  return line;
}

/**
 * Ids, ascending, of the living that descend from an individual by first or second parents, including itself if it lives.
 * Second parents count as far as the record follows them.
 */
export function livingDescendants(individuals: Individuals, id: number): Float64Array {
  const ancestor = individuals.rowOf(id);
  if (ancestor < 0) return new Float64Array(0);
  const descends = new Uint8Array(individuals.rowsUsed);
  descends[ancestor] = 1;
  const found: number[] = individuals.has(ancestor, flag.living) ? [id] : [];
  for (const row of individuals.rowsBornAfter(individuals.birthTickOf(ancestor))) {
    const [first, second] = [individuals.firstParentOf(row), individuals.secondParentOf(row)];
    if ((first < 0 || descends[first] === 0) && (second < 0 || descends[second] === 0)) continue;
    descends[row] = 1;
    if (individuals.has(row, flag.living)) found.push(individuals.idOf(row));
  }
  return Float64Array.from(found);
}
