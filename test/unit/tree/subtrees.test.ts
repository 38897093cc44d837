import { describe, expect, it } from 'vitest';
import type { TreeOptions } from '../../../src/export/trees/branches.ts';
import { writeNewick } from '../../../src/export/trees/newick.ts';
import { writeNexus } from '../../../src/export/trees/nexus.ts';
import { writeSubtreeTable } from '../../../src/export/trees/subtree-table.ts';
import { treeNotes } from '../../../src/export/trees/tree-notes.ts';
import { validateNewick } from '../../../src/export/trees/validate-newick.ts';
import { validateNexus } from '../../../src/export/trees/validate-nexus.ts';
import { validateSubtrees } from '../../../src/export/trees/validate-subtrees.ts';
import { caterpillar, makeTree, written } from './make-tree.ts';

const alive = Infinity;
const label = (node: number) => `o${node}`;
/** 0 bears 1 bears 2 bears 3, a tick after each other; 4 stands alone. */
const family = makeTree([
  [-1, 10, alive],
  [0, 11, alive],
  [1, 12, alive],
  [2, 13, 14],
  [-1, 5, 7],
]);
const cut = (subtreeDepth: number, tree = family, present = 20): TreeOptions & { subtreeDepth: number } => ({
  present,
  label,
  subtreeDepth,
  tips: new Uint8Array(tree.count).fill(1),
});
const newick = (depth: number) => written((sink) => writeNewick(family, cut(depth), sink));
const table = (depth: number) => written((sink) => writeSubtreeTable(family, cut(depth), sink));
const head = 'subtree,tree,parent,start_tick,depth,tips,subtrees\n';

/** Checks a table against a Newick file of subtrees. */
const check = (rows: string, text: string) =>
  validateSubtrees('x.subtrees.csv', () => [new TextEncoder().encode(rows)], [
    { name: 'x.subtrees.nwk', check: (visitor) => void validateNewick(text, visitor) },
  ]);

describe('subtrees', () => {
  it('are cut where a tree is as deep as allowed, and joined by the label of a tip', () => {
    expect(newick(2)).toBe('(o0:9,(o1:8,subtree2:1):1):1;\n(o2:7,o3:1):0;\n(o4:2):0;\n');
    expect(newick(1)).toBe('(o0:9,subtree2:1):1;\n(o1:8,subtree3:1):0;\n(o2:7,o3:1):0;\n(o4:2):0;\n');
    expect(newick(3)).toBe(written((sink) => writeNewick(family, { present: 20, label }, sink)));
  });

  it('come with a table of where they begin', () => {
    expect(table(1)).toBe(`${head}1,1,,10,1,1,1\n2,1,1,12,1,1,1\n3,1,2,13,1,2,0\n4,2,,5,1,1,0\n`);
    expect(check(table(1), newick(1))).toBe(4);
    expect(check(table(3), newick(3))).toBe(2);
  });

  it('are trees of these names in NEXUS', () => {
    const text = written((sink) => writeNexus(family, cut(1), sink));
    expect(text).toContain('  TREE subtree2 = [&R] (o1:8,subtree3:1):0;\n');
    expect(validateNexus(text)).toMatchObject({ trees: 4, tips: 7, deepest: 1 });
  });

  it('are one branch each where a chain is cut', () => {
    const chain = { ...cut(2), tips: Uint8Array.of(0, 0, 0, 1, 1), branching: 'origin' as const };
    expect(written((sink) => writeNewick(family, chain, sink))).toBe('(subtree2:2):0;\n(o3:2):0;\n(o4:2):0;\n');
  });

  it.each([
    [`${head}1,1,,10,1,1,1\n`, 'x.subtrees.nwk: subtree2 has no row in x.subtrees.csv'],
    [`${table(1)}5,3,,5,1,1,0\n`, 'has 5 rows, but x.subtrees.nwk has 4 trees'],
    [table(1).replace('2,1,1,12', '2,1,1,13'), 'line 3: start_tick is 13, but its tip ends at 12 in x.subtrees.nwk'],
    [table(1).replace('3,1,2,13', '3,1,1,13'), 'line 3: subtree3 is a tip of tree 2, which is not its parent'],
    [table(1).replace('3,1,2,13', '3,2,,13'), 'line 5: tree is 2, but 3 is next'],
    [table(1).replace('2,1,1,12', '2,1,2,12'), 'line 3: parent is 2, which is not a subtree before it'],
    [table(1).replace('1,1,,10,1,1,1', '1,1,,10,2,1,1'), 'line 2: depth is 2, but it is 1'],
    [table(1).replace('1,1,,10,1,1,1', '1,1,,10,1,2,1'), 'line 2: tips is 2, but there are 1'],
    [table(1).replace('1,1,,10,1,1,1', '1,1,,10,1,1,0'), 'line 2: subtrees is 0, but there are 1'],
    [table(1).replace('4,2,', '5,2,'), 'line 5: subtree is 5, but 4 is next'],
    [table(1).replace('start_tick', 'start'), "has no column 'start'"],
  ])('are refused with another table', (rows, message) => {
    expect(() => check(rows, newick(1))).toThrow(message);
  });

  it.each([6_000, 100_000])('of a line of %i are no deeper than asked and add up to the tree', (count) => {
    const deep = caterpillar(count);
    const options = cut(150, deep, count);
    const whole = validateNewick(written((sink) => writeNewick(deep, { present: count, label }, sink)));
    expect(treeNotes('x', whole)[0]).toContain(`a tree is ${count - 1} branches deep; DendroPy`);
    const text = written((sink) => writeNewick(deep, options, sink));
    const summary = validateNewick(text);
    const pieces = Math.ceil((count - 1) / 150);
    expect(summary).toMatchObject({ trees: pieces, tips: count + pieces - 1, deepest: 150 });
    expect(treeNotes('x', summary)).toEqual([]);
    expect(
      check(
        written((sink) => writeSubtreeTable(deep, options, sink)),
        text,
      ),
    ).toBe(pieces);
  });
});
