import { writeFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statistics } from '../../../src/analysis/stats/statistics.ts';
import { genomesOfEnd, genomesOfWorld, keptWorld } from '../../../src/cli/analysis/stats-data.ts';
import { readHistory } from '../../../src/cli/read-history.ts';
import { ParquetReader } from '../../../src/export/parquet-reader.ts';
import { allelesOfHistory, livingRows, nodesAt } from '../../../src/export/tskit/alleles-of-history.ts';
import { eachEdge } from '../../../src/export/tskit/edges.ts';
import { originsOfHistory } from '../../../src/export/tskit/origins-of-history.ts';
import { planNodes } from '../../../src/export/tskit/plan-nodes.ts';
import { call, smallScene, testIo, Workplace } from './test-io.ts';

const sexual = { mutation: { on: true }, 'sexual-reproduction': { on: true, reach: 24 }, recombination: { on: true } };
const kinds = {
  haploid: { mechanisms: sexual },
  diploid: { mechanisms: sexual, genome: { ploidy: 2 } },
  transfer: { mechanisms: { mutation: { on: true }, transfer: { on: true } } },
};

let place: Workplace;
beforeAll(async () => {
  place = new Workplace();
  for (const [name, more] of Object.entries(kinds)) {
    const scene = {
      ...smallScene,
      name,
      populations: { grazers: { ...smallScene.populations.grazers, ...more } },
      record: { species: { every: 50, smallest: 5, patience: 1, distance: 0.3 }, census: { every: 100 } },
    };
    writeFileSync(place.at(`${name}.json`), JSON.stringify(scene));
    const flags = ['--seed', '7', '--genomes', 'all', '--snapshots', '100', '--out', place.at(name)];
    const made = await call(['run', place.at(`${name}.json`), ...flags]);
    expect(made.status, made.err).toBe(0);
  }
});
afterAll(() => place.remove());

interface Row {
  readonly [name: string]: string | number | null;
}

async function statisticsOf(name: string, ...flags: string[]): Promise<readonly Row[]> {
  const { status, out, err } = await call(['stats', place.at(name), '--json', ...flags]);
  expect(err).toBe('');
  expect(status).toBe(0);
  return JSON.parse(out).statistics;
}

