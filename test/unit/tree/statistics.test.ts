import { describe, expect, it } from 'vitest';
import { budding } from '../../../src/analysis/tree/budding.ts';
import { checkTree } from '../../../src/analysis/tree/check-tree.ts';
import { coalescenceTimes } from '../../../src/analysis/tree/coalescence-times.ts';
import { colless, expectedColless } from '../../../src/analysis/tree/colless.ts';
import { commonAncestor, commonAncestors } from '../../../src/analysis/tree/common-ancestor.ts';
import { depths } from '../../../src/analysis/tree/depths.ts';
import { gamma } from '../../../src/analysis/tree/gamma.ts';
import { genealogyOf } from '../../../src/analysis/tree/genealogy-of.ts';
import { lineagesThroughTime } from '../../../src/analysis/tree/lineages-through-time.ts';
import { meanPairwiseDistance } from '../../../src/analysis/tree/mean-pairwise-distance.ts';
import { expectedSackin, sackin } from '../../../src/analysis/tree/sackin.ts';
import { totalBranchLength } from '../../../src/analysis/tree/total-branch-length.ts';
import { caterpillar, makeTree } from './make-tree.ts';

const alive = Infinity;
/** Line 0 bears 1 at 2 and 3 at 6; 1 bears 2 at 4 and ends at 9. The present is 10. */
const family = makeTree([
  [-1, 0, alive],
  [0, 2, 9],
  [1, 4, alive],
  [0, 6, alive],
]);
const present = 10;

describe('a small family', () => {
  const phylogeny = budding(family, { present });

  it('becomes a phylogeny whose nodes are where children leave', () => {
    const rows = Array.from({ length: phylogeny.count }, (_, i) => [
      phylogeny.line[i],
      phylogeny.parent[i],
      phylogeny.origin[i],
      phylogeny.end[i],
    ]);
    expect(rows).toEqual([
      [0, -1, 0, 2],
      [0, 0, 2, 6],
      [0, 1, 6, 10],
      [1, 0, 2, 4],
      [1, 3, 4, 9],
      [2, 3, 4, 10],
      [3, 1, 6, 10],
    ]);
  });

  it('has these statistics by hand', () => {
    expect([...coalescenceTimes(family, [0, 1, 2, 3], present)]).toEqual([4, 6, 8]);
    expect([...coalescenceTimes(family, [2, 3, 3], present)]).toEqual([8]);
    expect([...coalescenceTimes(family, [2], present)]).toEqual([]);
    expect(totalBranchLength(phylogeny)).toBe(4 + 4 + 2 + 5 + 6 + 4);
    expect(totalBranchLength(phylogeny, { stems: true })).toBe(27);
    // Pairs 0-1, 0-2, 0-3, 1-2, 1-3, 2-3.
    expect(meanPairwiseDistance(phylogeny)).toBeCloseTo((15 + 16 + 8 + 11 + 15 + 16) / 6, 12);
    expect(lineagesThroughTime(phylogeny, present)).toEqual({
      time: Float64Array.of(0, 2, 4, 6, 9),
      lines: Int32Array.of(1, 2, 3, 4, 3),
    });
    expect(lineagesThroughTime(family)).toEqual(lineagesThroughTime(phylogeny, present));
    expect(colless(phylogeny)).toEqual({ tips: 4, value: 0, expected: 2, normalised: -0.5, polytomies: 0 });
    expect(sackin(phylogeny)).toMatchObject({ tips: 4, value: 8 });
    expect([...depths(phylogeny)]).toEqual([0, 1, 2, 1, 2, 2, 2]);
    expect(commonAncestor(phylogeny, [2, 6])).toBe(1);
    expect(commonAncestor(phylogeny, [5, 2, 6])).toBe(0);
    expect(commonAncestor(family, [2, 1])).toBe(1);
  });

  it('has the genealogy of its living without the line that ended', () => {
    const columns = {
      count: 4,
      id: family.id,
      firstParent: family.parent,
      birthTick: family.origin,
      deathTick: Float64Array.of(NaN, 9, NaN, NaN),
    };
    const { tree, sampled, row } = genealogyOf(columns, [2, 3], { collapse: true, cut: true });
    expect([...row]).toEqual([0, 2, 3]);
    expect([...tree.origin]).toEqual([0, 2, 6]);
    const living = budding(tree, { present, tips: sampled });
    expect([...living.end]).toEqual([2, 10, 10]);
    expect([...living.line]).toEqual([0, 1, 2].map((i) => [0, 2, 1][i]).sort((a, b) => a - b));
  });
});

