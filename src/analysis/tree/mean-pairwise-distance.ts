import { tipsBelow } from './children.ts';
import { oneRoot } from './one-root.ts';
import { checkPhylogeny } from './phylogeny.ts';
import type { Tree } from './tree.ts';

/**
 * Mean patristic distance of two different tips, ticks: the length of the path along branches, over all pairs (the MPD of
 * Webb 2000, Am. Nat. 156: 145). A branch lies between the tips below it and all others, so O(n). NaN for a single tip.
 *
 * Throws RangeError unless there is exactly one root: between trees there is no path.
 * @experimental
 */
export function meanPairwiseDistance(phylogeny: Tree): number {
  oneRoot(phylogeny, 'meanPairwiseDistance');
  checkPhylogeny(phylogeny, 'meanPairwiseDistance');
  const { count, origin, end } = phylogeny;
  const below = tipsBelow(phylogeny);
  const tips = below[0];
  const pairs = (tips * (tips - 1)) / 2;
  let sum = 0;
  for (let i = 1; i < count; i++) sum += (end[i] - origin[i]) * (below[i] * (tips - below[i]));
  return sum / pairs;
}
