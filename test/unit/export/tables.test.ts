import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { createCsvEncoder } from '../../../src/export/csv.ts';
import { type Cell, type ColumnType, columnName, type ExportTable } from '../../../src/export/export-table.ts';
import { createParquetEncoder } from '../../../src/export/parquet.ts';
import { tablesReference } from '../../../src/export/reference.ts';
import { TableWriter } from '../../../src/export/table-writer.ts';
import { exportTables, organismsTable } from '../../../src/export/tables.ts';
import { patchesHabitat } from '../../../src/habitat/patches/patches-habitat.ts';
import { mechanisms } from '../../../src/mechanisms/index.ts';
import { traits } from '../../../src/population/traits.ts';
import { ByteCollector } from './byte-collector.ts';
import { readCsv } from './read-csv.ts';

const column = (name: string, type: ExportTable['columns'][number]['type'], nullable: boolean) => ({
  name,
  type,
  nullable,
  unit: '',
  description: name,
});

/** Every type, with and without null. */
const table: ExportTable = {
  name: 'everything',
  title: 'Everything',
  row: 'a row',
  columns: (['INT32', 'INT64', 'FLOAT', 'DOUBLE', 'STRING', 'LIST<INT64>', 'LIST<FLOAT>', 'LIST<DOUBLE>'] as const).flatMap(
    (type) => [column(columnName(type), type, false), column(`${columnName(type)}_or_null`, type, true)],
  ),
};

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const single = fc.float({ noNaN: true, noDefaultInfinity: true });
const integer = fc.maxSafeInteger();
const kinds: fc.Arbitrary<Cell>[] = [
  fc.integer(),
  integer,
  single,
  finite,
  fc.string(),
  fc.array(integer),
  fc.array(single),
  fc.array(finite),
];
const row = fc.tuple(...kinds.flatMap((kind) => [kind, fc.option(kind)])) as unknown as fc.Arbitrary<Cell[]>;

const [rowGroupRows, rowGroupItems] = [200, 1000];

function writerTo(parquet: ByteCollector, csv: ByteCollector): TableWriter {
  const encoders = [createParquetEncoder(table, parquet.sink, { seed: '7' }), createCsvEncoder(table, csv.sink)];
  return new TableWriter(table, encoders, { rows: rowGroupRows, items: rowGroupItems });
}

/** What a reader of Parquet gives back for a cell. */
function read(cell: Cell, type: string): unknown {
  if (cell === null) return null;
  const one = (value: unknown) => (type.includes('INT64') ? BigInt(value as number) : value);
  return Array.isArray(cell) ? cell.map(one) : one(cell);
}

test('all types come back from Parquet and from CSV, null included', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      const [parquet, csv] = [new ByteCollector(), new ByteCollector()];
      const writer = writerTo(parquet, csv);
      for (const cells of rows) writer.append(cells);
      writer.finish();
      const objects = await parquetReadObjects({ file: parquet.buffer() });
      expect(objects.length).toBe(rows.length);
      const lines = readCsv(csv.text());
      expect(lines[0]).toEqual(table.columns.map(({ name }) => name));
      expect(lines.length).toBe(rows.length + 1);
      for (const [i, cells] of rows.entries()) {
        for (const [c, { name, type }] of table.columns.entries()) {
          expect(objects[i][name] ?? null).toEqual(read(cells[c], type));
          const field = lines[i + 1][c];
          if (cells[c] === null) expect(field).toBe('');
          else if (type === 'STRING') expect(field).toBe(cells[c]);
          else expect(JSON.parse(field)).toEqual(zeroUnsigned(cells[c]));
        }
      }
    }),
    { numRuns: 40 },
  );
});

/** CSV writes -0 as 0. */
function zeroUnsigned(cell: Cell): unknown {
  return Array.isArray(cell) ? cell.map((value) => value + 0) : (cell as number) + 0;
}

test('a file continued from any state is the same to the byte', () => {
  const rows = 2 * rowGroupRows + 100;
  const cells = (i: number): Cell[] =>
    table.columns.map(({ type, nullable }) => {
      if (nullable && i % 3 === 0) return null;
      if (type === 'STRING') return `text ${i % 7}`;
      return type.startsWith('LIST') ? Array.from({ length: i % 4 }, (_, k) => i + k) : i;
    });
  const whole = [new ByteCollector(), new ByteCollector()];
  const uninterrupted = writerTo(whole[0], whole[1]);
  for (let i = 0; i < rows; i++) uninterrupted.append(cells(i));
  uninterrupted.finish();
  for (const stop of [0, 1, rowGroupRows - 1, rowGroupRows, rowGroupRows + 5, rows]) {
    const parts = [new ByteCollector(), new ByteCollector()];
    const first = writerTo(parts[0], parts[1]);
    for (let i = 0; i < stop; i++) first.append(cells(i));
    const state = structuredClone(first.state());
    const lengths = parts.map(({ length }) => length);
    // What was written after the state was saved is cut off.
    for (let i = stop; i < Math.min(rows, stop + rowGroupRows); i++) first.append(cells(i));
    for (const [k, part] of parts.entries()) part.truncate(lengths[k]);
    const second = writerTo(parts[0], parts[1]);
    second.restore(state);
    for (let i = stop; i < rows; i++) second.append(cells(i));
    second.finish();
    expect(second.rowCount).toBe(rows);
    for (const [k, part] of parts.entries())
      expect(Buffer.compare(part.bytes(), whole[k].bytes()), `stop ${stop}, file ${k}`).toBe(0);
  }
});

