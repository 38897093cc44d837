import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budding } from '../../src/analysis/tree/budding.ts';
import { childCounts } from '../../src/analysis/tree/children.ts';
import { totalBranchLength } from '../../src/analysis/tree/total-branch-length.ts';
import type { Tree } from '../../src/analysis/tree/tree.ts';
import { writeExtendedNewick } from '../../src/export/trees/extended-newick.ts';
import { writeNewick } from '../../src/export/trees/newick.ts';
import { writeNexus } from '../../src/export/trees/nexus.ts';
import { parseNewick } from '../../src/export/trees/parse-newick.ts';
import { writePhyloxml } from '../../src/export/trees/phyloxml.ts';
import { readTree, TreeColumns } from '../../src/export/trees/read-tree.ts';
import { writeSubtreeTable } from '../../src/export/trees/subtree-table.ts';
import { TextReader } from '../../src/export/trees/text-reader.ts';
import { validateExtendedNewick } from '../../src/export/trees/validate-extended-newick.ts';
import { type TreeVisitor, validateNewick } from '../../src/export/trees/validate-newick.ts';
import { validateNexus } from '../../src/export/trees/validate-nexus.ts';
import { validatePhyloxml } from '../../src/export/trees/validate-phyloxml.ts';
import { validateSubtrees } from '../../src/export/trees/validate-subtrees.ts';
import { written } from '../unit/tree/make-tree.ts';
import { childrenOf, forests, pathUp, presentOf, tipsOf } from './tree-cases.ts';

const runs = { numRuns: 200 };
const label = (node: number) => `o${node}`;
const optional = fc.option(fc.boolean(), { nil: undefined });

/** Far from 0 and not whole, as dates may be. */
const moved = (tree: Tree, by: number): Tree => ({
  ...tree,
  origin: tree.origin.map((t) => t + by),
  end: tree.end.map((t) => t + by),
});

