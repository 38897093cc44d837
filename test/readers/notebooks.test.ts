// The twelve questions of docs/notebooks: SQL, Python and R give the same numbers, those of `upslope stats` and of the library.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readHistory } from '../../src/cli/read-history.ts';
import { treesOfWindow } from '../../src/experiment/stats/trees-of-run.ts';
import { csvOfParquet } from '../../src/export/csv-of-parquet.ts';
import { columnName } from '../../src/export/export-table.ts';
import type { History, SpeciesHistory } from '../../src/export/history.ts';
import { createParquetEncoder } from '../../src/export/parquet.ts';
import { sampleHistory } from '../../src/export/sample-history.ts';
import { TableWriter } from '../../src/export/table-writer.ts';
import { speciesTable } from '../../src/export/tables.ts';
import { speciesTree } from '../../src/export/trees/species-tree.ts';
import { sourceOfChunks } from '../../src/export/validate/file-source.ts';
import { call, smallScene, testIo, Workplace } from '../unit/cli/test-io.ts';
import { output, pandas, parquet, rscript, testWith } from './readers.ts';
import { kinds } from './real-export.ts';

const notebooks = join(import.meta.dirname, '../../docs/notebooks');
const place = new Workplace();
afterAll(() => {
  place.remove();
});

/** Answers by question and item. */
type Answers = ReadonlyMap<string, number>;

function answersIn(text: string): Answers {
  const rows = text.split('\n').flatMap((line) => {
    const [question, item, value] = line.split('\t');
    if (!/^\d+$/.test(question) || value === undefined) return [];
    return [[`${question} ${item}`, value === '' ? Number.NaN : Number(value)] as const];
  });
  return new Map(rows);
}

/** Asked once of each run. */
const ofSql = new Map<string, Answers>();
function bySql(run: string, stats: string): Answers {
  const known = ofSql.get(run);
  if (known) return known;
  const answers = answersIn(
    output(process.execPath, [
      join(notebooks, '../recipes/run-sql.mjs'),
      join(notebooks, 'questions.sql'),
      run,
      `stats=${stats}`,
    ]),
  );
  ofSql.set(run, answers);
  return answers;
}
const byR = (run: string, stats: string) => answersIn(output(rscript, [join(notebooks, 'questions.R'), run, stats]));

/** All code of the notebook, as one program. */
function byPython(run: string, stats: string, python = pandas): Answers {
  const { cells } = JSON.parse(readFileSync(join(notebooks, 'questions.ipynb'), 'utf8')) as {
    cells: { cell_type: string; source: string[] }[];
  };
  const code = cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => source.join(''));
  const print = [
    'for row in pandas.concat(answers).itertuples():',
    '    print(row.question, row.item, "" if pandas.isna(row.value) else repr(row.value), sep="\\t")',
  ];
  const env = {
    ...process.env,
    PYTHONPATH: join(import.meta.dirname, '../../assets'),
    UPSLOPE_RUN: run,
    UPSLOPE_STATS: stats,
  };
  const input = [...code, ...print].join('\n');
  return answersIn(execFileSync(python as string, ['-B', '-W', 'error', '-'], { encoding: 'utf8', env, input }));
}

interface Case {
  readonly run: string;
  readonly stats: string;
  readonly history: History;
}

const made = new Map<string, Promise<Case>>();
/** A run with its CSV tables and statistics, made when it is first asked for. */
function caseOf(name: string, seed: number, founders: number, more: object = {}): Promise<Case> {
  const known = made.get(name);
  if (known) return known;
  const making = makeCase(name, seed, founders, more);
  made.set(name, making);
  return making;
}

async function makeCase(name: string, seed: number, founders: number, more: object, ticks = 300): Promise<Case> {
  const scene = {
    ...smallScene,
    name,
    ticks,
    habitat: { ...smallScene.habitat, width: 96, height: 96 },
    populations: { grazers: { ...smallScene.populations.grazers, founders, ...more } },
    record: { species: { every: 50, smallest: 3, patience: 1, distance: 0.3 }, census: { every: 150, genomes: true } },
  };
  const [file, run, stats] = [place.at(`${name}.json`), place.at(name), place.at(`${name}-stats`)];
  writeFileSync(file, JSON.stringify(scene));
  const ran = await call(['run', file, '--seed', String(seed), '--genomes', 'all', '--csv', '--out', run]);
  expect(ran.status, ran.err).toBe(0);
  const counted = await call(['stats', run, '--grid', '2x1', '--csv', '--out', stats]);
  expect(counted.status, counted.err).toBe(0);
  const { history, close } = await readHistory(testIo(), run, []);
  close();
  return { run, stats, history };
}

/** Clones, diploids with two parents, all living of one ancestor, none living. */
const cases = {
  clones: () => caseOf('clones', 7, 40),
  diploids: () => caseOf('diploids', 7, 40, kinds.diploid),
  'few founders': () => caseOf('few', 4, 3),
  extinct: () => caseOf('extinct', 1, 3),
};

