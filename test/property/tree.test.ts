import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budding } from '../../src/analysis/tree/budding.ts';
import { checkTree } from '../../src/analysis/tree/check-tree.ts';
import { children, tipsBelow } from '../../src/analysis/tree/children.ts';
import { childrenByOrigin } from '../../src/analysis/tree/children-by-origin.ts';
import { coalescenceTimes } from '../../src/analysis/tree/coalescence-times.ts';
import { colless } from '../../src/analysis/tree/colless.ts';
import { commonAncestor, commonAncestors } from '../../src/analysis/tree/common-ancestor.ts';
import { componentOf } from '../../src/analysis/tree/component-of.ts';
import { depths } from '../../src/analysis/tree/depths.ts';
import { fairProportions } from '../../src/analysis/tree/fair-proportions.ts';
import { gamma } from '../../src/analysis/tree/gamma.ts';
import { genealogyOf } from '../../src/analysis/tree/genealogy-of.ts';
import { lineagesThroughTime } from '../../src/analysis/tree/lineages-through-time.ts';
import { meanPairwiseDistance } from '../../src/analysis/tree/mean-pairwise-distance.ts';
import { checkPhylogeny, type Phylogeny } from '../../src/analysis/tree/phylogeny.ts';
import { sackin } from '../../src/analysis/tree/sackin.ts';
import { totalBranchLength } from '../../src/analysis/tree/total-branch-length.ts';
import type { Tree } from '../../src/analysis/tree/tree.ts';
import { turnover } from '../../src/analysis/tree/turnover.ts';
import { lineagesOfRun, phylogenyOfLiving, treesOfWindow } from '../../src/experiment/stats/trees-of-run.ts';
import { childrenOf, forests, hostAt, meetingTime, pathUp, presentOf, tipsOf } from './tree-cases.ts';

const runs = { numRuns: 300 };
const sampleOf = (tree: Tree, seed: number[]) => [...new Set(seed.map((k) => k % tree.count))];
const seeds = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 });
const all = (tree: Tree) => Array.from({ length: tree.count }, (_, i) => i);

describe('shapes of trees', () => {
  it('children, depths and tips below are what a look at all parents gives', () => {
    fc.assert(
      fc.property(forests(), (tree) => {
        checkTree(tree);
        const { start, child } = children(tree);
        const ordered = childrenByOrigin(tree);
        const below = tipsBelow(tree);
        const depth = depths(tree);
        for (const i of all(tree)) {
          expect([...child.subarray(start[i], start[i + 1])]).toEqual(childrenOf(tree, i));
          expect([...ordered.child.subarray(start[i], start[i + 1])]).toEqual(
            childrenOf(tree, i).sort((a, b) => tree.origin[a] - tree.origin[b]),
          );
          expect(depth[i]).toBe(pathUp(tree, i).length - 1);
          expect(below[i]).toBe(tipsOf(tree).filter((tip) => pathUp(tree, tip).includes(i)).length);
        }
      }),
      runs,
    );
  });

  it('the most recent common ancestor is the first of one path that is on all others', () => {
    fc.assert(
      fc.property(forests(), seeds, (tree, seed) => {
        const paths = seed.map((k) => pathUp(tree, k % tree.count));
        const naive = paths[0].find((node) => paths.every((path) => path.includes(node))) ?? -1;
        expect(
          commonAncestor(
            tree,
            seed.map((k) => k % tree.count),
          ),
        ).toBe(naive);
        const ask = commonAncestors(tree);
        for (const a of all(tree)) {
          for (const b of all(tree)) {
            expect(ask(a, b)).toBe(pathUp(tree, a).find((node) => pathUp(tree, b).includes(node)) ?? -1);
          }
        }
      }),
      runs,
    );
  });

  it('a component holds a node and its descendants', () => {
    fc.assert(
      fc.property(forests(), fc.nat(1000), (tree, k) => {
        const node = k % tree.count;
        const { tree: part, row } = componentOf(tree, node);
        checkTree(part);
        expect([...row]).toEqual(all(tree).filter((i) => pathUp(tree, i).includes(node)));
        expect([...part.parent].map((up) => (up < 0 ? -1 : row[up]))).toEqual(
          [...row].map((i) => (i === node ? -1 : tree.parent[i])),
        );
      }),
      runs,
    );
  });

  it('Colless and Sackin are their recursive definitions', () => {
    const tips = (tree: Tree, node: number): number =>
      childrenOf(tree, node).reduce((sum, child) => sum + tips(tree, child), 0) || 1;
    fc.assert(
      fc.property(forests(1), (tree) => {
        const inner = all(tree).filter((i) => childrenOf(tree, i).length > 1);
        const differences = inner.map((i) => {
          const [a, b, ...more] = childrenOf(tree, i).map((child) => tips(tree, child));
          return more.length > 0 ? 0 : Math.abs(a - b);
        });
        expect(colless(tree)).toMatchObject({
          tips: tips(tree, 0),
          value: differences.reduce((sum, d) => sum + d, 0),
          polytomies: inner.filter((i) => childrenOf(tree, i).length > 2).length,
        });
        const above = tipsOf(tree).map(
          (tip) =>
            pathUp(tree, tip)
              .slice(1)
              .filter((i) => inner.includes(i)).length,
        );
        expect(sackin(tree)).toMatchObject({ tips: above.length, value: above.reduce((sum, d) => sum + d, 0) });
      }),
      runs,
    );
  });
});

