import type { Population } from './population.ts';

/** Above the largest row: a sum of a word of a key times this and a row is exact in float64. */
const room = 2_097_152;

/**
 * Rows of the living in the order of their keys: where one of all is drawn, no result depends on the order of rows. That of ids would not do: newborns
 * are numbered in the order of rows.
 */
export function rowsByKey({ table }: Population): Uint32Array {
  const { count } = table;
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const sums = Float64Array.from({ length: count }, (_, row) => high[row] * room + row).sort();
  const rows = Uint32Array.from(sums, (sum) => sum % room);
  // Keys with the same high word are seldom more than two: the low word decides.
  for (let i = 1; i < count; i++)
    for (let j = i; j > 0 && high[rows[j]] === high[rows[j - 1]] && low[rows[j]] < low[rows[j - 1]]; j--)
      [rows[j - 1], rows[j]] = [rows[j], rows[j - 1]];
  return rows;
}