test('row groups are bounded in rows and in list items', () => {
  const parquet = new ByteCollector();
  const writer = writerTo(parquet, new ByteCollector());
  const wide = new Array(rowGroupItems / 4).fill(1);
  const cells: Cell[] = table.columns.map(({ name, type }) => {
    if (type === 'STRING') return 'a';
    return type.startsWith('LIST') ? (name === 'list_float' ? wide : []) : 1;
  });
  for (let i = 0; i < 9; i++) writer.append(cells);
  writer.finish();
  const groups = parquetMetadata(parquet.buffer()).row_groups.map(({ num_rows }) => Number(num_rows));
  expect(groups).toEqual([4, 4, 1]);
});

test('a row that does not fit the table is refused by name', () => {
  const writer = writerTo(new ByteCollector(), new ByteCollector());
  const good: Cell[] = table.columns.map(({ type }) => (type === 'STRING' ? 'a' : type.startsWith('LIST') ? [] : 1));
  expect(() => writer.append(good.slice(1))).toThrow('15 values');
  for (const [i, { name, nullable }] of table.columns.entries()) {
    if (!nullable) expect(() => writer.append(good.with(i, null)), name).toThrow(`${name} must have a value`);
  }
  expect(() => writer.append(good.with(0, 'text'))).toThrow('int32 is INT32, not a string');
  expect(() => writer.append(good.with(0, Number.NaN))).toThrow('must have a value');
  expect(() => writer.append(good.with(0, undefined as unknown as Cell))).toThrow('int32 is INT32, not undefined');
  expect(() => writer.append([...good, 1])).toThrow(`${good.length + 1} values`);
  const row = writer.beginRow();
  for (const cell of good) row.cell(cell);
  expect(() => row.number(1)).toThrow(`${good.length + 1} values`);
});

test('the items of a row that is refused are in no file', async () => {
  const column = (name: string, type: ColumnType) => ({ name, type, nullable: false, unit: '', description: '' });
  const lists = { name: 'lists', title: '', row: '', columns: [column('list', 'LIST<INT64>'), column('whole', 'INT32')] };
  const parquet = new ByteCollector();
  const writer = new TableWriter(lists, [createParquetEncoder(lists, parquet.sink)]);
  writer.append([[1, 2], 1]);
  expect(() => writer.append([[9, 9, 9], null])).toThrow('whole must have a value');
  writer.append([[3, 4], 2]);
  expect(() => writer.append([[9], 'text'])).toThrow('whole is INT32, not a string');
  writer.finish();
  expect(await parquetReadObjects({ file: parquet.buffer() })).toEqual([
    { list: [1n, 2n], whole: 1 },
    { list: [3n, 4n], whole: 2 },
  ]);
});

test('numbers that a column of whole numbers cannot hold end the file instead of changing', () => {
  const column = (name: string, type: ColumnType) => ({ name, type, nullable: false, unit: '', description: '' });
  const of = (type: ColumnType, value: Cell) => () => {
    const table = { name: 'one', title: '', row: '', columns: [column('one', type)] };
    const writer = new TableWriter(table, [createParquetEncoder(table, () => {})]);
    writer.append([value]);
    writer.finish();
  };
  expect(of('INT64', 1.5)).toThrow('cannot hold 1.5');
  expect(of('INT64', Number.POSITIVE_INFINITY)).toThrow('cannot hold Infinity');
  expect(of('INT32', 2 ** 31)).toThrow('cannot hold 2147483648');
  expect(of('LIST<INT64>', [1, 1.5])).toThrow('cannot hold 1.5');
  expect(of('INT32', -(2 ** 31))).not.toThrow();
});

test('an empty table is a file with its columns', async () => {
  const [parquet, csv] = [new ByteCollector(), new ByteCollector()];
  writerTo(parquet, csv).finish();
  expect(await parquetReadObjects({ file: parquet.buffer() })).toEqual([]);
  const { schema, key_value_metadata } = parquetMetadata(parquet.buffer());
  expect(schema.filter(({ name }) => table.columns.some((c) => c.name === name)).length).toBe(table.columns.length);
  expect(key_value_metadata).toEqual([{ key: 'seed', value: '7' }]);
  expect(csv.text().split('\n').length).toBe(2);
});

test('export tables: names are snake_case and unique, every column says what it is', () => {
  const tables = exportTables(traits, mechanisms.inherited(), patchesHabitat.places);
  expect(new Set(tables.map(({ name }) => name)).size).toBe(tables.length);
  for (const { name, columns } of tables) {
    expect(new Set(columns.map((c) => c.name)).size, name).toBe(columns.length);
    for (const c of columns) {
      expect(c.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(c.description, c.name).toMatch(/\.$/);
    }
  }
  const names = organismsTable(traits).columns.map(({ name }) => name);
  expect(names.slice(0, 7)).toEqual(['id', 'parents', 'parent_shares', 'birth_tick', 'death_tick', 'death_cause', 'species_id']);
  expect(names).toContain('policy_spread_turn');
});

test('the reference has a line a column', () => {
  const tables = exportTables(traits, mechanisms.inherited());
  const reference = tablesReference(tables);
  for (const { name, columns } of tables) {
    expect(reference).toContain(`${name}.parquet`);
    for (const c of columns) expect(reference).toContain(`| \`${c.name}\` | \`${c.type}\``);
  }
  // Two kinds of rows stand in one table, which a reader who sums must know.
  expect(reference).toContain('A row is: One trait of one population at a sample, or of one species at a detection of species.');
});
