import { childCounts } from './children.ts';
import { oneRoot } from './one-root.ts';
import { checkPhylogeny } from './phylogeny.ts';
import type { Tree } from './tree.ts';

/**
 * Gamma of Pybus & Harvey (2000, Proc. R. Soc. B 267: 2267): where in time the branchings of a phylogeny of living tips lie.
 * It is its own z-score: mean 0 and variance 1 under a constant rate of branching, below -1.645 if branching slowed down.
 * A polytomy of k + 1 children counts as k branchings at one time. NaN for fewer than three tips or if all branchings
 * are at the present. O(n log n).
 *
 * Throws RangeError unless there is one root, and every tip ends at the same time: gamma needs the genealogy of the living.
 * @experimental
 */
export function gamma(phylogeny: Tree): number {
  oneRoot(phylogeny, 'gamma');
  checkPhylogeny(phylogeny, 'gamma');
  const { count, end, id } = phylogeny;
  const counts = childCounts(phylogeny);
  let present = NaN;
  let [tips, first] = [0, -1];
  for (let i = 0; i < count; i++) {
    if (counts[i] > 0) continue;
    tips++;
    if (first < 0) [first, present] = [i, end[i]];
    if (end[i] === present) continue;
    throw new RangeError(
      `gamma: tips ${id[first]} and ${id[i]} end at ${present} and ${end[i]}: gamma needs a phylogeny of lines that live at one time`,
    );
  }
  if (tips < 3) return NaN;

  const branchings = new Float64Array(tips - 1);
  let k = 0;
  for (let i = 0; i < count; i++) for (let more = counts[i] - 1; more > 0; more--) branchings[k++] = end[i];
  branchings.sort();
  // `course` is the branch length up to here, j lines wide between branchings; its mean at the inner ones is compared with half.
  let [course, sum] = [0, 0];
  for (let j = 2; j <= tips; j++) {
    course += j * ((j < tips ? branchings[j - 1] : present) - branchings[j - 2]);
    if (j < tips) sum += course;
  }
  return (sum / (tips - 2) - course / 2) / (course * Math.sqrt(1 / (12 * (tips - 2))));
}
