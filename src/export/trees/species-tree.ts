import type { SpeciesHistory } from '../history.ts';
import type { DrawnHistory } from './drawn-history.ts';

/** Label of a species in all files of trees: `s12`. */
export function speciesLabel(id: number): string {
  return `s${id}`;
}

/**
 * The tree of the species of one population (by its index), or of all: a forest with one root for each first species.
 * O(species).
 */
export function speciesTree(species: SpeciesHistory, population?: number): DrawnHistory {
  const row: number[] = [];
  const node = new Int32Array(species.count).fill(-1);
  for (let i = 0; i < species.count; i++) {
    if (population === undefined || species.population[i] === population) node[i] = row.push(i) - 1;
  }
  const rows = Int32Array.from(row);
  const id = Float64Array.from(rows, (i) => species.id[i]);
  return {
    tree: {
      count: rows.length,
      parent: Int32Array.from(rows, (i) => (species.parent[i] < 0 ? -1 : node[species.parent[i]])),
      origin: Float64Array.from(rows, (i) => species.originTick[i]),
      end: Float64Array.from(rows, (i) => (Number.isNaN(species.endTick[i]) ? Infinity : species.endTick[i])),
      id,
    },
    row: rows,
    tips: undefined,
    label: (i) => speciesLabel(id[i]),
  };
}