describe('upslope stats', () => {
  it.each(Object.keys(kinds))('%s: has a value or a reason for every statistic of docs/statistics.md', async (name) => {
    const rows = await statisticsOf(name, '--grid', '2x1');
    for (const { id } of statistics)
      expect(
        rows.some(({ statistic }) => statistic === id),
        id,
      ).toBe(true);
    for (const row of rows) expect(row.value !== null || row.note !== '', JSON.stringify(row)).toBe(true);
    for (const { value } of rows) expect(value === null || Number.isFinite(value)).toBe(true);
  });

  it.each(Object.keys(kinds))('%s: genomes from births and transfers are those that the run kept', async (name) => {
    const run = await readHistory(testIo(), place.at(name), []);
    const { history } = run;
    const { loci, ploidy } = history.populations[0];
    const samples = [200, 300].map((tick) => ({ tick, rows: livingRows(history, 0, tick) }));
    const [middle, end] = allelesOfHistory(history, 0, samples);
    const kept = keptWorld(testIo(), place.at(name), 200);
    if (!kept) throw new Error('no snapshot');
    const organisms = await ParquetReader.open('organisms', run.tables.get('organisms.parquet') as never);
    for (const [found, known] of [
      [middle, genomesOfWorld(kept, 'grazers', undefined)],
      [end, await genomesOfEnd(organisms, 'grazers', ploidy * loci, undefined)],
    ] as const) {
      expect(known.at.size).toBe(found.rows.length);
      const size = ploidy * loci;
      const [values, alleles] = [found.values as Float32Array, found.byMutation?.alleles as Int32Array];
      // One allele has one value; what descends from one founder copy without mutation in between is one allele.
      const seen = new Map<string, number>();
      for (const [i, row] of found.rows.entries()) {
        const at = known.at.get(history.organisms.id[row]) as number;
        for (let l = 0; l < size; l++) {
          expect(Object.is(values[i * size + l], known.values?.[at * size + l])).toBe(true);
          const allele = `${l % loci} ${alleles[i * size + l]}`;
          expect(seen.get(allele) ?? values[i * size + l]).toBe(values[i * size + l]);
          seen.set(allele, values[i * size + l]);
        }
      }
      const pairs = new Map<number, number>();
      for (const [i, allele] of alleles.entries()) {
        const founder = found.byFounder.alleles[i];
        if (allele < 0) expect(allele).toBe(-1 - founder);
        else expect(pairs.get(allele) ?? founder).toBe(founder);
        pairs.set(allele, founder);
      }
    }
    kept.dispose();
    run.close();
  });

  it.each(Object.keys(kinds))('%s: carriers of origins are the copies whose line leads back to one', async (name) => {
    const run = await readHistory(testIo(), place.at(name), []);
    const { history } = run;
    const { ploidy } = history.populations[0];
    const plan = planNodes(history);
    const samples = [150, 300].map((tick) => ({ tick, rows: livingRows(history, 0, tick).slice(0, 40) }));
    const found = originsOfHistory(history, plan, 0, samples, 0.1, { to: 300, most: 301 });
    expect(found.origins.length).toBeGreaterThan(20);
    const parents = new Map<number, (readonly [left: number, right: number, parent: number])[]>();
    eachEdge(history, plan, {
      edge: (left, right, parent, child) => void parents.set(child, [...(parents.get(child) ?? []), [left, right, parent]]),
    });
    const received = new Set<string>();
    const { transfers } = history;
    for (let k = 0; k < transfers.count; k++) {
      for (let l = transfers.start[k]; l < transfers.end[k]; l++) received.add(`${plan.transferNode[k]} ${l}`);
    }
    for (const [o, origin] of found.origins.entries()) {
      if (o % 7 !== 0) continue;
      for (const tick of [100, 201, 300]) {
        const nodes = nodesAt(history, plan, livingRows(history, 0, tick), ploidy, tick);
        let [carriers, transferred] = [0, 0];
        for (const start of nodes) {
          let at: number | undefined = start;
          let isTransferred = false;
          while (at !== undefined && at !== origin.node) {
            isTransferred ||= received.has(`${at} ${origin.locus}`);
            at = parents.get(at)?.find(([left, right]) => left <= origin.locus && origin.locus < right)?.[2];
          }
          if (at === undefined) continue;
          carriers++;
          if (isTransferred) transferred++;
        }
        expect(found.carriers[o * 301 + tick], `origin ${o} at ${tick}`).toBe(carriers);
        expect(found.transferred?.[o * 301 + tick] ?? 0).toBe(transferred);
        expect(found.copies[tick]).toBe(nodes.length);
      }
    }
    run.close();
  });

  it('gives the same genetics by a snapshot, by births and transfers, and by making the run again', async () => {
    const none = place.at('none');
    const flags = ['--seed', '7', '--genomes', 'none', '--out', none];
    expect((await call(['run', place.at('diploid.json'), ...flags])).status).toBe(0);
    const genetics = (rows: readonly Row[]) =>
      rows.filter(({ statistic, from }) => from === 200 && ['gene_diversity', 'fis', 'kinship'].includes(String(statistic)));
    const expected = genetics(await statisticsOf('diploid', '--ticks', '200'));
    expect(expected.every(({ value }) => value !== null)).toBe(true);
    expect(genetics(await statisticsOf('none', '--ticks', '200', '--replay'))).toEqual(expected);
    const unknown = await statisticsOf('none', '--ticks', '200');
    expect(unknown.find(({ statistic }) => statistic === 'gene_diversity')).toMatchObject({
      value: null,
      note: 'genomes are not known at this tick; run with --snapshots or --genomes all, or give --replay',
    });
  });

  it('gives complexity of clones only', async () => {
    const note = async (name: string) =>
      (await statisticsOf(name)).find(({ statistic }) => statistic === 'modes_complexity')?.note;
    expect(await note('haploid')).toMatch(/^lines of organisms with two parents/);
    expect(await note('transfer')).toMatch(/^lines of organisms that take over genes/);
  });

  it('gives an effective size by linkage where chromosomes segregate', async () => {
    const mechanisms = { ...sexual, recombination: { on: true, chromosomes: 4 } };
    const scene = { ...smallScene, name: 'apart', populations: { grazers: { ...smallScene.populations.grazers, mechanisms } } };
    writeFileSync(place.at('apart.json'), JSON.stringify(scene));
    const flags = ['--seed', '7', '--ticks', '600', '--genomes', 'all', '--out', place.at('apart')];
    expect((await call(['run', place.at('apart.json'), ...flags])).status).toBe(0);
    const [whole] = (await statisticsOf('apart', '--ticks', '600')).filter(({ statistic }) => statistic === 'ne_linkage');
    expect(whole.note).toBe('');
    expect(Number(whole.low)).toBeGreaterThan(0);
    expect(Number(whole.value)).toBeGreaterThan(Number(whole.low));
    expect(whole.high === null || Number(whole.value) < Number(whole.high)).toBe(true);
    const clones = (await statisticsOf('transfer')).find(({ statistic }) => statistic === 'ne_linkage');
    expect(clones).toMatchObject({ value: null, note: 'loci do not recombine, or lie on one chromosome' });
  });

  it('says of a run that died out what is not defined', async () => {
    const scene = { ...smallScene, name: 'gone', habitat: { ...smallScene.habitat, grass: { capacity: 0 } } };
    writeFileSync(place.at('gone.json'), JSON.stringify(scene));
    expect((await call(['run', place.at('gone.json'), '--seed', '1', '--out', place.at('gone')])).status).toBe(0);
    const rows = await statisticsOf('gone');
    for (const { id } of statistics)
      expect(
        rows.some(({ statistic }) => statistic === id),
        id,
      ).toBe(true);
    for (const row of rows) expect(row.value !== null || row.note !== '', JSON.stringify(row)).toBe(true);
    expect(rows.find(({ statistic }) => statistic === 'pi')?.note).toBe('no organism lives at this tick');
  });

  it('writes tables that validate knows, also as CSV, with windows in time and along the genome', async () => {
    const out = place.at('written');
    const flags = ['--windows', '3', '--genome-windows', '4', '--traits', 'body.size,marker.1', '--csv', '--out', out];
    const { status, out: text } = await call(['stats', place.at('haploid'), ...flags]);
    expect(status).toBe(0);
    expect(text).toContain('in 3 windows');
    expect(text).toMatch(/neutral shadow: mean \S+, least \S+, greatest \S+ of 39/);
    expect(text).toContain('a value from its least to its greatest is not distinguishable from drift');
    const checked = await call(['validate', out]);
    expect(checked.status, checked.err).toBe(0);
    const bytes = place.read('written', 'stats.parquet');
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const rows = (await parquetReadObjects({ file })) as Row[];
    expect(new Set(rows.filter(({ statistic }) => statistic === 'alleles').map(({ about }) => about)).size).toBe(5);
    expect(rows.filter(({ statistic, kind }) => statistic === 'census_size' && kind === 'population')).toHaveLength(3);
    expect(place.read('written', 'stats.csv').toString().trim().split('\n')).toHaveLength(rows.length + 1);
    // Loci of the windows are all loci.
    const segregating = rows.filter((row) => row.statistic === 'segregating_sites' && row.kind === 'population');
    const whole = segregating.find(({ about }) => about === '')?.value;
    expect(segregating.filter(({ about }) => about !== '').reduce((sum, { value }) => sum + Number(value), 0)).toBe(whole);
  });

  it('says the same of a tick alone and among others, and describes a census in one window', async () => {
    const of = (rows: readonly Row[]) => rows.filter(({ to, from }) => to === 200 && from === 200);
    const genetics = (rows: readonly Row[]) =>
      of(rows).filter(({ statistic }) => ['alleles', 'kinship'].includes(String(statistic)));
    const alone = genetics(await statisticsOf('haploid', '--sample', '20', '--ticks', '200'));
    expect(alone.length).toBeGreaterThan(1);
    expect(genetics(await statisticsOf('haploid', '--sample', '20', '--ticks', '100,200,300'))).toEqual(alone);
    const windows = await statisticsOf('haploid', '--windows', '3');
    const censuses = windows.filter(({ statistic }) => statistic === 'evolvability').map(({ to }) => to);
    expect(censuses).toEqual([0, 100, 200, 300]);
    // The census before is another window's: it is compared with all the same.
    const compared = windows.filter(({ statistic, value }) => statistic === 'subspace_similarity' && value !== null);
    expect(compared.map(({ to }) => to)).toEqual([100, 200, 300]);
  });

  it('gives a reason where a cohort is empty, or most newborns would outlive the window', async () => {
    const rows = await statisticsOf('haploid', '--from', '290');
    const note = (id: string) => rows.find(({ statistic, kind }) => statistic === id && kind === 'population')?.note;
    const empty = 'an organism older than all that were born in the window lives at the end; make the run longer';
    expect(note('opportunity')).toBe(empty);
    expect(note('selection_gradient')).toBe(empty);
    expect(note('life_expectancy')).toMatch(/^\d+ % of newborns would outlive the oldest age in the window; give a longer one$/);
    expect(note('generation_time')).toBe('');
  });

  it('leaves tables beside a run out of its exports', async () => {
    const { status, err } = await call(['stats', place.at('transfer'), '--out', place.at('transfer-stats')]);
    expect(status, err).toBe(0);
    writeFileSync(place.at('transfer', 'stats.parquet'), place.read('transfer-stats', 'stats.parquet'));
    const made = await call(['export', place.at('transfer'), '--format', 'all', '--out', place.at('transfer-all')]);
    expect(made.status, made.err).toBe(0);
    expect(place.names('transfer-all')).not.toContain('stats.parquet');
  });

  it.each([
    [['--ticks', '400'], '--ticks 400: the run ends at tick 300; give 300 or less'],
    [['--from', '200', '--to', '100'], '--from must be before --to (got 200 and 100)'],
    [['--windows', '400'], '--windows 400: there are 300 ticks; give 300 or less'],
    [['--traits', 'body.sise'], "there is no trait 'body.sise'; the run has body.size"],
    [['--population', 'nothing'], "there is no population 'nothing' in "],
    [['--grid', '0x2'], "give columns and rows of two cells or more, for example 2x1, not '0x2'"],
    [['--grid', '1x1'], "give columns and rows of two cells or more, for example 2x1, not '1x1'"],
    [['--traits', ','], 'give one name or more, separated by commas'],
    [['--traits', 'body.size,body.size'], "'body.size' is there twice; give each name once"],
    [['--csv'], '--csv writes to the directory of --out; give --out too'],
  ])('%s: one line, exit 2', async (flags, words) => {
    const { status, err } = await call(['stats', place.at('haploid'), ...flags]);
    expect(status).toBe(2);
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
