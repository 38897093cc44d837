import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { Cell, ColumnType, ExportTable } from '../../src/export/export-table.ts';
import { findDictionary } from '../../src/export/parquet/find-dictionary.ts';
import { GrowingBytes } from '../../src/export/parquet/growing-bytes.ts';
import { readHybrid } from '../../src/export/parquet/hybrid.ts';
import { packSnappy } from '../../src/export/parquet/pack-snappy.ts';
import { unpackSnappy } from '../../src/export/parquet/unpack-snappy.ts';
import { writeHybrid } from '../../src/export/parquet/write-hybrid.ts';
import { createParquetEncoder } from '../../src/export/parquet.ts';
import { TableWriter } from '../../src/export/table-writer.ts';
import { namedStream } from '../../src/math/streams.ts';

/** Values in runs of very different lengths. */
const runs = (below: number) =>
  fc
    .array(
      fc.tuple(fc.integer({ min: 0, max: below - 1 }), fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 80 }))),
      {
        maxLength: 30,
      },
    )
    .map((some) => some.flatMap(([value, length]) => new Array<number>(length).fill(value)));

describe('values in runs', () => {
  it('are read back for every width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 24 }).chain((width) => fc.tuple(fc.constant(width), runs(2 ** width))),
        ([width, values]) => {
          fc.pre(values.length > 0);
          const out = new GrowingBytes();
          writeHybrid(out, Uint32Array.from(values), values.length, width);
          const read = new Uint32Array(values.length);
          readHybrid(out.view(), 0, out.length, width, read);
          expect(Array.from(read)).toEqual(values);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('snappy', () => {
  const back = (input: Uint8Array): Uint8Array => {
    const out = new GrowingBytes();
    packSnappy(out, input);
    return unpackSnappy(out.view(), input.length);
  };

  it('gives bytes back, those that repeat and those that do not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, times) => {
          const bytes = Uint8Array.from(new Array(times).fill(parts.flatMap((part) => Array.from(part))).flat());
          expect(back(bytes)).toEqual(bytes);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([0, 1, 4, 15, 16, 17, 60, 61, 256, 257, 65_535, 65_536, 65_537, 200_000])(
    'gives %i bytes back of each kind',
    (length) => {
      const stream = namedStream(String(length), 'snappy');
      const kinds = [
        new Uint8Array(length),
        Uint8Array.from({ length }, () => stream.integer(256)),
        Uint8Array.from({ length }, (_, i) => (i % 300 < 150 ? i % 7 : stream.integer(256))),
        new Uint8Array(
          Float64Array.from({ length: Math.ceil(length / 8) }, (_, i) => 1000 + Math.floor(i / 3)).buffer,
          0,
          length,
        ),
      ];
      for (const bytes of kinds) expect(back(bytes)).toEqual(bytes);
      // What repeats becomes small.
      if (length >= 65_535) {
        const out = new GrowingBytes();
        packSnappy(out, kinds[0]);
        expect(out.length).toBeLessThan(length / 20);
      }
    },
  );
});

describe('a dictionary', () => {
  it('has each value once, by its bits, and only where it takes at most half', () => {
    const values = fc.array(fc.constantFrom(0, -0, 1, 2 ** 40, 2 ** 40 + 1, -5.5, Number.MIN_VALUE), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.constantFrom(4, 8), (some, size) => {
        const found = findDictionary(Float64Array.from(some), size);
        const names = some.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
        const different = [...new Set(names)];
        const width = Math.ceil(Math.log2(different.length));
        const pays = 2 * (different.length * size + Math.ceil((some.length * width) / 8)) <= some.length * size;
        // Few values are all looked at before: nine of ten that differ never pay.
        expect(found !== undefined).toBe(pays);
        if (!found) return;
        expect(Array.from(found.entries, (value) => (Object.is(value, -0) ? '-0' : String(value)))).toEqual(different);
        expect(Array.from(found.places, (place) => found.entries[place])).toEqual(some);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file', () => {
  const types: readonly ColumnType[] = ['INT32', 'INT64', 'FLOAT', 'DOUBLE', 'STRING'];
  const table: ExportTable = {
    ...{ name: 'all', title: '', row: '' },
    columns: [false, true].flatMap((nullable) =>
      types.map((type) => ({ name: `${nullable ? 'maybe' : 'always'}_${type}`, type, nullable, unit: '', description: '' })),
    ),
  };
  const cellOf = (type: ColumnType): fc.Arbitrary<Cell> => {
    if (type === 'STRING') return fc.string({ unit: 'binary', maxLength: 12 });
    if (type === 'INT32') return fc.integer();
    if (type === 'INT64') return fc.maxSafeInteger();
    return type === 'FLOAT' ? fc.float({ noNaN: true }) : fc.double({ noNaN: true });
  };
  const rowsOf = fc.array(
    fc.tuple(...table.columns.map(({ type, nullable }) => (nullable ? fc.option(cellOf(type)) : cellOf(type)))),
    { minLength: 1, maxLength: 40 },
  );

  it('is read by another reader with the same values, and bounds that hold them', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.integer({ min: 1, max: 20 }), async (rows, groupRows) => {
        const chunks: Uint8Array[] = [];
        const writer = new TableWriter(table, [createParquetEncoder(table, (chunk) => void chunks.push(chunk.slice()))], {
          ...{ rows: groupRows, items: 1000 },
        });
        for (const row of rows) writer.append(row);
        writer.finish({ key: 'value' });
        const file = new Uint8Array(Buffer.concat(chunks)).buffer as ArrayBuffer;
        const read = (await parquetReadObjects({ file })) as Record<string, unknown>[];
        const plain = (value: unknown) => (typeof value === 'bigint' ? Number(value) : (value ?? null));
        expect(read.map((row) => table.columns.map(({ name }) => plain(row[name])))).toEqual(rows);
        const { row_groups: groups, key_value_metadata: metadata } = parquetMetadata(file);
        expect(metadata).toEqual([{ key: 'key', value: 'value' }]);
        for (const [g, { columns }] of groups.entries()) {
          for (const [c, { meta_data: facts }] of columns.entries()) {
            const values = rows.slice(g * groupRows, (g + 1) * groupRows).map((row) => row[c]);
            const there = values.filter((value) => value !== null);
            const { null_count, min_value, max_value } = facts?.statistics ?? {};
            expect(Number(null_count)).toBe(values.length - there.length);
            if (table.columns[c].type === 'STRING' || there.length === 0) continue;
            expect(Number(min_value)).toBeLessThanOrEqual(Math.min(...(there as number[])));
            expect(Number(max_value)).toBe(Math.max(...(there as number[])) + 0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