describe('files of trees', () => {
  it('what is read back has the tips, dates and length of the phylogeny', () => {
    fc.assert(
      fc.property(forests(), fc.constantFrom(0, 123456789, -7.25), optional, (lines, by, collapse) => {
        const tree = moved(lines, by);
        const present = presentOf(tree);
        const text = written((sink) => writeNewick(tree, { present, label, collapse }, sink));
        const roots = tree.parent.filter((up) => up < 0).length;
        expect(validateNewick(text)).toMatchObject({ trees: roots, tips: tree.count });
        const read = parseNewick(text);
        const phylogeny = budding(tree, { present });
        expect(totalBranchLength(read.phylogeny, { stems: true })).toBe(totalBranchLength(phylogeny, { stems: true }));
        const dates = (of: Tree, name: (node: number) => string, since: (node: number) => number) =>
          Object.fromEntries(tipsOf(of).map((tip) => [name(tip), of.end[tip] - since(tip)]));
        const founder = (node: number) => tree.origin[pathUp(tree, node).at(-1) as number];
        expect(
          dates(
            read.phylogeny,
            (node) => read.label[node],
            () => 0,
          ),
        ).toEqual(
          dates(
            phylogeny,
            (node) => label(phylogeny.line[node]),
            (node) => founder(phylogeny.line[node]),
          ),
        );
        expect(validateNexus(written((sink) => writeNexus(tree, { present, label, collapse }, sink)))).toEqual(
          validateNewick(text),
        );
      }),
      runs,
    );
  });

  it('in PhyloXML any names are read again, at the tips, lengths and dates of the Newick', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(forests(), fc.constantFrom(0, 123456789, -7.25), optional, name, (lines, by, collapse, word) => {
        const tree = moved(lines, by);
        const options = { present: presentOf(tree), collapse };
        const named = (node: number) => `${node} ${word}`;
        const text = written((sink) => writePhyloxml(tree, { ...options, label: named, title: word }, sink));
        const lengths: number[] = [];
        const labels = new Set<string>();
        const { trees, tips, deepest } = validatePhyloxml(text, {
          label: (found) => labels.add(found),
          tree: ({ count, length }) => lengths.push(...length.subarray(0, count)),
        });
        const newick = written((sink) => writeNewick(tree, { ...options, label }, sink));
        expect(validateNewick(newick)).toMatchObject({ trees, tips, deepest });
        expect(labels).toEqual(new Set([...tree.parent.keys()].map(named)));
        const total = lengths.reduce((sum, length) => sum + length, 0);
        expect(total).toBeCloseTo(totalBranchLength(parseNewick(newick).phylogeny, { stems: true }), 6);
      }),
      runs,
    );
  });

  it('by origin, a node is as far from the root as its origin, an ended childless one as its end', () => {
    fc.assert(
      fc.property(forests(), optional, (tree, collapse) => {
        const text = written((sink) => writeNewick(tree, { present: 0, label, branching: 'origin', collapse }, sink));
        validateNewick(text);
        const { phylogeny, label: names } = parseNewick(text);
        const counts = childCounts(phylogeny);
        for (const [node, name] of names.entries()) {
          // A tree of one node alone is written with a root above it.
          if (collapse && phylogeny.parent[node] >= 0) expect(counts[node]).not.toBe(1);
          if (name === '') continue;
          const line = Number(name.slice(1));
          const until = childrenOf(tree, line).length === 0 && tree.end[line] < Infinity ? tree.end[line] : tree.origin[line];
          expect(phylogeny.end[node]).toBe(until - tree.origin[pathUp(tree, line).at(-1) as number]);
        }
        if (collapse !== false) {
          expect(validateNewick(text).chains).toBe(0);
          return;
        }
        expect([...names].filter((name) => name !== '').sort()).toEqual([...tree.parent.keys()].map(label).sort());
      }),
      runs,
    );
  });

  it('subtrees are no deeper than asked, and with their table have the tips, dates and length of the whole', () => {
    fc.assert(
      fc.property(
        forests(),
        fc.constantFrom(0, -7.25),
        optional,
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (lines, by, collapse, subtreeDepth, byOrigin) => {
          const tree = moved(lines, by);
          const branching = byOrigin ? 'origin' : 'budding';
          const options = { present: presentOf(tree), label, collapse, branching } as const;
          const whole = parseNewick(written((sink) => writeNewick(tree, options, sink)));
          const text = written((sink) => writeNewick(tree, { ...options, subtreeDepth }, sink));
          const table = written((sink) => writeSubtreeTable(tree, { ...options, subtreeDepth }, sink));
          expect(validateNewick(text).deepest).toBeLessThanOrEqual(subtreeDepth);
          const check = (visitor: TreeVisitor) => void validateNewick(text, visitor);
          validateSubtrees('table', () => [new TextEncoder().encode(table)], [{ name: 'trees', check }]);

          const starts = table
            .split('\n')
            .slice(1, -1)
            .map((row) => Number(row.split(',')[3]));
          const cut = parseNewick(text);
          const rootOf = (of: Tree, node: number) => pathUp(of, node).at(-1) as number;
          const order = (of: Tree) => [...of.parent.keys()].filter((node) => of.parent[node] < 0);
          const roots = order(cut.phylogeny);
          const ticks = tipsOf(cut.phylogeny)
            .map((tip) => [cut.label[tip], starts[roots.indexOf(rootOf(cut.phylogeny, tip))] + cut.phylogeny.end[tip]] as const)
            .filter(([name]) => !name.startsWith('subtree'));
          const wholeTicks = tipsOf(whole.phylogeny).map((tip) => {
            const name = whole.label[tip];
            const founder = pathUp(tree, Number(name.slice(1))).at(-1) as number;
            return [name, tree.origin[founder] + whole.phylogeny.end[tip]] as const;
          });
          expect(Object.fromEntries(ticks)).toEqual(Object.fromEntries(wholeTicks));
          expect(totalBranchLength(cut.phylogeny, { stems: true })).toBe(totalBranchLength(whole.phylogeny, { stems: true }));
        },
      ),
      runs,
    );
  });

  it('a hybrid is as old wherever it stands, and all tips are there at their dates', () => {
    const crossings = fc.array(fc.record({ a: fc.nat(1000), b: fc.nat(1000), kind: fc.nat(2), wait: fc.nat(4) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(forests(), crossings, (tree, wanted) => {
        const present = presentOf(tree) + 4;
        // As records hold them: second parents at the birth; donors that were there before; mergers into another line, once.
        const taken = new Set<string>();
        const rows = wanted.flatMap(({ a, b, kind, wait }) => {
          const [line, from] = [a % tree.count, b % tree.count];
          const tick = kind === 0 ? tree.origin[line] : Math.max(tree.origin[line], tree.origin[from]) + 1 + wait;
          const key = kind === 2 ? `${from} ends` : `${line} ${kind} ${tick}`;
          if (line === from || tree.origin[from] > tick || taken.has(key) || (kind === 0 && tree.origin[from] === tick))
            return [];
          if (kind === 2 && from < line) return [];
          taken.add(key);
          return [{ line, from, tick, kind }];
        });
        const reticulations = {
          count: rows.length,
          line: Int32Array.from(rows, ({ line }) => line),
          from: Int32Array.from(rows, ({ from }) => from),
          tick: Float64Array.from(rows, ({ tick }) => tick),
          kind: Uint8Array.from(rows, ({ kind }) => kind),
        };
        const text = written((sink) => writeExtendedNewick(tree, reticulations, { present, label }, sink));
        if (rows.length === 0) expect(text).toBe(written((sink) => writeNewick(tree, { present, label }, sink)));
        expect(validateExtendedNewick(text)).toMatchObject({ tips: tree.count, hybrids: rows.length });

        const reader = new TextReader(text);
        const columns = new TreeColumns();
        const met = new Map<string, number[]>();
        for (reader.skip(true); reader.code >= 0; reader.skip(true)) {
          const found: [string, number][] = [];
          readTree(reader, columns, true, (name, node) => found.push([name, node]));
          const date = (node: number) => pathUp(columns, node).reduce((sum, k) => sum + columns.length[k], 0);
          for (const [name, node] of found) met.set(name, [...(met.get(name) ?? []), date(node)]);
        }
        const begin = Math.min(...tree.origin);
        for (const [name, dates] of met) {
          expect(dates).toHaveLength(name.includes('#') ? 2 : 1);
          expect(new Set(dates).size).toBe(1);
          if (name.includes('#')) continue;
          const line = Number(name.slice(1));
          const left = childrenOf(tree, line).map((child) => tree.origin[child]);
          const crossed = rows.filter((row) => row.line === line || row.from === line).map(({ tick }) => tick);
          const until = Math.max(Math.min(tree.end[line], present), ...left, ...crossed);
          // Trees on a line of their own start at their founder's origin, connected ones at the earliest of theirs.
          expect(until - dates[0]).toBeGreaterThanOrEqual(begin);
          expect(tree.origin).toContain(until - dates[0]);
        }
      }),
      runs,
    );
  });
});
