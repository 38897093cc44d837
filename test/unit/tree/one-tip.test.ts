import { describe, expect, it } from 'vitest';
import type { TreeOptions } from '../../../src/export/trees/branches.ts';
import { writeNewick } from '../../../src/export/trees/newick.ts';
import { writeNexus } from '../../../src/export/trees/nexus.ts';
import { treeNotes } from '../../../src/export/trees/tree-notes.ts';
import { validateNewick } from '../../../src/export/trees/validate-newick.ts';
import { makeTree, written } from './make-tree.ts';

const alive = Infinity;
/** a bears b, which bears c, which lives; d stands alone. */
const chain = makeTree([
  [-1, 0, 3],
  [0, 2, 6],
  [1, 5, alive],
  [-1, 1, alive],
]);
const label = (node: number) => 'abcd'[node];
const ofSample: TreeOptions = { present: 9, label, tips: Uint8Array.of(0, 0, 1, 1) };
const newick = (options: Partial<TreeOptions> = {}) => written((sink) => writeNewick(chain, { ...ofSample, ...options }, sink));

describe('a tree of one tip', () => {
  it('is one branch, whose length is the whole chain: ape reads a chain of nodes without lengths', () => {
    expect(newick()).toBe('(c:9):0;\n(d:8):0;\n');
    expect(newick({ branching: 'origin' })).toBe('(c:5):0;\n(d:0):0;\n');
    expect(written((sink) => writeNexus(chain, ofSample, sink))).toContain('TREE tree1 = [&R] (c:9):0;');
  });

  it('keeps its nodes where that is asked for, with a note that ape does not read it', () => {
    const text = newick({ collapse: false });
    expect(text).toBe('((c:4)b:3)a:2;\n(d:8):0;\n');
    expect(treeNotes('x.nwk', validateNewick(text))).toEqual([
      'x.nwk: 1 tree has one tip at the end of a chain of nodes, where ape 5.7 reads no lengths; export without --no-collapse',
    ]);
    expect(treeNotes('x.nwk', validateNewick(newick()))).toEqual([]);
  });

  it('does not take nodes with a single child from trees of two tips', () => {
    const tree = makeTree([
      [-1, 0, alive],
      [0, 2, alive],
      [1, 4, alive],
    ]);
    const tips = Uint8Array.of(1, 0, 1);
    const options = { present: 9, label, tips };
    expect(written((sink) => writeNewick(tree, options, sink))).toBe('(a:7,(c:5)b:2):2;\n');
    expect(written((sink) => writeNewick(tree, { ...options, collapse: true }, sink))).toBe('(a:7,c:7):2;\n');
  });
});