describe('indices of imbalance', () => {
  const comb = (n: number) => budding(caterpillar(n), { present: n });

  it.each([2, 3, 10, 57])('a caterpillar of %d tips has the largest', (n) => {
    expect(colless(comb(n)).value).toBe(((n - 1) * (n - 2)) / 2);
    expect(sackin(comb(n)).value).toBe((n * (n + 1)) / 2 - 1);
  });

  it('a symmetric tree has the least, a star too', () => {
    const balanced = { count: 31, parent: Int32Array.from({ length: 31 }, (_, i) => (i === 0 ? -1 : (i - 1) >> 1)) };
    expect(colless(balanced)).toMatchObject({ tips: 16, value: 0, polytomies: 0 });
    expect(sackin(balanced).value).toBe(64);
    const star = { count: 6, parent: Int32Array.of(-1, 0, 0, 0, 0, 0) };
    expect(colless(star)).toMatchObject({ tips: 5, value: 0, polytomies: 1 });
    expect(sackin(star).value).toBe(5);
  });

  it('the expectations are those of the Yule trees of up to four tips, counted', () => {
    // Of four tips two in three are caterpillars: Colless 3 and Sackin 9, else 0 and 8.
    expect([1, 2, 3, 4].map(expectedColless)).toEqual([0, 0, 1, 2]);
    expect(expectedSackin(4)).toBeCloseTo((2 * 9 + 8) / 3, 12);
    expect(expectedSackin(1)).toBe(0);
  });

  it('single children are no branchings', () => {
    const unary = { count: 6, parent: Int32Array.of(-1, 0, 1, 1, 2, 3) };
    expect(sackin(unary).value).toBe(2);
    expect(colless(unary).value).toBe(0);
  });
});

describe('gamma', () => {
  it('of three tips with two lines for 2 ticks and three for 1 is (4 - 7/2) / (7 / sqrt 12)', () => {
    const three = makeTree([
      [-1, 0, alive],
      [0, 0, alive],
      [1, 2, alive],
    ]);
    expect(gamma(budding(three, { present: 3 }))).toBeCloseTo(0.5 / (7 / Math.sqrt(12)), 12);
  });

  it('refuses tips of different times', () => {
    expect(() => gamma(budding(family, { present }))).toThrow('gamma: tips 0 and 1 end at 10 and 9');
  });
});

describe('100,000 lines, each a child of the one before', () => {
  const deep = caterpillar(100_000);
  const n = deep.count;

  it('is no deeper than the statistics can go', () => {
    checkTree(deep);
    const phylogeny = budding(deep, { present: n });
    expect(colless(phylogeny).value).toBe(((n - 1) * (n - 2)) / 2);
    expect(depths(phylogeny)[phylogeny.count - 1]).toBe(n - 1);
    expect(commonAncestors(deep)(n - 1, 5)).toBe(5);
    expect(coalescenceTimes(deep, [0, n - 1], n)[0]).toBe(n - 1);
    expect(meanPairwiseDistance(phylogeny)).toBeGreaterThan(0);
    // Lines grow by one a tick, which is far slower than in proportion to their number.
    expect(gamma(phylogeny)).toBeLessThan(-100);
    const columns = {
      count: n,
      id: deep.id,
      firstParent: deep.parent,
      birthTick: deep.origin,
      deathTick: new Float64Array(n).fill(NaN),
    };
    expect(genealogyOf(columns, [n - 1], { collapse: true }).tree.count).toBe(1);
    expect(genealogyOf(columns, [n - 1]).tree.count).toBe(n);
  });
});

describe('wrong input', () => {
  it.each([
    [[[0, 0, 1]], 'parent of node 0 is 0, which is not in [-1, -1]'],
    [
      [
        [-1, 0, 1],
        [1, 0, 1],
      ],
      'parent of node 1 is 1, which is not in [-1, 0]',
    ],
    [[[-1, NaN, 1]], 'origin of node 0 is NaN, not a tick'],
    [[[-1, 3, 1]], 'node 0 ends at 1, before its origin at 3'],
    [[[-1, 3, NaN]], 'node 0 ends at NaN, before its origin at 3'],
    [
      [
        [-1, 3, 4],
        [0, 2, 4],
      ],
      'node 1 begins at 2, before its parent 0 at 3',
    ],
  ] as const)('%j: %s', (rows, message) => {
    expect(() => checkTree(makeTree(rows))).toThrow(message);
  });

  it('is named by every statistic that asks for something', () => {
    const two = makeTree([
      [-1, 0, 1],
      [-1, 0, 1],
    ]);
    expect(() => checkTree({ ...two, end: new Float64Array(1) })).toThrow('2 nodes, but 1 values in end');
    for (const statistic of [colless, sackin, gamma, meanPairwiseDistance])
      expect(() => statistic(two)).toThrow('2 roots instead of one');
    expect(() => totalBranchLength(family)).toThrow('node 0 has no end');
    expect(() => budding(family, { present: 5 })).toThrow('line 3 begins at 6, after the present (5)');
    expect(() => coalescenceTimes(family, [9], 10)).toThrow('node 9 is not in [0, 3]');
    expect(() => coalescenceTimes(family, [0, 3], 5)).toThrow('lines meet 1 ticks after the present (5)');
    expect(() => commonAncestor(family, [])).toThrow('no nodes given');
    expect(() => commonAncestor(family, [4])).toThrow('node 4 is not in [0, 3]');
    const columns = { count: 1, id: two.id, firstParent: Int32Array.of(0), birthTick: two.origin, deathTick: two.end };
    expect(() => genealogyOf(columns, [0])).toThrow('first parent of row 0 is row 0, which is not before it');
    expect(() => genealogyOf({ ...columns, firstParent: Int32Array.of(-1) }, [1])).toThrow(
      'row 1 of the sample is not in [0, 0]',
    );
  });
});
