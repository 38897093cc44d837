import { childrenByOrigin } from './children-by-origin.ts';
import type { Tree } from './tree.ts';

/**
 * When the lines of a sample meet going back in time, as ticks before the present, ascending: one value for each pair of
 * lines that become one, so `n - roots` values, the last of which (if they have one root) is the age of the most recent
 * common ancestor. A child's line joins its parent's at the child's origin. Works on trees of lines and on phylogenies.
 * A repeated node counts once. O(n log n).
 *
 * Throws RangeError for a node outside the tree, or if lines meet after the present.
 */
export function coalescenceTimes(tree: Tree, sample: ArrayLike<number>, present: number): Float64Array {
  const { count, parent, origin } = tree;
  const sampled = new Uint8Array(count);
  const leads = new Uint8Array(count);
  for (let k = 0; k < sample.length; k++) {
    const node = sample[k];
    if (!(node >= 0 && node < count)) throw new RangeError(`coalescenceTimes: node ${node} is not in [0, ${count - 1}]`);
    sampled[node] = 1;
    for (let up = node; up >= 0 && leads[up] === 0; up = parent[up]) leads[up] = 1;
  }
  const { start, child } = childrenByOrigin(tree);
  const times = new Float64Array(count);
  let met = 0;
  for (let i = 0; i < count; i++) {
    if (leads[i] === 0) continue;
    // Back from the tip: the line carries lines of the sample from there, or from where the last of its lines left it.
    let carries = sampled[i] === 1;
    for (let k = start[i + 1] - 1; k >= start[i]; k--) {
      if (leads[child[k]] === 0) continue;
      if (carries) times[met++] = present - origin[child[k]];
      carries = true;
    }
  }
  const ages = times.slice(0, met).sort();
  if (ages[0] < 0) throw new RangeError(`coalescenceTimes: lines meet ${-ages[0]} ticks after the present (${present})`);
  return ages;
}