/** The same answers, to nine digits. */
function expectSame(found: Answers, wanted: Answers): void {
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
  for (const [key, value] of wanted) expectClose(found.get(key), value, key);
}

function expectClose(found: number | undefined, wanted: number, what: string): void {
  if (Number.isNaN(wanted)) expect(found, what).toBeNaN();
  else expect(Math.abs((found ?? Number.NaN) - wanted), what).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
}

/** Rows of a CSV file without quotes. */
function rowsOf(...names: string[]): Record<string, string>[] {
  const [head, ...rows] = readFileSync(join(...names), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(head.map((column, i) => [column, cells[i]])));
}

describe.each(Object.keys(cases) as (keyof typeof cases)[])('a run of %s', (name) => {
  it('has numbers of upslope stats in SQL', async () => {
    const { run, stats } = await cases[name]();
    const answers = bySql(run, stats);
    const items: Record<string, string> = {
      life_expectancy: '6 life expectancy at birth',
      net_reproduction: '6 net reproductive rate',
      generation_time: '7 generation time',
      ne_variance: '7 effective size',
      lineages: '11 living species',
      phylogenetic_diversity: '11 length of their tree',
      sackin: '11 Sackin above chance',
    };
    let compared = 0;
    for (const { kind, group, other, statistic, about, value } of rowsOf(stats, 'stats.csv')) {
      if (value === '' || group !== '' || other !== '') continue;
      const ofTrait = { selection_differential: 8, heritability: 9 }[statistic];
      const item =
        kind === 'deme' && statistic === 'fst'
          ? '10 F_ST'
          : kind !== 'population'
            ? undefined
            : ofTrait
              ? `${ofTrait} ${columnName(about)}`
              : items[statistic];
      if (item === undefined) continue;
      expectClose(answers.get(item), Number(value), `${item} of ${name}`);
      compared++;
    }
    expect(compared).toBeGreaterThan(name === 'extinct' ? 3 : 14);
    for (const { kind, age_above, survival } of rowsOf(stats, 'life_table.csv')) {
      if (kind === 'population') expectClose(answers.get(`6 share that reaches age ${age_above}`), Number(survival), age_above);
    }
    const swept = rowsOf(stats, 'sweeps.csv');
    expect([...answers.keys()].filter((key) => key.startsWith('12 '))).toHaveLength(swept.length);
    for (const { name: locus, organism, s } of swept) {
      expectClose(answers.get(`12 ${locus} since organism ${organism}`), Number(s), locus);
    }
  });

  it('has counts, ancestors, winner and alleles of the library in SQL', async () => {
    const { run, stats, history } = await cases[name]();
    const answers = bySql(run, stats);
    const { count, id, firstParent, deathTick, birthTick, generation } = history.organisms;
    const rows = Array.from({ length: count }, (_, row) => row);
    const living = rows.filter((row) => Number.isNaN(deathTick[row]));
    const of = (question: number) =>
      Object.fromEntries(
        [...answers].flatMap(([key, value]) =>
          key.startsWith(`${question} `) ? [[key.slice(key.indexOf(' ') + 1), value]] : [],
        ),
      );
    const founders = rows.filter((row) => firstParent[row] < 0);
    expect(of(1)).toEqual({
      founders: founders.length,
      born: count - founders.length,
      died: count - living.length,
      living: living.length,
      'most generations': Math.max(...generation),
    });
    const kept = sampleHistory(history, 'living').history.organisms;
    const lineOf = (row: number) => {
      const line = [row];
      for (let up = firstParent[row]; up >= 0; up = firstParent[up]) line.push(up);
      return line;
    };
    const lines = living.map((row) => new Set(lineOf(row)));
    const common = lineOf(living[0] ?? -1).filter((row) => row >= 0 && lines.every((line) => line.has(row)));
    expect(of(2)).toEqual({
      'dead ancestors': kept.count - living.length,
      'founders among them': kept.firstParent.filter((up) => up < 0).length,
      'birth of the last common one': common.length > 0 ? birthTick[common[0]] : Number.NaN,
    });
    if (name === 'few founders') expect(common.length).toBeGreaterThan(0);
    const sizes = new Map<number, number>();
    for (const row of living) {
      const founder = id[lineOf(row).at(-1) as number];
      sizes.set(founder, (sizes.get(founder) ?? 0) + 1);
    }
    const [won] = [...sizes].sort(([a, n], [b, m]) => m - n || a - b);
    expect(of(3)).toEqual(
      won
        ? { founder: won[0], 'its share of the living': won[1] / living.length, 'lineages left': sizes.size }
        : { 'lineages left': 0 },
    );
    const [{ loci, ploidy }] = history.populations;
    const census = readFileSync(join(run, 'census.csv'), 'utf8').trimEnd().split('\n').slice(1);
    const copies = census.flatMap((line) => {
      const values = line.slice(line.lastIndexOf('[') + 1, line.lastIndexOf(']')).split(',');
      return Array.from({ length: ploidy }, (_, h) => ({ tick: line.split(',')[0], value: Number(values[h * loci]) }));
    });
    const last = copies.filter(({ tick }) => tick === copies.at(-1)?.tick).map(({ value }) => value);
    const numbers = new Map<number, number>();
    for (const value of last) numbers.set(value, (numbers.get(value) ?? 0) + 1);
    const [[allele]] = [...numbers].sort(([a, n], [b, m]) => m - n || a - b);
    for (const tick of new Set(copies.map((copy) => copy.tick))) {
      const own = copies.filter((copy) => copy.tick === tick);
      expectClose(of(4)[`frequency at tick ${tick}`], own.filter(({ value }) => value === allele).length / own.length, tick);
    }
    expect(Object.values(of(5)).reduce((sum, n) => sum + n, 0)).toBe(count - living.length);
  });

  testWith(pandas, 'python3-pandas', 'has the same answers in the notebook', async () => {
    const { run, stats } = await cases[name]();
    expectSame(byPython(run, stats), bySql(run, stats));
  });

  testWith(rscript, 'r-cran-ape', 'has the same answers in R', async () => {
    const { run, stats } = await cases[name]();
    expectSame(byR(run, stats), bySql(run, stats));
  });
});

