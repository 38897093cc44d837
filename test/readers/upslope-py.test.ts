import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { exportTables } from '../../src/export/tables.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { standard } from '../../src/simulation/catalogue.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import { call, smallScene, Workplace } from '../unit/cli/test-io.ts';
import { output, pandas, parquet, testWith } from './readers.ts';
import { kinds, realExport } from './real-export.ts';

const assets = join(process.cwd(), 'assets');
const place = new Workplace();
afterAll(() => {
  place.remove();
});

const withPandas = (title: string, work: () => void | Promise<void>) => testWith(pandas, 'python3-pandas', title, work);
const withParquet = (title: string, work: () => void | Promise<void>) =>
  testWith(parquet, 'pandas and pyarrow for a Python that PARQUET_PYTHON_PATH names', title, work);

/** What a program with the reader at hand prints, as JSON. */
function ask(python: string | undefined, folder: string, lines: readonly string[]): unknown {
  const program = ['import json, sys', `sys.path.insert(0, ${JSON.stringify(assets)})`, 'import upslope', ...lines].join('\n');
  return JSON.parse(output(python, ['-B', '-c', program, folder]));
}

/** A table of the export for tskit: its columns, numbers as numbers. */
function tskitTable(out: string, name: string): Record<string, (number | string)[]> {
  const [head, ...rows] = readFileSync(join(out, 'tskit', `${name}.txt`), 'utf8')
    .trimEnd()
    .split('\n');
  const cells = rows.map((row) => row.split('\t'));
  return Object.fromEntries(
    head
      .split('\t')
      .map((column, i) => [column, cells.map((row) => (/^(parents|metadata)$/.test(column) ? row[i] : Number(row[i])))]),
  );
}

/** A folder with the CSV tables of an export alone, as `--csv` leaves them to a Python without an engine for Parquet. */
function csvOnly(out: string, name: string): string {
  const folder = place.at(name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const file of readdirSync(out)) {
    if (/\.csv$/.test(file) || file === 'provenance.json') copyFileSync(join(out, file), join(folder, file));
  }
  return folder;
}

const lineage = [
  'own = upslope.Run(sys.argv[1]).lineage()',
  "print(json.dumps({name: json.loads(frame.to_json(orient='split'))['data'] for name, frame in own.items()}))",
];

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('the %s run', (kind) => {
  const check = async (python: string | undefined, folderOf: (out: string) => string) => {
    const { out } = await realExport(kind);
    const own = ask(python, folderOf(out), lineage) as Record<string, unknown[][]>;
    const rowsOf = (name: string, columns: readonly string[]) => {
      const table = tskitTable(out, name);
      return table[columns[0]].map((_, i) => columns.map((column) => table[column][i]));
    };
    expect(own.nodes).toEqual(rowsOf('nodes', ['is_sample', 'time', 'population', 'individual']));
    expect(own.edges).toEqual(rowsOf('edges', ['left', 'right', 'parent', 'child']));
    const told = rowsOf('individuals', ['metadata', 'parents']).map(([metadata, parents]) => {
      const { id, transfer_tick = null } = JSON.parse(Buffer.from(String(metadata), 'base64').toString());
      return [id, transfer_tick, parents === '' ? [] : String(parents).split(',').map(Number)];
    });
    expect(own.individuals).toEqual(told);
    const populations = tskitTable(out, 'populations').metadata.map((text) =>
      JSON.parse(Buffer.from(String(text), 'base64').toString()),
    );
    expect(own.populations).toEqual(populations.map(({ name, loci, ploidy }) => [name, loci, ploidy]));
  };

  withPandas('gives Python the ancestry that the export for tskit has, from CSV', () =>
    check(pandas, (out) => csvOnly(out, 'csv')),
  );
  withParquet('gives the same from Parquet', () => check(parquet, (out) => out));
});

withPandas('every table of a run has its rows, whole numbers stay whole, and what is unknown is missing', async () => {
  const made = await call(['run', place.scene, '--seed', '7', '--csv', '--out', place.at('run')]);
  expect(made.status, made.err).toBe(0);
  const lines = [
    'run = upslope.Run(sys.argv[1])',
    'rows = {name: len(getattr(run, name)) for name in upslope.TABLES}',
    'organisms = run.organisms',
    "living = organisms[organisms['death_tick'].isna()]",
    'genomes = run.genomes_of_living()',
    'print(json.dumps(dict(rows=rows, summary=run.summary["rows"], ticks=run.ticks, hash=run.hash, repr=repr(run)[-26:],',
    '  death=str(organisms["death_tick"].dtype), parents=str(organisms["parents"].iloc[-1].dtype), living=len(living),',
    '  shape=list(genomes.shape), index=genomes.index.name, locus=list(genomes.columns)[-1],',
    '  census=list(run.probe("census").index), mean=run.probe("census")["grazers.population"].iloc[-1],',
    '  columns=list(upslope.organisms(sys.argv[1], ["id", "birth_tick"]).columns))))',
  ];
  for (const python of [pandas, ...(parquet ? [parquet] : [])]) {
    const found = ask(python, place.at('run'), lines) as Record<string, unknown>;
    const { hash } = place.json('run', 'provenance.json');
    const { populations } = place.json('run', 'summary.json') as { populations: { grazers: { living: number } } };
    const { living } = populations.grazers;
    expect(found.rows).toEqual(found.summary);
    expect(found).toMatchObject({
      ticks: 300,
      hash,
      repr: `small, seed '7', 300 ticks`,
      death: 'Int64',
      parents: 'int64',
      living,
    });
    expect(found).toMatchObject({ index: 'id', census: [0, 100, 200, 300], mean: living, columns: ['id', 'birth_tick'] });
    expect((found.shape as number[])[0]).toBe(living);
  }
});

