import type { ColumnType } from '../export-table.ts';

/** Numbers of the format, those that our files use: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */
export const formatNumbers = {
  encodings: { plain: 0, levels: 3, dictionary: 8 },
  pages: { dictionary: 2, data: 3 },
  repetitions: { required: 0, optional: 1, repeated: 2 },
  conversions: { utf8: 0, list: 3 },
  snappy: 1,
} as const;

/** Physical types by number. */
export const plainTypes: Readonly<Record<number, ColumnType>> = { 1: 'INT32', 2: 'INT64', 4: 'FLOAT', 5: 'DOUBLE', 6: 'STRING' };

/** Number of the physical type of a flat column. */
export const numberOfType: Readonly<Partial<Record<ColumnType, number>>> = Object.fromEntries(
  Object.entries(plainTypes).map(([number, type]) => [type, Number(number)]),
);