it('where founders live still, no lives have ended: nothing is said of drift and selection', async () => {
  const { run, stats } = await makeCase('young', 7, 12, {}, 40);
  const sql = bySql(run, stats);
  expect(sql.get('1 born')).toBeGreaterThan(0);
  expect([...sql.keys()].filter((key) => /^(7|8) /.test(key))).toEqual(['7 generation time']);
  for (const answers of [pandas ? byPython(run, stats) : sql, rscript ? byR(run, stats) : sql]) expectSame(answers, sql);
});

testWith(
  parquet,
  'pandas and pyarrow for a Python that PARQUET_PYTHON_PATH names',
  'the notebook reads Parquet too',
  async () => {
    const { run, stats } = await cases.clones();
    expectSame(byPython(run, stats, parquet), bySql(run, stats));
  },
);

/** Species of a run that are not its own: from rows of parent, origin, end. */
async function withSpecies({ run }: Case, rows: readonly (readonly [number, number, number | null])[]): Promise<SpeciesHistory> {
  const chunks: Uint8Array[] = [];
  const writer = new TableWriter(speciesTable, [createParquetEncoder(speciesTable, (chunk) => chunks.push(chunk.slice()))]);
  for (const [id, [parent, origin, end]] of rows.entries()) {
    writer.append([
      id,
      parent < 0 ? null : parent,
      'grazers',
      origin,
      end,
      end === null ? 'living' : 'extinct',
      null,
      0,
      9,
      [0.5],
    ]);
  }
  writer.finish();
  writeFileSync(join(run, 'species.parquet'), Buffer.concat(chunks));
  const csv: Uint8Array[] = [];
  await csvOfParquet('species.parquet', sourceOfChunks(chunks), (chunk) => csv.push(chunk.slice()));
  writeFileSync(join(run, 'species.csv'), Buffer.concat(csv));
  return {
    count: rows.length,
    id: Float64Array.from(rows.keys()),
    parent: Int32Array.from(rows, ([parent]) => parent),
    population: new Uint8Array(rows.length),
    originTick: Float64Array.from(rows, ([, origin]) => origin),
    endTick: Float64Array.from(rows, ([, , end]) => end ?? Number.NaN),
    fate: rows.map(([, , end]) => (end === null ? 'living' : 'extinct')),
    mergedInto: new Int32Array(rows.length).fill(-1),
    representative: new Float64Array(rows.length),
    peak: new Uint32Array(rows.length),
  };
}

it('the tree of species has the shape that the library finds, in all three', async () => {
  const { run, ...few } = await cases['few founders']();
  const one = { ...few, run: place.at('shape') };
  cpSync(run, one.run, { recursive: true });
  // A line that ended leads to living species, one to none; two leave a line that goes on; all branchings are in two.
  const species = await withSpecies(one, [
    [-1, 0, 200],
    [0, 40, null],
    [0, 80, 280],
    [1, 120, null],
    [2, 150, null],
    [1, 180, 250],
    [4, 210, null],
    [2, 240, null],
    [4, 270, null],
  ]);
  const at = { population: 'grazers', from: 0, to: 300, kind: 'population', group: '' } as const;
  const rows = treesOfWindow(speciesTree(species).tree, true, at);
  const of = (id: string) => rows.find(({ statistic }) => statistic === id)?.value ?? Number.NaN;
  expect(of('sackin')).toBeGreaterThan(-10);
  const sql = bySql(one.run, one.stats);
  const programs = [sql, ...(pandas ? [byPython(one.run, one.stats)] : []), ...(rscript ? [byR(one.run, one.stats)] : [])];
  for (const answers of programs) {
    expectClose(answers.get('11 living species'), of('lineages'), 'lineages');
    expectClose(answers.get('11 length of their tree'), of('phylogenetic_diversity'), 'length');
    expectClose(answers.get('11 Sackin above chance'), of('sackin'), 'Sackin');
  }
});
