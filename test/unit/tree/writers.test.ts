import { describe, expect, it } from 'vitest';
import type { TreeOptions } from '../../../src/export/trees/branches.ts';
import { writeExtendedNewick } from '../../../src/export/trees/extended-newick.ts';
import { writeNewick } from '../../../src/export/trees/newick.ts';
import { writeNexus } from '../../../src/export/trees/nexus.ts';
import { parseNewick } from '../../../src/export/trees/parse-newick.ts';
import { validateExtendedNewick } from '../../../src/export/trees/validate-extended-newick.ts';
import { validateNewick } from '../../../src/export/trees/validate-newick.ts';
import { validateNexus } from '../../../src/export/trees/validate-nexus.ts';
import { caterpillar, makeTree, written } from './make-tree.ts';

const alive = Infinity;
/** a bears b at 2 and d at 6; b bears c at 4 and ends at 9; e stands alone and ended. */
const family = makeTree([
  [-1, 0, alive],
  [0, 2, 9],
  [1, 4, alive],
  [0, 6, alive],
  [-1, 1, 7],
]);
const label = (node: number) => 'abcde'[node];
const newick = (options: Partial<TreeOptions> = {}, tree = family) =>
  written((sink) => writeNewick(tree, { present: 10, label, ...options }, sink));

describe('Newick', () => {
  it('by budding: every line has its tip where it ended, or at the present', () => {
    expect(newick()).toBe('((a:4,d:4):4,(b:5,c:6):2):2;\n(e:6):0;\n');
  });

  it('by origin: nodes are lines at their origins', () => {
    // c and d live, so they end at their own origins; a has a tip of length 0 for it lives; e is drawn to its end.
    expect(newick({ branching: 'origin' })).toBe('((c:2)b:2,d:6,a:0):0;\n(e:6):0;\n');
    expect(newick({ branching: 'origin', collapse: true })).toBe('(c:4,d:6,a:0):0;\n(e:6):0;\n');
  });

  it('of a sample: only sampled lines have tips', () => {
    const tips = Uint8Array.of(0, 0, 1, 1, 1);
    expect(newick({ tips })).toBe('((d:4)a:4,(c:6)b:2):2;\n(e:6):0;\n');
    expect(newick({ tips, collapse: true })).toBe('(d:8,c:8):2;\n(e:6):0;\n');
    expect(newick({ tips: Uint8Array.of(1, 0, 1, 1, 1), branching: 'origin' })).toBe('((c:2)b:2,d:6,a:0):0;\n(e:6):0;\n');
  });

  it('children that leave together make a polytomy', () => {
    const tree = makeTree([
      [-1, 0, alive],
      [0, 3, alive],
      [0, 3, 4],
    ]);
    expect(newick({}, tree)).toBe('(a:7,b:7,c:1):3;\n');
  });

  it('a line that leaves at the end, or at the origin, of its parent has branches of length 0', () => {
    const tree = makeTree([
      [-1, 5, 8],
      [0, 5, 6],
      [0, 8, alive],
    ]);
    expect(newick({}, tree)).toBe('((a:0,c:2):3,b:1):0;\n');
  });

  it('writes ids where no labels are given, and refuses what readers trip over', () => {
    expect(newick({ label: undefined }, makeTree([[-1, -4, 2]]))).toBe('(0:6):0;\n');
    for (const bad of ['', 'a b', "a'b", 'a:b', 'ä', 'a#H1']) {
      expect(() => newick({ label: () => bad })).toThrow(`label ${JSON.stringify(bad)} of node 0`);
    }
    expect(() => newick({}, makeTree([]))).toThrow('Newick: no line to write');
    expect(() => newick({}, makeTree([[-1, 3, 2]]))).toThrow('node 0 ends at 2, before its origin at 3');
  });
});

