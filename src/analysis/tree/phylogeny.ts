import type { Tree } from './tree.ts';

/**
 * A dated phylogeny: a tree whose nodes are stretches of lines, each from `origin` (where it leaves its parent) to `end`
 * (where it divides, or its tip). So `origin[i] === end[parent[i]]`, all ends are finite, the length of the branch above
 * node i is `end[i] - origin[i]`, and the branch above a root is its stem.
 * @experimental
 */
export interface Phylogeny extends Tree {
  /** The node, in the tree of lines, of the line that ends or divides here. */
  readonly line: Int32Array;
}

/** Throws RangeError with one line if branches do not follow each other or an end is not finite. */
export function checkPhylogeny(tree: Tree, asks: string): void {
  for (let i = 0; i < tree.count; i++) {
    if (!Number.isFinite(tree.end[i])) {
      throw new RangeError(`${asks}: node ${i} has no end; give it the phylogeny that budding() makes of a tree of lines`);
    }
    const above = tree.parent[i];
    if (above >= 0 && tree.origin[i] !== tree.end[above]) {
      throw new RangeError(
        `${asks}: node ${i} begins at ${tree.origin[i]}, not where its parent ends (${tree.end[above]}): give it the phylogeny ` +
          'that budding() makes of a tree of lines',
      );
    }
  }
}