describe('genealogies', () => {
  /** A tree of lines as columns of a record, with rows that are no ancestors of anybody left in. */
  const columns = (tree: Tree) => ({
    count: tree.count,
    id: tree.id,
    firstParent: tree.parent,
    birthTick: tree.origin,
    deathTick: tree.end.map((end) => (end === Infinity ? NaN : end)),
  });

  it('hold the sample and all its ancestors', () => {
    fc.assert(
      fc.property(forests(), seeds, (tree, seed) => {
        const sample = sampleOf(tree, seed);
        const genealogy = genealogyOf(columns(tree), [...sample, sample[0]]);
        const wanted = [...new Set(sample.flatMap((row) => pathUp(tree, row)))].sort((a, b) => a - b);
        checkTree(genealogy.tree);
        expect([...genealogy.row]).toEqual(wanted);
        for (const [node, row] of wanted.entries()) {
          expect(genealogy.tree.parent[node]).toBe(wanted.indexOf(tree.parent[row]));
          expect(genealogy.sampled[node]).toBe(sample.includes(row) ? 1 : 0);
          for (const column of ['origin', 'end', 'id'] as const) expect(genealogy.tree[column][node]).toBe(tree[column][row]);
        }
      }),
      runs,
    );
  });

  it('keep all meetings of lines when they are collapsed or cut, and then hold no more than they must', () => {
    fc.assert(
      fc.property(forests(), seeds, fc.boolean(), fc.boolean(), (tree, seed, collapse, cut) => {
        const sample = sampleOf(tree, seed);
        const { tree: small, row, sampled } = genealogyOf(columns(tree), sample, { collapse, cut });
        checkTree(small);
        const place = (of: number) => row.indexOf(of);
        for (const i of sample) {
          expect(sampled[place(i)]).toBe(1);
          for (const j of sample) if (i !== j) expect(meetingTime(small, place(i), place(j))).toBe(meetingTime(tree, i, j));
        }
        for (const node of all(small)) {
          const single = childrenOf(small, node).length === 1 && sampled[node] === 0;
          if (collapse) expect(single).toBe(false);
          if (cut && small.parent[node] < 0) {
            expect(single).toBe(false);
            expect(small.origin[node]).toBe(tree.origin[row[node]]);
          }
        }
      }),
      runs,
    );
  });

  it('coalescence times are where the number of lines that carry the sample falls', () => {
    fc.assert(
      fc.property(forests(), seeds, (tree, seed) => {
        const sample = sampleOf(tree, seed);
        const present = presentOf(tree);
        const naive: number[] = [];
        const carriers = (t: number) => new Set(sample.map((i) => hostAt(tree, i, t))).size;
        for (let t = present; t >= 0; t--) {
          for (let k = carriers(t + 0.5) - carriers(t - 0.5); k > 0; k--) naive.push(present - t);
        }
        expect([...coalescenceTimes(tree, sample, present)]).toEqual(naive);
        const phylogeny = budding(tree, { present });
        const tips = tipsOf(phylogeny).filter((tip) => sample.includes(phylogeny.line[tip]));
        expect([...coalescenceTimes(phylogeny, tips, present)]).toEqual(naive);
      }),
      runs,
    );
  });
});

