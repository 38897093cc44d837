import { describe, expect, it } from 'vitest';
import { createCsvEncoder } from '../../../src/export/csv.ts';
import { csvOfParquet } from '../../../src/export/csv-of-parquet.ts';
import type { Cell, ExportTable } from '../../../src/export/export-table.ts';
import { exportFiles, formats, usualChoices } from '../../../src/export/format-list.ts';
import { createParquetEncoder } from '../../../src/export/parquet.ts';
import { ParquetReader } from '../../../src/export/parquet-reader.ts';
import { nameRun } from '../../../src/export/run-identity.ts';
import { runRow } from '../../../src/export/runs.ts';
import { TableWriter } from '../../../src/export/table-writer.ts';
import { runsTable } from '../../../src/export/tables.ts';
import { sourceOfChunks } from '../../../src/export/validate/file-source.ts';
import { validateCsv } from '../../../src/export/validate/validate-csv.ts';
import { validateFiles } from '../../../src/export/validate/validate-files.ts';
import { validateParquet } from '../../../src/export/validate/validate-parquet.ts';
import { validateProvenance } from '../../../src/export/validate/validate-provenance.ts';
import { caterpillar, randomHistory } from './random-history.ts';
import { inMemory } from './write-run.ts';

const column = (name: string, type: ExportTable['columns'][number]['type'], nullable = false) => ({
  name,
  type,
  nullable,
  unit: '',
  description: '',
});
const table: ExportTable = {
  name: 'organisms',
  title: '',
  row: '',
  columns: [
    column('id', 'INT64'),
    column('parents', 'LIST<INT64>'),
    column('parent_shares', 'LIST<DOUBLE>'),
    column('birth_tick', 'INT64'),
    column('death_tick', 'INT64', true),
    column('cause', 'STRING', true),
    column('x', 'FLOAT'),
    column('genome', 'LIST<FLOAT>', true),
  ],
};
const rules = { table, required: ['id', 'parents'] };
const rows: Cell[][] = [
  [2, [1], [1], 9, 12, 'a, "b"', 0.1, null],
  [1, [], [], -3, null, null, 2, [0.1, 0.2]],
  [3, [1, 2], [0.25, 0.75], 10, null, null, 3, []],
];

function encode(of: readonly Cell[][], limits?: { rows: number; items: number }) {
  const parquet: Uint8Array[] = [];
  const csv: Uint8Array[] = [];
  const encoders = [
    createParquetEncoder(table, (chunk) => void parquet.push(chunk.slice())),
    createCsvEncoder(table, (chunk) => void csv.push(chunk.slice())),
  ];
  const writer = new TableWriter(table, encoders, limits);
  for (const row of of) writer.append(row);
  writer.finish();
  return { parquet: sourceOfChunks(parquet), csv: Buffer.concat(csv).toString() };
}

const checkCsv = (csv: string) => validateCsv('o.csv', [new TextEncoder().encode(csv)], rules);

describe('tables', () => {
  it('are valid as they are written, in one row group or several', async () => {
    for (const limits of [undefined, { rows: 1, items: 100 }]) {
      const { parquet, csv } = encode(rows, limits);
      expect(await validateParquet('o.parquet', parquet, rules)).toBe(3);
      expect(checkCsv(csv)).toBe(3);
    }
  });

  it('give the same CSV from Parquet as was written beside it', async () => {
    const { parquet, csv } = encode(rows, { rows: 2, items: 100 });
    let text = '';
    await csvOfParquet('o.parquet', parquet, (chunk) => void (text += new TextDecoder().decode(chunk)));
    expect(text).toBe(csv);
  });

  it('are read column by column with their types', async () => {
    const reader = await ParquetReader.open('o.parquet', encode(rows).parquet);
    expect(reader.columns.map(({ name, type, nullable }) => ({ name, type, nullable }))).toEqual(
      table.columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
    );
  });

  it.each([
    [
      [
        [1, [], [], 0, null, null, 0, null],
        [1, [], [], 0, null, null, 0, null],
      ],
      'o.parquet, row 2: id 1 is listed twice',
    ],
    [[[1, [7], [1], 0, null, null, 0, null]], 'o.parquet, row 1: names 7, which has no row'],
    [
      [
        [1, [], [], 5, null, null, 0, null],
        [2, [1], [1], 3, null, null, 0, null],
      ],
      'o.parquet, row 2: its parent 1 began at 5, after its own 3',
    ],
    [[[1, [], [], 5, 4, null, 0, null]], 'o.parquet, row 1: death_tick 4 is before birth_tick 5'],
    [
      [
        [1, [], [], 0, null, null, 0, null],
        [2, [1], [], 1, null, null, 0, null],
      ],
      'o.parquet, row 2: has 0 parent_shares for 1 parents',
    ],
    [
      [
        [1, [], [], 0, null, null, 0, null],
        [2, [1], [1.5], 1, null, null, 0, null],
      ],
      'o.parquet, row 2: parent_shares sum to 1.5, more than 1',
    ],
    [[[-1, [], [], 0, null, null, 0, null]], 'o.parquet, row 1: id is -1, less than 0'],
  ] as [Cell[][], string][])('name the row that is wrong: %#', async (of, message) => {
    const { parquet, csv } = encode(of);
    await expect(validateParquet('o.parquet', parquet, rules)).rejects.toThrow(message);
    const inCsv = message.replace('.parquet', '.csv');
    const asLine = inCsv.replace(/row (\d)/, (_, row) => `line ${Number(row) + 1}`);
    expect(() => checkCsv(csv)).toThrow(/names|its parent/.test(message) ? inCsv : asLine);
  });

  it.each([
    ['id,parents,size\n', "o.csv, line 1: the table organisms has no column 'size'"],
    ['parents,id\n', 'o.csv, line 1: the column id is out of order'],
    ['id\n', 'o.csv, line 1: the column parents is missing'],
    ['id,parents\n1.5,[]\n', "o.csv, line 2: id is '1.5'"],
    ['id,parents\n,[]\n', 'o.csv, line 2: id must have a value'],
    ['id,parents\n1,[1\n', "o.csv, line 2: parents is '[1'"],
    ['id,parents,x\n1,[],abc\n', "o.csv, line 2: x is 'abc'"],
    ['id,parents\n1\n', 'o.csv, line 2: has 1 fields, but the header has 2'],
    ['id,parents\n"1"2,[]\n', 'o.csv, line 2: text follows a closing quote'],
    ['id,parents\n1"2,[]\n', 'o.csv, line 2: a field that is not quoted contains a quote'],
  ])('name the line of a CSV that is wrong: %j', (csv, message) => {
    expect(() => checkCsv(csv)).toThrow(message);
  });

  it('name a Parquet file that is cut, or has a column of another type', async () => {
    const { parquet } = encode(rows);
    const cut = sourceOfChunks([new Uint8Array(parquet.slice(0, parquet.byteLength - 9))]);
    await expect(validateParquet('o.parquet', cut, rules)).rejects.toThrow(
      'o.parquet: damaged Parquet (it does not end with PAR1); use another copy',
    );
    const other = {
      table: { ...table, columns: [column('id', 'INT64'), ...table.columns.slice(1, 6), column('x', 'DOUBLE')] },
      required: [],
    };
    await expect(validateParquet('o.parquet', parquet, other)).rejects.toThrow(
      'o.parquet: the column x is FLOAT; it must be DOUBLE',
    );
    const bytes = new Uint8Array(parquet.slice(0));
    bytes.fill(0xff, 4, 60);
    await expect(validateParquet('o.parquet', sourceOfChunks([bytes]), rules)).rejects.toThrow(
      /^o\.parquet, rows 1 to 3, column \w+: /,
    );
  });
});

