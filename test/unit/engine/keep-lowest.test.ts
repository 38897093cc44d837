import { describe, expect, it } from 'vitest';
import { uniform53 } from '../../../src/math/words.ts';
import { keepLowest } from '../../../src/population/keep-lowest.ts';
import { Random } from '../../torture/random.ts';

/** The definition: sort all by draw, of equal draws by row; the first win, in the order of rows. */
function byDefinition(draws: readonly number[], rows: readonly number[], room: number): { row: number; mate: number }[] {
  const lots = rows.map((row, i) => ({ row, mate: i, draw: draws[i] }));
  lots.sort((a, b) => a.draw - b.draw || a.row - b.row);
  return lots
    .slice(0, room)
    .sort((a, b) => a.row - b.row)
    .map(({ row, mate }) => ({ row, mate }));
}

describe('a lottery for few places', () => {
  const cases = Array.from({ length: 200 }, (_, i) => i);
  it.each(cases)('has the winners of its definition: case %i', (index) => {
    const random = new Random('lots', 'keep-lowest', index);
    const count = random.between(2, index % 10 === 0 ? 20_000 : 300);
    const room = random.between(0, count - 1);
    // Some have few different draws, and a row may take part more than once; then its lots have equal draws.
    const alike = random.chance(0.3) ? random.between(1, 20) : 2 ** 53;
    const drawOf = new Map<number, number>();
    const rows = Array.from({ length: count }, () => random.below(random.chance(0.2) ? 5 : 2 * count));
    if (random.chance(0.7)) rows.sort((a, b) => a - b);
    const draws = rows.map((row) => {
      const known = drawOf.get(row);
      if (known !== undefined) return known;
      const draw = Math.floor(random.share() * alike) * (2 ** 53 / alike);
      drawOf.set(row, draw);
      return draw;
    });
    const expected = byDefinition(draws, rows, room);
    const [kept, mates] = [Uint32Array.from(rows), Int32Array.from(rows, (_, i) => i)];
    keepLowest(Float64Array.from(draws), kept, mates, count, room);
    expect(Array.from({ length: room }, (_, i) => ({ row: kept[i], mate: mates[i] }))).toEqual(expected);
  });

  it('reads the words of a draw as drawUniform does', () => {
    expect(uniform53(0xffffffff, 0xffffffff) * 2 ** 53).toBe((0xffffffff >>> 5) * 2 ** 26 + (0xffffffff >>> 6));
  });
});