describe('budding phylogenies', () => {
  it('have one tip a line, at its end, and divide where lines meet', () => {
    fc.assert(
      fc.property(forests(), (tree) => {
        const present = presentOf(tree);
        const phylogeny = budding(tree, { present });
        checkTree(phylogeny);
        checkPhylogeny(phylogeny, 'test');
        const tips = tipsOf(phylogeny);
        expect(tips.map((tip) => phylogeny.line[tip]).sort((a, b) => a - b)).toEqual(all(tree));
        const ask = commonAncestors(phylogeny);
        for (const a of tips) {
          const i = phylogeny.line[a];
          const left = childrenOf(tree, i).map((child) => tree.origin[child]);
          expect(phylogeny.end[a]).toBe(Math.max(Math.min(tree.end[i], present), ...left));
          for (const b of tips) {
            if (a === b) continue;
            const node = ask(a, b);
            expect(node < 0 ? NaN : phylogeny.end[node]).toBe(meetingTime(tree, i, phylogeny.line[b]));
          }
        }
        for (const node of all(phylogeny)) expect(childrenOf(phylogeny, node)).not.toHaveLength(1);
      }),
      runs,
    );
  });

  it('make one node of children that leave together, and draw of unsampled lines only what leads to the sample', () => {
    fc.assert(
      fc.property(forests(), seeds, fc.boolean(), (tree, seed, collapse) => {
        const sample = sampleOf(tree, seed);
        const columns = { ...tree, firstParent: tree.parent, birthTick: tree.origin, deathTick: tree.end };
        const genealogy = genealogyOf(columns, sample);
        const present = presentOf(tree);
        const phylogeny = budding(genealogy.tree, { present, tips: genealogy.sampled, collapse });
        const tips = tipsOf(phylogeny);
        expect(tips.map((tip) => genealogy.row[phylogeny.line[tip]]).sort((a, b) => a - b)).toEqual(sample.sort((a, b) => a - b));
        expect(totalBranchLength(phylogeny, { stems: true })).toBe(
          totalBranchLength(budding(genealogy.tree, { present, tips: genealogy.sampled }), { stems: true }),
        );
        if (collapse) return;
        for (const i of all(genealogy.tree)) {
          const times = new Set(childrenOf(genealogy.tree, i).map((child) => genealogy.tree.origin[child]));
          const stretches = all(phylogeny).filter((node) => phylogeny.line[node] === i).length;
          expect(stretches).toBe(times.size + (genealogy.sampled[i] || times.size === 0 ? 1 : 0));
        }
      }),
      runs,
    );
  });

  it('have as many lines through time as there are lines, and their length', () => {
    fc.assert(
      fc.property(forests(), (tree) => {
        const present = presentOf(tree);
        const phylogeny = budding(tree, { present });
        const lasts = tipsOf(phylogeny).map((tip) => ({ from: tree.origin[phylogeny.line[tip]], to: phylogeny.end[tip] }));
        const { time, lines } = lineagesThroughTime(phylogeny, present);
        const at = (t: number) => {
          let last = 0;
          for (const [k, from] of time.entries()) if (from <= t) last = lines[k];
          return last;
        };
        for (let t = -0.5; t < present; t += 0.5)
          expect(at(t)).toBe(lasts.filter(({ from, to }) => (from <= t && t < to) || (from <= t && to === present)).length);
        expect(totalBranchLength(phylogeny, { stems: true })).toBe(lasts.reduce((sum, { from, to }) => sum + to - from, 0));
      }),
      runs,
    );
  });

  it('mean pairwise distance is the mean over all pairs of tips', () => {
    fc.assert(
      fc.property(forests(1), (tree) => {
        const phylogeny = budding(tree, { present: presentOf(tree) });
        const tips = tipsOf(phylogeny);
        const ways = tips.flatMap((a) =>
          tips
            .filter((b) => b < a)
            .map((b) => phylogeny.end[a] + phylogeny.end[b] - 2 * meetingTime(tree, phylogeny.line[a], phylogeny.line[b])),
        );
        const naive = ways.reduce((sum, way) => sum + way, 0) / ways.length;
        if (Number.isNaN(naive)) expect(meanPairwiseDistance(phylogeny)).toBeNaN();
        else expect(meanPairwiseDistance(phylogeny)).toBeCloseTo(naive, 9);
      }),
      runs,
    );
  });

  it('fair proportions divide each branch among the tips below it, and sum to the whole length', () => {
    fc.assert(
      fc.property(forests(), (tree) => {
        const phylogeny = budding(tree, { present: presentOf(tree) });
        const paths = tipsOf(phylogeny).map((tip) => pathUp(phylogeny, tip));
        const shares = fairProportions(phylogeny);
        for (const path of paths) {
          const parts = path.map((node) => {
            const sharing = paths.filter((other) => other.includes(node)).length;
            return (phylogeny.end[node] - phylogeny.origin[node]) / sharing;
          });
          expect(shares[path[0]]).toBeCloseTo(
            parts.reduce((sum, part) => sum + part, 0),
            9,
          );
        }
        const whole = totalBranchLength(phylogeny, { stems: true });
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(whole, 9);
      }),
      runs,
    );
  });

  it('of species that live at a tick: diversity, distinctiveness and lines are counted tick by tick', () => {
    fc.assert(
      fc.property(forests(), fc.nat(40), (tree, tick) => {
        const living = all(tree).filter((i) => tree.origin[i] <= tick && tree.end[i] > tick);
        const hosts = (t: number) => new Set(living.map((i) => hostAt(tree, i, t)).filter((i) => tree.origin[i] <= t));
        const rows = treesOfWindow(tree, true, { population: 'all', from: 0, to: tick, kind: 'population', group: '' });
        for (const { value, note } of rows) expect(Number.isFinite(value) || note !== '').toBe(true);
        const value = (id: string) => rows.find(({ statistic }) => statistic === id)?.value;
        if (living.length === 0) {
          expect(phylogenyOfLiving(tree, tick)).toBeUndefined();
          expect(value('phylogenetic_diversity')).toBeNaN();
          return;
        }
        let length = 0;
        for (let t = 0.5; t < tick; t++) length += hosts(t).size;
        const shape = phylogenyOfLiving(tree, tick) as Phylogeny;
        const isShaped =
          living.length > 2 && tipsOf(shape).length === living.length && shape.parent.filter((up) => up < 0).length === 1;
        const isForked = all(shape).every((i) => childrenOf(shape, i).length <= 2);
        if (isShaped && isForked) expect(value('colless')).toBe(colless(shape).normalised);
        else expect(value('colless')).toBeNaN();
        if (isShaped && isForked) expect(value('sackin')).toBe(sackin(shape).normalised);
        else expect(value('sackin')).toBeNaN();
        // Species end with the next detection, which may come after their last organism.
        const gone = treesOfWindow(tree, false, { population: 'all', from: 0, to: tick, kind: 'population', group: '' });
        expect(gone.map((one) => (one.statistic === 'lineages' ? one.value : one.note))).toEqual([
          0,
          ...new Array(gone.length - 1).fill('no organism lives at this tick'),
        ]);
        expect(value('lineages')).toBe(living.length);
        expect(value('phylogenetic_diversity')).toBe(length);
        const distinct = rows.filter(({ statistic }) => statistic === 'evolutionary_distinctiveness');
        expect(distinct.map(({ group }) => Number(group)).sort((a, b) => a - b)).toEqual(living.map((i) => tree.id[i]));
        for (const [k, one] of distinct.entries()) if (k > 0) expect(one.value).toBeLessThanOrEqual(distinct[k - 1].value);
        for (const { tick: at, species, ancestral } of lineagesOfRun(tree, tick)) {
          expect(species).toBe(all(tree).filter((i) => tree.origin[i] <= at && tree.end[i] > at).length);
          if (at < tick) expect(ancestral).toBe(hosts(at).size);
        }
      }),
      runs,
    );
  });

  it('turnover counts species, splits and ends tick by tick', () => {
    fc.assert(
      fc.property(forests(), fc.nat(10), fc.integer({ min: 1, max: 20 }), (tree, from, ticks) => {
        const to = from + ticks;
        const found = turnover(tree, { from, to }, (i) => i % 2 === 0);
        let [exposure, originations, ends] = [0, 0, 0];
        for (let tick = from + 1; tick <= to; tick++) {
          for (const i of all(tree)) {
            if (tree.origin[i] < tick && tree.end[i] >= tick) exposure++;
            if (tree.origin[i] === tick && tree.parent[i] >= 0) originations++;
            if (tree.end[i] === tick && i % 2 === 0) ends++;
          }
        }
        expect(found).toEqual({ exposure, originations, ends });
      }),
      runs,
    );
  });

  it('gamma is the formula of Pybus and Harvey over the intervals between branchings', () => {
    fc.assert(
      fc.property(forests(1), (lines) => {
        const tree = { ...lines, end: lines.end.map(() => Infinity) };
        const present = presentOf(tree);
        const phylogeny = budding(tree, { present });
        const n = tree.count;
        // g[k] for k = 2..n: how long there are k lines.
        const ages = coalescenceTimes(tree, all(tree), present);
        const g = (k: number) => ages[n - k] - (k < n ? ages[n - k - 1] : 0);
        const T = Array.from({ length: Math.max(0, n - 1) }, (_, j) => (j + 2) * g(j + 2)).reduce((a, b) => a + b, 0);
        let sum = 0;
        for (let i = 2; i <= n - 1; i++) for (let k = 2; k <= i; k++) sum += k * g(k);
        const naive = (sum / (n - 2) - T / 2) / (T * Math.sqrt(1 / (12 * (n - 2))));
        if (n < 3) expect(gamma(phylogeny)).toBeNaN();
        else expect(gamma(phylogeny)).toBeCloseTo(naive, 9);
      }),
      runs,
    );
  });
});
