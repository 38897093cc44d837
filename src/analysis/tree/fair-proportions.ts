import { childCounts, tipsBelow } from './children.ts';
import { checkPhylogeny } from './phylogeny.ts';
import type { Tree } from './tree.ts';

/**
 * Evolutionary distinctiveness of every tip, ticks, by fair proportion (Isaac, Turvey, Collen, Waterman & Baillie 2007, PLoS ONE 2: e296):
 * each branch between a tip and its root, the stem included, is divided evenly among the tips below it. So the tips of a forest
 * share its whole length, and the sum is its phylogenetic diversity. 0 for nodes that are not tips. O(n).
 * @experimental
 */
export function fairProportions(phylogeny: Tree): Float64Array {
  checkPhylogeny(phylogeny, 'fairProportions');
  const { count, parent, origin, end } = phylogeny;
  const counts = childCounts(phylogeny);
  const below = tipsBelow(phylogeny);
  /** Share of a tip in the branches from its root to the end of each node. */
  const share = new Float64Array(count);
  for (let i = 0; i < count; i++) share[i] = (parent[i] < 0 ? 0 : share[parent[i]]) + (end[i] - origin[i]) / below[i];
  for (let i = 0; i < count; i++) if (counts[i] > 0) share[i] = 0;
  return share;
}
