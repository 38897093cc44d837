import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { allelesOfValues } from '../../src/analysis/stats/allele-table.ts';
import { divergence } from '../../src/analysis/stats/divergence.ts';
import { diversity } from '../../src/analysis/stats/diversity.ts';
import { siteFrequencies } from '../../src/analysis/stats/site-frequencies.ts';
import { allelesOfHistory, livingRows } from '../../src/export/tskit/alleles-of-history.ts';
import { readKastore } from '../../src/export/tskit/kastore.ts';
import { call } from '../unit/cli/test-io.ts';
import { output } from './readers.ts';
import { type kinds, realExport } from './real-export.ts';

const script = fileURLToPath(new URL('./trees_kastore.py', import.meta.url));
const all = ['asexual', 'haploid', 'diploid', 'transfer'] as (keyof typeof kinds)[];

/** Any Python 3: the reader needs no package. */
const python = [process.env.PYTHON_PATH, '/usr/bin/python3', 'python3'].find((path) => {
  if (!path) return false;
  try {
    execFileSync(path, ['-c', 'import json'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});
const hasTskit = python !== undefined && spawnSync(python, ['-c', 'import tskit'], { stdio: 'ignore' }).status === 0;
const withPython = (title: string, work: () => Promise<void>) =>
  test.skipIf(!python)(python ? title : `${title} (not found: install python3)`, work);

interface Read {
  readonly samples: number;
  readonly owners: readonly number[];
  readonly genomes: readonly (readonly number[])[];
  readonly diversity: number;
  readonly segregating: number;
  readonly tajima: number;
  readonly divergence: number;
  readonly fst: number;
  readonly populations: readonly { readonly name: string }[];
  readonly sites: readonly { readonly locus: string; readonly segment: string }[];
  readonly locations: readonly (readonly number[])[];
}
const read = (file: string): Read => JSON.parse(output(python, [script, file]));

describe.each(all)('history.trees of the %s run', (kind) => {
  withPython(
    'is read by the published formats alone, with the genomes and the statistics of pairs of copies of the library',
    async () => {
      const { out, history } = await realExport(kind);
      const { loci, ploidy, name, names } = history.populations[0];
      const found = read(join(out, 'history.trees'));
      const rows = livingRows(history, 0, history.endTick);
      const [{ values }] = allelesOfHistory(history, 0, [{ tick: history.endTick, rows }]);
      if (!values) throw new Error('no values');
      expect(found.samples).toBe(rows.length * ploidy);
      // Samples come in the order of nodes, which differs from that of organisms where genes were received in life.
      const copies = new Map<number, number[][]>();
      for (const [k, owner] of found.owners.entries())
        copies.set(owner, [...(copies.get(owner) ?? []), found.genomes[k] as number[]]);
      for (const [i, row] of rows.entries()) {
        const own = values.subarray(i * ploidy * loci, (i + 1) * ploidy * loci);
        expect(copies.get(history.organisms.id[row])?.flat()).toEqual(Array.from(own));
      }
      expect(found.populations).toEqual([{ name, loci, ploidy }]);
      expect(found.sites).toEqual(names?.map((one) => ({ locus: one.name, segment: one.segment })));
      for (const [k, location] of found.locations.entries()) {
        const row = history.organisms.id.indexOf(found.owners[k]);
        expect(location).toEqual([history.organisms.birthX?.[row], history.organisms.birthY?.[row]]);
      }
      // Copies as haploids in the order of the samples: pairs within an organism count there.
      const table = allelesOfValues(Float32Array.from(found.genomes.flat()), 1, loci);
      const everyLocus = Array.from({ length: loci }, (_, l) => l);
      const everyCopy = Array.from({ length: table.organisms }, (_, c) => c);
      const { between, alleles } = diversity(table, everyCopy, everyLocus);
      expect(found.diversity).toBeCloseTo(between, 9);
      const segregating = Math.round((alleles - 1) * loci);
      expect(found.segregating).toBe(segregating);
      // S and pi alone make D.
      const n = found.samples;
      const spectrum = new Float64Array(n + 1);
      const share = (i: number) => (2 * i * (n - i)) / (n * (n - 1));
      spectrum[2] = (between * loci - segregating * share(1)) / (share(2) - share(1));
      spectrum[1] = segregating - spectrum[2];
      expect(found.tajima).toBeCloseTo(siteFrequencies(spectrum).tajima, 9);
      const half = Math.floor(n / 2);
      const groups = divergence(table, [everyCopy.slice(0, half), everyCopy.slice(half)], everyLocus);
      expect(found.divergence).toBeCloseTo(groups.between, 9);
      expect(found.fst).toBeCloseTo(groups.fst, 9);
    },
  );

  const title = 'is opened by tskit itself, which has the same statistics';
  test.skipIf(!hasTskit)(hasTskit ? title : `${title} (not found: install tskit for Python)`, async () => {
    const { out } = await realExport(kind);
    const file = join(out, 'history.trees');
    const script = [
      'import json, sys, tskit',
      'ts = tskit.load(sys.argv[1])',
      'samples = ts.samples()',
      'half = len(samples) // 2',
      'sets = [samples[:half], samples[half:]]',
      'print(json.dumps([float(ts.diversity()), float(ts.segregating_sites(span_normalise=False)), float(ts.Tajimas_D()), float(ts.divergence(sets)), float(ts.Fst(sets))]))',
    ].join('\n');
    const theirs: number[] = JSON.parse(output(python, ['-c', script, file]));
    const ours = read(file);
    for (const [k, value] of [ours.diversity, ours.segregating, ours.tajima, ours.divergence, ours.fst].entries())
      expect(theirs[k]).toBeCloseTo(value, 9);
  });

  it('holds the tables of the text export', async () => {
    const { out } = await realExport(kind);
    const bytes = readFileSync(join(out, 'history.trees'));
    const store = readKastore('history.trees', {
      byteLength: bytes.length,
      slice: (from, to) => bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + (to ?? bytes.length)) as ArrayBuffer,
    });
    const lines = (name: string) => {
      const [, ...rest] = readFileSync(join(out, 'tskit', `${name}.txt`), 'utf8')
        .trimEnd()
        .split('\n');
      return rest.map((line) => line.split('\t'));
    };
    const column = (key: string) => Array.from(store.get(key) as Float64Array, String);
    expect(column('nodes/time')).toEqual(lines('nodes').map((row) => row[1]));
    expect(column('nodes/individual')).toEqual(lines('nodes').map((row) => row[3]));
    const edges = ['left', 'right', 'parent', 'child'].map((key) => column(`edges/${key}`));
    const asTexts = edges[0].map((_, e) => edges.map((one) => one[e]).join('\t'));
    expect(asTexts.sort()).toEqual(
      lines('edges')
        .map((row) => row.join('\t'))
        .sort(),
    );
    const mutations = ['site', 'node', 'time'].map((key) => column(`mutations/${key}`));
    expect(mutations[0].map((_, m) => mutations.map((one) => one[m]).join('\t')).sort()).toEqual(
      lines('mutations')
        .map((row) => row.slice(0, 3).join('\t'))
        .sort(),
    );
  });
});

describe('--sites', () => {
  withPython('has the mutations of the chosen loci and segments alone, at their positions', async () => {
    const { run, out, history } = await realExport('haploid');
    const chosen = `${out}-sites`;
    const names = ['body.size', 'marker.2'];
    const flags = ['--format', 'tskit,trees', '--sites', names.join(), '--out', chosen];
    const made = await call(['export', run, ...flags]);
    expect(made.status, made.err).toBe(0);
    const [some, whole] = [read(join(chosen, 'history.trees')), read(join(out, 'history.trees'))];
    expect(some.sites.map(({ locus }) => locus)).toEqual(names);
    const places = names.map((name) => history.populations[0].names?.findIndex((one) => one.name === name) as number);
    expect(some.genomes).toEqual(whole.genomes.map((genome) => places.map((l) => genome[l])));
    const lines = readFileSync(join(chosen, 'tskit', 'sites.txt'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.slice(1).map((line) => Number(line.split('\t')[0]))).toEqual(places);
  });

  it('names a locus that is missing, and runs that did not record mutations', async () => {
    const { run, out } = await realExport('haploid');
    const { status, err } = await call(['export', run, '--format', 'trees', '--sites', 'body.sise', '--out', `${out}-x`]);
    expect([status, err]).toEqual([2, expect.stringContaining("--sites: there is no locus or segment 'body.sise'")]);
  });
});
