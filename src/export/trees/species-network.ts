import type { SpeciesHistory } from '../history.ts';
import type { DrawnHistory } from './drawn-history.ts';
import { type Reticulations, reticulationKinds } from './reticulations.ts';
import { speciesTree } from './species-tree.ts';

/** The tree of species with its mergers: the line of a merged species ends in the species that it merged into. */
export function speciesNetwork(
  species: SpeciesHistory,
  population?: number,
): DrawnHistory & { readonly reticulations: Reticulations } {
  const drawn = speciesTree(species, population);
  const node = new Int32Array(species.count).fill(-1);
  for (const [i, row] of drawn.row.entries()) node[row] = i;
  const merged = drawn.row.filter((row) => species.mergedInto[row] >= 0 && node[species.mergedInto[row]] >= 0);
  return {
    ...drawn,
    reticulations: {
      count: merged.length,
      line: merged.map((row) => node[species.mergedInto[row]]),
      from: merged.map((row) => node[row]),
      tick: Float64Array.from(merged, (row) => species.endTick[row]),
      kind: new Uint8Array(merged.length).fill(reticulationKinds.indexOf('merge')),
    },
  };
}
