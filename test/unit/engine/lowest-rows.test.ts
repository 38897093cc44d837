// The lowest few rows are those that sorting finds.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lowestRows } from '../../../src/population/lowest-rows.ts';

it('finds the rows that sorting them all finds', () => {
  const cases = fc.record({
    values: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(cases, ({ values, share }) => {
      const most = Math.floor(share * values.length);
      const compare = (a: number, b: number) => values[a] - values[b] || a - b;
      const expected = values.map((_, row) => row).sort(compare);
      const found = lowestRows(values.length, most, (a, b) => compare(a, b) < 0);
      expect(found.sort(compare)).toEqual(expected.slice(0, most));
    }),
    { seed: 2026 },
  );
});
