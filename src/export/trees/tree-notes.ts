import type { TreeTextSummary } from './validate-newick.ts';

/**
 * Deepest tree that DendroPy and Biopython read without changed settings, in branches from root to tip. Both recurse. At
 * Python's limit of 1,000 frames DendroPy 4.5.2 reads 980 and copies 196; Biopython 1.80 reads any, walks 990, writes 329 and
 * copies 164.
 */
export const readableDepth = 300;

/** Deepest tree that ape 5.7 reads: it keeps 10,000 open brackets, and more end R with a segmentation fault. */
export const apeDepth = 9_999;

/** How other programs fail on valid trees, one line each: where they stop, and what they read wrongly. */
export function treeNotes(file: string, { deepest, chains }: TreeTextSummary): string[] {
  const notes: string[] = [];
  if (deepest > readableDepth) {
    const stop = 'DendroPy and Biopython may stop with RecursionError';
    const crash = deepest > apeDepth ? `, ape 5.7 ends R with a segmentation fault above ${apeDepth}` : '';
    notes.push(
      `${file}: a tree is ${deepest} branches deep; ${stop} above ${readableDepth}${crash}; export with --subtree-depth 150, which docs/recipes/deep-trees.py reads`,
    );
  }
  if (chains > 0) {
    const trees = chains === 1 ? '1 tree has' : `${chains} trees have`;
    notes.push(
      `${file}: ${trees} one tip at the end of a chain of nodes, where ape 5.7 reads no lengths; export without --no-collapse`,
    );
  }
  return notes;
}