withParquet('a table is the same from Parquet and from CSV', async () => {
  const { out } = await realExport('haploid');
  const lines = [
    'import numpy, pandas',
    'equal = {}',
    'for name in upslope.TABLES:',
    '  try: one, two = upslope.read_table(sys.argv[1], name), upslope.read_table(sys.argv[1] + "-csv", name)',
    '  except upslope.UpslopeError: continue',
    '  same = list(one.columns) == list(two.columns) and len(one) == len(two)',
    '  for column in one.columns:',
    '    a, b = one[column], two[column]',
    '    if column in upslope._LISTS: same = same and all((x is None and y is None) or numpy.array_equal(x, y) for x, y in zip(a, b))',
    '    elif a.dtype.kind in "fi": same = same and numpy.array_equal(a.astype(float), b.astype(float), equal_nan=True)',
    '    else: same = same and list(a.fillna(-1)) == list(b.fillna(-1))',
    '  equal[name] = bool(same)',
    'print(json.dumps(equal))',
  ];
  rmSync(`${out}-csv`, { recursive: true, force: true });
  const folder = csvOnly(out, 'copy');
  mkdirSync(`${out}-csv`);
  for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(`${out}-csv`, file));
  const equal = ask(parquet, out, lines) as Record<string, boolean>;
  expect(Object.keys(equal).length).toBeGreaterThan(5);
  expect(Object.values(equal)).not.toContain(false);
});

withPandas('knows every list, every text and every whole number that may be missing', () => {
  const [lists, texts, whole, tables] = ask(pandas, '', [
    'print(json.dumps([upslope._LISTS, upslope._TEXTS, upslope._NULLABLE_WHOLE, upslope.TABLES]))',
  ]) as [Record<string, boolean>, Record<string, boolean>, Record<string, string[]>, string[]];
  const simulation = createSimulation(parseScene(smallScene, 'small'), '1');
  const [population] = simulation.populations;
  const all = exportTables(
    population.traits,
    population.ledgers,
    standard.habitats.flatMap(({ places = [] }) => places),
  );
  simulation.dispose();
  expect([...tables].sort()).toEqual(all.map(({ name }) => name).sort());
  const known: Record<string, boolean> = {};
  const knownTexts: Record<string, boolean> = {};
  for (const { name, columns } of all) {
    for (const { name: column, type } of columns) if (type.startsWith('LIST')) known[column] = type.includes('INT');
    for (const { name: column, type, nullable } of columns) if (type === 'STRING') knownTexts[column] = nullable === true;
    const missing = columns.filter(({ type, nullable }) => nullable && /^INT/.test(type)).map(({ name: column }) => column);
    expect(whole[name] ?? [], name).toEqual(missing);
  }
  expect(lists).toEqual(known);
  expect(texts).toEqual(knownTexts);
});

withPandas('says in one line what is wrong', () => {
  /** A folder with these files. */
  const folder = (name: string, files: Readonly<Record<string, string>>) => {
    mkdirSync(place.at(name));
    for (const [file, text] of Object.entries(files)) writeFileSync(place.at(`${name}/${file}`), text);
    return place.at(name);
  };
  const first = '{"schema_version": 1}';
  const open = (path: string) => `upslope.Run(${JSON.stringify(path)})`;
  const run = JSON.stringify(folder('later', { 'provenance.json': first, 'loci.csv': 'a,b\n', 'species.parquet': 'x' }));
  const cases: readonly (readonly [string, RegExp])[] = [
    [open(place.at('nowhere')), /^UpslopeError .*nowhere: not a folder; give the --out folder/],
    [open(folder('empty', {})), /empty: has no provenance.json; give/],
    [open(folder('cut', { 'checkpoint.upslope': '' })), /cut: the run is not finished; continue it: upslope run --resume/],
    [
      open(folder('newer', { 'provenance.json': '{"schema_version": 2}' })),
      /schema version 2, this file reads up to 1; use the upslope.py/,
    ],
    [open(folder('broken', { 'provenance.json': '{' })), /provenance.json: not JSON/],
    [`upslope.Run(${run}).organisms`, /has no organisms.parquet and no organisms.csv/],
    [`upslope.read_table(${run}, 'x')`, /'x' is not a table; there are runs, /],
    [`upslope.loci(${run}, ['c'])`, /loci.csv: has no such columns or is damaged/],
    [`upslope.species(${run})`, /damaged|needs pyarrow/],
  ];
  // One process for all: pandas alone takes a second to load.
  const program = [
    'import sys',
    `sys.path.insert(0, ${JSON.stringify(assets)})`,
    'import upslope',
    ...cases.flatMap(([call]) => [
      'try:',
      `  ${call}`,
      '  print("nothing is wrong")',
      'except (upslope.UpslopeError, ImportError) as error: print(type(error).__name__, error)',
    ]),
  ].join('\n');
  const lines = output(pandas, ['-B', '-c', program]).trimEnd().split('\n');
  expect(lines.length).toBe(cases.length);
  for (const [i, [, expected]] of cases.entries()) expect(lines[i]).toMatch(expected);
  const { status, stderr } = spawnSync(pandas as string, ['-B', join(assets, 'upslope.py')], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'give the folder of a run: python3 upslope.py RUN\n' });
});

test('the reader is part of the package', () => {
  const { files } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as { files: string[] };
  expect(files).toContain('assets/upslope.py');
});
