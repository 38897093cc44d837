import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import type { Tree } from '../../src/analysis/tree/tree.ts';
import type { TreeOptions } from '../../src/export/trees/branches.ts';
import { writeExtendedNewick } from '../../src/export/trees/extended-newick.ts';
import { writeNewick } from '../../src/export/trees/newick.ts';
import { writeNexus } from '../../src/export/trees/nexus.ts';
import { writeSubtreeTable } from '../../src/export/trees/subtree-table.ts';
import { caterpillar, makeTree, written } from '../unit/tree/make-tree.ts';
import { output, python, rscript, withPython, withR } from './readers.ts';

const place = mkdtempSync(join(tmpdir(), 'upslope-trees-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const alive = Infinity;
const label = (node: number) => `o${node}`;
const budding = { present: 10, label } as const;

/** Each with what is to be read: tips and how far they are from the beginning of the root's branch, and the sum of lengths. */
const cases: Readonly<Record<string, readonly [Tree, TreeOptions, Readonly<Record<string, number>>, number]>> = {
  'one node': [makeTree([[-1, 4, alive]]), budding, { o0: 6 }, 6],
  'one node that ended as it began': [makeTree([[-1, 4, 4]]), budding, { o0: 0 }, 0],
  'a chain to one tip': [
    makeTree([
      [-1, 0, 3],
      [0, 2, 6],
      [1, 5, alive],
    ]),
    { ...budding, tips: Uint8Array.of(0, 0, 1) },
    { o2: 10 },
    10,
  ],
  'a chain to one tip, by origins': [
    makeTree([
      [-1, 0, 3],
      [0, 2, 6],
      [1, 5, 9],
    ]),
    { ...budding, branching: 'origin' },
    { o2: 9 },
    9,
  ],
  'two tips at zero length': [
    makeTree([
      [-1, 10, alive],
      [0, 10, alive],
    ]),
    budding,
    { o0: 0, o1: 0 },
    0,
  ],
  'a root with one child': [
    makeTree([
      [-1, 0, 3],
      [0, 3, alive],
      [1, 5, alive],
    ]),
    { ...budding, tips: Uint8Array.of(0, 1, 1) },
    { o1: 10, o2: 10 },
    15,
  ],
  'a root with one child, by origins': [
    makeTree([
      [-1, 0, 3],
      [0, 3, alive],
      [1, 5, alive],
    ]),
    { ...budding, branching: 'origin' },
    { o1: 3, o2: 5 },
    5,
  ],
  'a star': [
    makeTree([
      [-1, 0, alive],
      [0, 2, 5],
      [0, 2, 8],
      [0, 2, alive],
    ]),
    budding,
    { o0: 10, o1: 5, o2: 8, o3: 10 },
    27,
  ],
  'a line that leaves at the end of its parent': [
    makeTree([
      [-1, 0, 5],
      [0, 5, alive],
    ]),
    budding,
    { o0: 5, o1: 10 },
    10,
  ],
  'a tree of one tip beside one of two': [
    makeTree([
      [-1, 0, alive],
      [-1, 1, alive],
      [1, 4, alive],
    ]),
    budding,
    { o0: 10, o1: 9, o2: 9 },
    25,
  ],
};

const readers = [
  [withR, 'ape', () => rscript, 'trees.R'],
  [withPython, 'dendropy', () => python, 'trees_dendropy.py'],
  [withPython, 'biopython', () => python, 'trees_biopython.py'],
] as const;

/** Depths of tips and the sum of lengths, by file. */
function read(text: string): Record<string, { length: number; tips: Record<string, number> }> {
  const found: Record<string, { length: number; tips: Record<string, number> }> = {};
  let file = '';
  for (const line of text.trim().split('\n')) {
    const [what, name, value] = line.split(' ');
    if (what === 'tree') {
      file = name;
      found[file] ??= { length: 0, tips: {} };
      found[file].length += Number(value);
    } else found[file].tips[name] = Number(value);
  }
  return found;
}

/** Files of all cases. */
function writeAll(): Map<string, string> {
  const files = new Map<string, string>();
  const none = { count: 0, line: new Int32Array(), from: new Int32Array(), tick: new Float64Array(), kind: new Uint8Array() };
  for (const [i, [title, [tree, options]]] of Object.entries(cases).entries()) {
    for (const [extension, write] of [
      ['nwk', writeNewick],
      ['nex', writeNexus],
    ] as const) {
      for (const collapse of [undefined, true]) {
        const path = join(place, `${i}${collapse ? '-joined' : ''}.${extension}`);
        writeFileSync(
          path,
          written((sink) => write(tree, { ...options, collapse }, sink)),
        );
        files.set(path, title);
      }
    }
    if (options === budding) {
      const path = join(place, `${i}-network.nwk`);
      writeFileSync(
        path,
        written((sink) => writeExtendedNewick(tree, none, budding, sink)),
      );
      files.set(path, title);
    }
  }
  return files;
}

describe('degenerate trees', () => {
  for (const [withReader, reader, program, script] of readers) {
    withReader(`${reader} finds the same tips, depths and lengths`, () => {
      const files = writeAll();
      const found = read(output(program(), [join(import.meta.dirname, script), ...files.keys()]));
      for (const [path, title] of files) {
        const [, , tips, length] = cases[title];
        expect(found[path], `${title} in ${path}`).toEqual({ length, tips });
      }
    });
  }
});

describe.each([6_000, 30_000])('a line %i deep', (count) => {
  for (const library of ['dendropy', 'biopython']) {
    withPython(`${library} reads its subtrees as they come, and deep-trees.py gives every tip its tick`, () => {
      const tree = caterpillar(count);
      const options = { present: count + 5, label, subtreeDepth: 150 };
      writeFileSync(
        join(place, 'organisms.subtrees.nwk'),
        written((sink) => writeNewick(tree, options, sink)),
      );
      writeFileSync(
        join(place, 'organisms.subtrees.csv'),
        written((sink) => writeSubtreeTable(tree, options, sink)),
      );
      const recipe = join(import.meta.dirname, '../../docs/recipes/deep-trees.py');
      const lines = output(python, [recipe, place, 'organisms', library]).trim().split('\n');
      expect(lines.pop()).toBe(
        `1 tree(s) from ${Math.ceil((count - 1) / 150)} subtrees, total branch length ${(count * (count + 11)) / 2}.0 ticks`,
      );
      const wanted = `${count + 5}.000000000`;
      expect(new Set(lines)).toEqual(new Set(Array.from({ length: count }, (_, i) => `tip o${i} ${wanted} ${wanted}`)));
    });
  }
  withR('ape reads its subtrees, with all tips and lengths', () => {
    const path = join(place, 'subtrees.nwk');
    const options = { present: count, label, subtreeDepth: 150 };
    writeFileSync(
      path,
      written((sink) => writeNewick(caterpillar(count), options, sink)),
    );
    const script = [
      'suppressMessages(library(ape)); t <- read.tree(commandArgs(TRUE)[1])',
      'tips <- unlist(lapply(t, function(x) x$tip.label))',
      'stems <- sapply(t, function(x) if (is.null(x$root.edge)) 0 else x$root.edge)',
      'cat(sum(!grepl("subtree", tips)), format(sum(stems) + sum(sapply(t, function(x) sum(x$edge.length))), digits = 15))',
    ].join('; ');
    expect(output(rscript, ['-e', script, path]).trim()).toBe(`${count} ${(count * (count + 1)) / 2}`);
  });
});

withR('ape reads a line 9,000 deep whole', () => {
  const path = join(place, 'whole.nwk');
  writeFileSync(
    path,
    written((sink) => writeNewick(caterpillar(9_000), { present: 9_000, label }, sink)),
  );
  const script =
    'suppressMessages(library(ape)); t <- read.tree(commandArgs(TRUE)[1]); cat(Ntip(t), max(node.depth.edgelength(t)) + t$root.edge)';
  expect(output(rscript, ['-e', script, path]).trim()).toBe('9000 9000');
});
