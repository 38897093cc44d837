import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { History } from '../../src/export/history.ts';
import { output, python, rscript, withPython, withR } from './readers.ts';
import { type kinds, realExport } from './real-export.ts';

interface Line {
  readonly label: string;
  readonly parent: number;
  readonly origin: number;
  readonly end: number;
}

/** What readers should find, from the history alone: a line lasts from its origin to its end, at least to its last child's origin. */
function expected({ organisms, species, endTick }: History) {
  const lines = (count: number, line: (i: number) => Line) => Array.from({ length: count }, (_, i) => line(i));
  const known = (end: number) => (Number.isNaN(end) ? endTick : end);
  return {
    organisms: measures(
      lines(organisms.count, (i) => ({
        label: `o${organisms.id[i]}`,
        parent: organisms.firstParent[i],
        origin: organisms.birthTick[i],
        end: known(organisms.deathTick[i]),
      })),
    ),
    species: measures(
      lines(species.count, (i) => ({
        label: `s${species.id[i]}`,
        parent: species.parent[i],
        origin: species.originTick[i],
        end: known(species.endTick[i]),
      })),
    ),
  };
}

function measures(lines: readonly Line[]) {
  const until = lines.map(({ end }) => end);
  for (const { parent, origin } of lines) if (parent >= 0) until[parent] = Math.max(until[parent], origin);
  const root: number[] = [];
  for (const [i, { parent }] of lines.entries()) root.push(parent < 0 ? i : root[parent]);
  return {
    trees: lines.filter(({ parent }) => parent < 0).length,
    total: lines.reduce((sum, { origin }, i) => sum + until[i] - origin, 0),
    depths: new Map(lines.map(({ label }, i) => [label, until[i] - lines[root[i]].origin])),
  };
}

/** What a reader said, by file. */
function told(text: string) {
  const files = new Map<string, { trees: number; total: number; depths: Map<string, number> }>();
  let current = { trees: 0, total: 0, depths: new Map<string, number>() };
  for (const line of text.trim().split('\n')) {
    const [what, name, value] = line.split(' ');
    if (what === 'tree') {
      current = files.get(name) ?? { trees: 0, total: 0, depths: new Map() };
      files.set(name, current);
      current.trees++;
      current.total += Number(value);
    } else current.depths.set(name, Number(value));
  }
  return files;
}

describe.each(['asexual', 'haploid', 'diploid', 'transfer'] as (keyof typeof kinds)[])('the trees of the %s run', (kind) => {
  const readers = [
    [withR, 'ape', () => rscript, 'trees.R'],
    [withPython, 'dendropy', () => python, 'trees_dendropy.py'],
    [withPython, 'biopython', () => python, 'trees_biopython.py'],
  ] as const;
  for (const [withReader, reader, program, script] of readers) {
    withReader(`${reader} finds the same tips, depths and total branch length, within 1e-6`, async () => {
      const { out, history } = await realExport(kind);
      const wanted = expected(history);
      const ends = reader === 'biopython' ? ['nwk', 'nex', 'phyloxml'] : ['nwk', 'nex'];
      const names = ['species', 'organisms'].flatMap((of) => ends.map((end) => `${of}.${end}`));
      const found = told(output(program(), [join(import.meta.dirname, script), ...names.map((name) => join(out, name))]));
      for (const name of names) {
        const of = found.get(join(out, name));
        const { trees, total, depths } = wanted[name.startsWith('species') ? 'species' : 'organisms'];
        expect(of?.trees, name).toBe(trees);
        expect(Math.abs((of?.total ?? 0) - total), name).toBeLessThan(1e-6 * Math.max(1, total));
        expect(of?.depths.size, name).toBe(depths.size);
        for (const [label, depth] of depths) {
          expect(Math.abs((of?.depths.get(label) ?? Number.NaN) - depth), `${name} ${label}`).toBeLessThan(1e-6);
        }
      }
    });
  }
});
