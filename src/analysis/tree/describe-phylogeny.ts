import { childCounts } from './children.ts';
import { colless } from './colless.ts';
import { componentOf } from './component-of.ts';
import { fairProportions } from './fair-proportions.ts';
import { gamma } from './gamma.ts';
import { meanPairwiseDistance } from './mean-pairwise-distance.ts';
import type { Phylogeny } from './phylogeny.ts';
import { sackin } from './sackin.ts';
import { totalBranchLength } from './total-branch-length.ts';
import type { Tree } from './tree.ts';

/** Statistics of one tree of a dated phylogeny; NaN if one is not defined. Times in ticks. */
export interface TreeFigures {
  /** Number of the line at its root. */
  readonly root: number;
  readonly tips: number;
  /** From the first branching to the present: the age of the most recent common ancestor of the tips. */
  readonly age: number;
  /** Phylogenetic diversity (Faith 1992, Biol. Conserv. 61: 1) without the stem above the first branching. */
  readonly branchLength: number;
  /** Number of the tip with the greatest evolutionary distinctiveness, by fair proportion, and that distinctiveness. */
  readonly mostDistinct: number;
  readonly distinctiveness: number;
  readonly meanPairwiseDistance: number;
  /** Sums and, as `normalised`, their distance from a Yule tree's expectation per tip. */
  readonly sackin: number;
  readonly sackinNormalised: number;
  readonly colless: number;
  readonly collessNormalised: number;
  readonly polytomies: number;
  /** NaN too if tips end at different times. */
  readonly gamma: number;
}

/** Statistics of every tree of a phylogeny, those with the most tips first. O(n log n). */
export function describePhylogeny(phylogeny: Phylogeny, present: number): TreeFigures[] {
  const figures: TreeFigures[] = [];
  for (let i = 0; i < phylogeny.count; i++) if (phylogeny.parent[i] < 0) figures.push(describeTree(phylogeny, i, present));
  return figures.sort((a, b) => b.tips - a.tips || a.root - b.root);
}

function describeTree(phylogeny: Tree, root: number, present: number): TreeFigures {
  const { tree } = componentOf(phylogeny, root);
  const counts = childCounts(tree);
  let tips = 0;
  let together = true;
  for (let i = 0; i < tree.count; i++) {
    if (counts[i] > 0) continue;
    tips++;
    if (tree.end[i] !== present) together = false;
  }
  const shares = fairProportions(tree);
  let distinct = 0;
  for (let i = 1; i < tree.count; i++) if (shares[i] > shares[distinct]) distinct = i;
  const [imbalance, pairs] = [sackin(tree), colless(tree)];
  return {
    root: tree.id[0],
    tips,
    age: tips > 1 ? present - tree.end[0] : 0,
    branchLength: totalBranchLength(tree),
    mostDistinct: tree.id[distinct],
    distinctiveness: shares[distinct],
    meanPairwiseDistance: meanPairwiseDistance(tree),
    sackin: imbalance.value,
    sackinNormalised: imbalance.normalised,
    colless: pairs.value,
    collessNormalised: pairs.normalised,
    polytomies: pairs.polytomies,
    gamma: together ? gamma(tree) : NaN,
  };
}
