import { checkPhylogeny } from './phylogeny.ts';
import type { Tree } from './tree.ts';

/** Sum of the lengths of all branches, ticks; the stems above roots count only with `stems`. O(n). @experimental */
export function totalBranchLength(phylogeny: Tree, { stems = false }: { stems?: boolean } = {}): number {
  checkPhylogeny(phylogeny, 'totalBranchLength');
  const { count, parent, origin, end } = phylogeny;
  let sum = 0;
  for (let i = 0; i < count; i++) if (stems || parent[i] >= 0) sum += end[i] - origin[i];
  return sum;
}