describe('NEXUS', () => {
  it('has a block of taxa and one of rooted trees', () => {
    const text = written((sink) => writeNexus(family, { present: 10, label }, sink));
    expect(text).toBe(
      [
        '#NEXUS',
        'BEGIN TAXA;',
        '  DIMENSIONS NTAX=5;',
        '  TAXLABELS',
        '    a',
        '    b',
        '    c',
        '    d',
        '    e',
        '  ;',
        'END;',
        'BEGIN TREES;',
        '  TREE tree1 = [&R] ((a:4,d:4):4,(b:5,c:6):2):2;',
        '  TREE tree2 = [&R] (e:6):0;',
        'END;',
        '',
      ].join('\n'),
    );
    expect(validateNexus(text)).toMatchObject({ trees: 2, tips: 5, nodes: 9 });
  });
});

describe('extended Newick', () => {
  const extended = (rows: readonly (readonly [line: number, from: number, tick: number, kind: number])[]) =>
    written((sink) =>
      writeExtendedNewick(
        family,
        {
          count: rows.length,
          line: Int32Array.from(rows, ([line]) => line),
          from: Int32Array.from(rows, ([, from]) => from),
          tick: Float64Array.from(rows, ([, , tick]) => tick),
          kind: Uint8Array.from(rows, ([, , , kind]) => kind),
        },
        { present: 10, label },
        sink,
      ),
    );

  it('without reticulations is the Newick of the same trees', () => {
    expect(extended([])).toBe(newick());
  });

  it('a line with two parents hangs on both of theirs at its origin', () => {
    const text = extended([[2, 0, 4, 0]]);
    expect(text).toBe('((c.birth#H1:0,(a:4,d:4):2):2,(b:5,(c:6)c.birth#H1:0):2):2;\n(e:6):0;\n');
    expect(validateExtendedNewick(text)).toMatchObject({ trees: 2, tips: 5, nodes: 12, hybrids: 1 });
  });

  it('a transfer is a node of the recipient at its tick, before what it bears then', () => {
    expect(extended([[0, 2, 6, 1]])).toBe('(((a:4,d:4):0)a.transfer6#H1:4,(b:5,(a.transfer6#H1:0,c:4):2):2):2;\n(e:6):0;\n');
  });

  it('a merged line has its tip, and hangs on the line that it merged into', () => {
    expect(extended([[0, 1, 9, 2]])).toContain('b.merge#H1');
    expect(validateExtendedNewick(extended([[0, 1, 9, 2]]))).toMatchObject({ tips: 5, hybrids: 1 });
  });

  it('trees that hang together have one root, at the earliest origin', () => {
    const text = extended([[4, 0, 5, 1]]);
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text).toContain('(e:2)e.transfer5#H1:5');
    expect(validateExtendedNewick(text)).toMatchObject({ trees: 1, tips: 5 });
  });

  it('two that give each other genes at one tick do so before they take them', () => {
    const text = extended([
      [0, 1, 5, 1],
      [1, 0, 5, 1],
    ]);
    expect(validateExtendedNewick(text)).toMatchObject({ hybrids: 2 });
  });

  it('refuses a reticulation out of time', () => {
    expect(() => extended([[2, 0, 3, 1]])).toThrow('reticulation 0 at 3 is not within line 2, from 4 to 10');
  });
});

describe('100,000 lines, each a child of the one before', () => {
  const deep = caterpillar(100_000);
  const options: TreeOptions = { present: 100_000, label: (node) => `o${node}` };

  it('are written, read and found right', () => {
    const text = written((sink) => writeNewick(deep, options, sink));
    expect(validateNewick(text)).toMatchObject({ trees: 1, tips: 100_000, nodes: 199_999 });
    expect(parseNewick(text).phylogeny.end.reduce((a, b) => Math.max(a, b))).toBe(100_000);
    expect(validateNewick(written((sink) => writeNewick(deep, { ...options, branching: 'origin' }, sink))).tips).toBe(100_000);
    expect(validateNexus(written((sink) => writeNexus(deep, options, sink))).tips).toBe(100_000);
    const line = Int32Array.from({ length: 99_998 }, (_, i) => i + 2);
    const second = {
      count: line.length,
      line,
      from: line.map((i) => i - 2),
      tick: Float64Array.from(line),
      kind: new Uint8Array(line.length),
    };
    expect(validateExtendedNewick(written((sink) => writeExtendedNewick(deep, second, options, sink)))).toMatchObject({
      tips: 100_000,
      hybrids: 99_998,
    });
  });
});