describe('the table of runs', () => {
  const check = (of: readonly Cell[][]) => {
    const csv: Uint8Array[] = [];
    const writer = new TableWriter(runsTable, [createCsvEncoder(runsTable, (chunk) => void csv.push(chunk.slice()))]);
    for (const row of of) writer.append(row);
    writer.finish();
    return validateCsv('runs.csv', csv, { table: runsTable, required: [] });
  };
  const id = '0123456789abcdef0123456789abcdef';

  it('of a history has the name and the scene of the run', () => {
    const { provenance } = randomHistory({ organisms: 10 });
    const row = runRow(nameRun({ ...provenance, changes: [], every: 100 }), provenance.seed, provenance.scene, '1');
    expect(check([row as Cell[]])).toBe(1);
    expect(JSON.parse(row[2] as string)).toEqual(provenance.scene);
    const named = (more: object) => nameRun({ scene: {}, seed: '1', changes: [], ticks: 1, every: 1, ...more });
    const names = [
      {},
      { scene: { a: 1 } },
      { seed: '2' },
      { ticks: 2 },
      { every: 2 },
      { changes: [{ at: 0, path: 'a', value: 1 }] },
    ];
    expect(new Set(names.map(named)).size).toBe(names.length);
    expect(named({ scene: { a: 1, b: 2 } })).toBe(named({ scene: { b: 2, a: 1 } }));
  });

  it.each([
    [[['X', 's', '{}', 1, '1']], "runs.csv, line 2: run_id is 'X', not 32 hexadecimal digits"],
    [
      [
        [id, 's', '{}', 1, '1'],
        [id, 's', '{}', 1, '1'],
      ],
      `runs.csv, line 3: run_id ${id} is listed twice`,
    ],
    [[[id, 's', '{', 1, '1']], 'runs.csv, line 2: scene_json is not the JSON of a scene'],
  ] as [Cell[][], string][])('name the row that is wrong: %#', (of, message) => {
    expect(() => check(of)).toThrow(message);
  });
});

describe('provenance', () => {
  it('is refused with the key that is wrong', () => {
    const { provenance } = randomHistory({ organisms: 10 });
    const check = (of: unknown) => validateProvenance('provenance.json', [new TextEncoder().encode(JSON.stringify(of))]);
    expect(check(provenance).hash).toBe(provenance.hash);
    expect(() => check({ ...provenance, hash: 'x' })).toThrow(
      /^provenance\.json: hash: 'x' is not allowed; give 16 hexadecimal digits$/,
    );
    expect(() => validateProvenance('provenance.json', [Uint8Array.of(123)])).toThrow(
      /^provenance\.json: ends in the middle of the provenance; /,
    );
  });
});

describe('formats', () => {
  it.each([
    ['random', randomHistory({ organisms: 1500, sexual: 0.5, transfers: 0.5, speciation: 0.02, ploidy: 2 })],
    ['a line of 3,000 generations', caterpillar(3000)],
  ] as const)('of a history alone are all valid: %s', async (_, history) => {
    const { chunks, open } = inMemory();
    const files = exportFiles(
      { history, choices: usualChoices },
      formats.map(({ id }) => id),
    );
    for (const { name, write } of files) await write(open(name));
    const sources = new Map(Array.from(chunks, ([name, list]) => [name, sourceOfChunks(list)]));
    const verdicts = [];
    for await (const verdict of validateFiles(sources)) verdicts.push(verdict);
    expect(verdicts.filter(({ problem }) => problem !== undefined)).toEqual([]);
    expect(verdicts.length).toBe(files.length - 5);
    expect(files.map(({ name }) => name)).toContain('organisms.nwk');
  });
});
