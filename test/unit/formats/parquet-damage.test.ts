import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell, ExportTable } from '../../../src/export/export-table.ts';
import { unpackSnappy } from '../../../src/export/parquet/unpack-snappy.ts';
import { createParquetEncoder } from '../../../src/export/parquet.ts';
import { ParquetReader } from '../../../src/export/parquet-reader.ts';
import { TableWriter } from '../../../src/export/table-writer.ts';
import { sourceOfChunks } from '../../../src/export/validate/file-source.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { fuzzRunFolder, type RunFiles, readRunFiles } from '../../torture/fuzz-run-folder.ts';
import { call, smallScene } from '../cli/test-io.ts';

const types = ['INT32', 'INT64', 'FLOAT', 'DOUBLE', 'STRING', 'LIST<INT64>', 'LIST<FLOAT>', 'LIST<DOUBLE>'] as const;
const table: ExportTable = {
  name: 'all',
  title: '',
  row: '',
  columns: [false, true].flatMap((nullable) =>
    types.map((type) => ({ name: `${nullable ? 'maybe' : 'always'}_${type}`, type, nullable, unit: '', description: '' })),
  ),
};

/** Rows with few values in some columns, so that there are dictionaries and long runs, and many in others. */
function randomRows(count: number): Cell[][] {
  const stream = namedStream('rows', 'test');
  const number = (type: string, row: number) => {
    const few = row % 100 < 50 ? 3 : 1000;
    const value = stream.integer(few);
    return type.includes('INT') ? value : Math.fround(value / 7);
  };
  return Array.from({ length: count }, (_, row) =>
    table.columns.map(({ type, nullable }): Cell => {
      if (nullable && (row % 37 < 12 || stream.integer(4) === 0)) return null;
      if (type === 'STRING') return `text ${stream.integer(row % 100 < 50 ? 2 : 500)} é`;
      if (!type.startsWith('LIST')) return number(type, row);
      return Array.from({ length: stream.integer(3) * stream.integer(4) }, () => number(type, row));
    }),
  );
}

function encode(rows: readonly Cell[][], limits?: { rows: number; items: number }): Uint8Array {
  const chunks: Uint8Array[] = [];
  const writer = new TableWriter(table, [createParquetEncoder(table, (chunk) => void chunks.push(chunk.slice()))], limits);
  for (const row of rows) writer.append(row);
  writer.finish({ 'upslope.hash': 'x' });
  return new Uint8Array(Buffer.concat(chunks));
}

const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Array.from(value as ArrayLike<unknown>, plain) : (value ?? null);

describe('the reader of Parquet', () => {
  it.each([[{ rows: 16_384, items: 200_000 }], [{ rows: 100, items: 200_000 }], [{ rows: 1, items: 5 }]])(
    'reads what another reader reads, in groups of %j',
    async (limits) => {
      const bytes = encode(randomRows(limits.rows === 1 ? 60 : 1000), limits);
      const rows = await parquetReadObjects({ file: bytes.slice().buffer });
      const reader = await ParquetReader.open('all.parquet', sourceOfChunks([bytes]));
      expect(reader.metadata.get('upslope.hash')).toBe('x');
      for (const { name } of reader.columns) {
        const read: unknown[] = [];
        for (const group of reader.groups) read.push(...Array.from(await reader.read(name, group), plain));
        expect(read).toEqual(rows.map((row) => plain(row[name])));
      }
    },
  );

  it('has an end for snappy that goes backwards or claims what it has not', () => {
    // A literal of 2^32 bytes, whose length as a signed number is negative: others go back and never end.
    const back = Uint8Array.of(8, 0xfc, 0xff, 0xff, 0xff, 0xff, 1, 2, 3);
    expect(() => unpackSnappy(back, 8)).toThrow('a page cannot be unpacked');
    expect(() => unpackSnappy(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x07, 0), 0x7fffffff)).toThrow('claims');
    expect(() => unpackSnappy(Uint8Array.of(4, 0x0d, 1), 4)).toThrow('a page cannot be unpacked');
  });
});

describe('a run whose files are damaged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'upslope-fuzz-'));
  let files: RunFiles;
  beforeAll(async () => {
    writeFileSync(join(folder, 'small.json'), JSON.stringify({ ...smallScene, record: { census: { every: 50 } } }));
    const words = ['--seed', '3', '--ticks', '100', '--genomes', 'all', '--every', '50', '--out', join(folder, 'run')];
    const made = await call(['run', join(folder, 'small.json'), ...words]);
    expect(made.status, made.err).toBe(0);
    files = readRunFiles(join(folder, 'run'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused where a byte makes the levels of a page longer than the page: others run for minutes', async () => {
    const bytes = (files.get('species.parquet') as Uint8Array).slice();
    // The length of the levels of a nullable column, in the header of its page.
    const at =
      bytes.findIndex((_, i) => [0x15, 0x04, 0x15, 0x00, 0x00, 0x00, 0x03, 0x00].every((byte, k) => bytes[i + k] === byte)) + 1;
    expect(at).toBeGreaterThan(1);
    bytes[at] = 0x8a;
    const reader = await ParquetReader.open('species.parquet', sourceOfChunks([bytes]));
    const reading = Promise.all(reader.columns.map(({ name }) => reader.read(name, reader.groups[0])));
    await expect(reading).rejects.toThrow(
      /^species\.parquet, rows 1 to 1, column \w+: damaged Parquet \(.*\); use another copy$/,
    );
  });

  it('gives results or one line, never words of an engine: 200 mutations', async () => {
    expect(await fuzzRunFolder(files, { seed: 'small', count: 200 })).toEqual([]);
  }, 60_000);
});
